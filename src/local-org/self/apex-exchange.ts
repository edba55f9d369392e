import { createPrivateKey } from 'node:crypto';
import type { LocalOrg } from '../model.js';
import { isFields } from '../rest/body.js';
import { RestRefusal } from '../rest/refusal.js';

export type ExchangeRequest = {
  /** Developer name of a certificate of the org. */
  readonly certificate: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly tokenEndpoint: string;
  readonly validitySeconds: number;
};

/** What came of it. The token itself stays in the org. */
export type ExchangeResult = {
  readonly issued: boolean;
  /** HTTP status of the token endpoint; 0 where it was not called. */
  readonly status: number;
  readonly error?: string;
  readonly errorDescription?: string;
  readonly username?: string;
  readonly orgId?: string;
  readonly scope?: string;
};

/** Apex gives a callout ten seconds by default (Apex Developer Guide: callout limits). */
const calloutTimeoutMilliseconds = 10_000;

/**
 * Does what `Auth.JWT`, `Auth.JWS` and `Auth.JWTBearerTokenExchange` do in an org: signs with the org's own key, which must be
 * there, and posts to an endpoint that an active remote site setting allows. Then asks with the token whose it is.
 *
 * @throws RestRefusal when the token endpoint is not on this machine
 */
export async function exchangeAsApex(
  org: LocalOrg,
  request: ExchangeRequest,
  fetch: typeof globalThis.fetch,
): Promise<ExchangeResult> {
  const endpoint = loopbackUrl(request.tokenEndpoint);
  const keyPair = org.keyPairs.get(request.certificate);
  if (!keyPair) return failed('System.NoDataFoundException', `Data Not Available: ${request.certificate}`);
  if (!(await isAllowed(org, endpoint))) {
    const text = `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${request.tokenEndpoint}`;
    return failed('System.CalloutException', text);
  }
  const assertion = await sign(org, request, keyPair.privateKeyPem);
  try {
    return await redeem(endpoint, assertion, fetch);
  } catch (error) {
    if (error instanceof RestRefusal) throw error;
    return failed('System.CalloutException', `The token endpoint ${request.tokenEndpoint} did not answer.`);
  }
}

async function sign(org: LocalOrg, request: ExchangeRequest, privateKeyPem: string): Promise<string> {
  const { SignJWT } = await import('jose');
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(request.issuer)
    .setSubject(request.subject)
    .setAudience(request.audience)
    .setExpirationTime(Math.floor(org.now() / 1000) + request.validitySeconds)
    .sign(createPrivateKey(privateKeyPem));
}

async function redeem(endpoint: URL, assertion: string, fetch: typeof globalThis.fetch): Promise<ExchangeResult> {
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  const response = await fetch(endpoint, { method: 'POST', body, ...calloutOptions() });
  const answer = await jsonAnswer(response);
  const { access_token: token, instance_url: instanceUrl, scope } = answer;
  if (!response.ok || typeof token !== 'string' || typeof instanceUrl !== 'string') {
    const { error, error_description: errorDescription } = answer;
    return {
      issued: false,
      status: response.status,
      error: optional(error),
      errorDescription: optional(errorDescription),
    };
  }
  const userInfo = await fetch(new URL('/services/oauth2/userinfo', loopbackUrl(instanceUrl)), {
    headers: { authorization: `Bearer ${token}` },
    ...calloutOptions(),
  });
  const user = await jsonAnswer(userInfo);
  return {
    issued: true,
    status: response.status,
    scope: optional(scope),
    username: optional(user['preferred_username']),
    orgId: optional(user['organization_id']),
  };
}

function calloutOptions(): { readonly redirect: 'manual'; readonly signal: AbortSignal } {
  return { redirect: 'manual', signal: AbortSignal.timeout(calloutTimeoutMilliseconds) };
}

async function jsonAnswer(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}

/** The org's own origin needs no remote site setting; any other needs an active one for its origin. */
async function isAllowed(org: LocalOrg, endpoint: URL): Promise<boolean> {
  if (endpoint.origin === org.instanceUrl) return true;
  const [{ openStored }, { isTrue, textOf }] = await Promise.all([
    import('../metadata/package/candidate.js'),
    import('../metadata/xml/xml-element.js'),
  ]);
  return org.components
    .all('RemoteSiteSetting')
    .map((stored) => openStored(stored).root)
    .some((root) => isTrue(root, 'isActive') && URL.parse(textOf(root, 'url') ?? '')?.origin === endpoint.origin);
}

/** A local org must not become a way to send requests of one's own choice to other machines. */
function loopbackUrl(text: string): URL {
  const url = URL.parse(text);
  if (url && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) && /^https?:$/.test(url.protocol)) return url;
  throw new RestRefusal(400, 'INVALID_INPUT', 'A local org calls token endpoints on this machine only.');
}

function failed(error: string, errorDescription: string): ExchangeResult {
  return { issued: false, status: 0, error, errorDescription };
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
