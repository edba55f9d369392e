import { calloutEndpoint } from './callout-endpoint.js';
import { CalloutFault } from './callout-fault.js';
import { exchangeAndCall, faultResult, type ExchangeResult, type Resource } from './exchange.js';
import { signAssertion } from './sign-assertion.js';
import type { LocalOrg } from '../model.js';

export type ExchangeRequest = {
  /** Developer name of a certificate of the org. */
  readonly certificate: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly tokenEndpoint: URL;
  readonly validitySeconds: number;
  readonly scope?: string;
  /** Claims besides issuer, subject, audience and expiry. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** What is called with the token: the userinfo of the org that the token is for where it is undefined, nothing for null. */
  readonly resource: URL | null | undefined;
};

/**
 * Does what `Auth.JWT`, `Auth.JWS` and `Auth.JWTBearerTokenExchange` do in an org: signs with the org's own key, which must be
 * there, and posts to an endpoint that an active remote site setting allows. Then calls a resource with the token, which needs
 * a remote site setting as well.
 */
export async function exchangeAsApex(
  org: LocalOrg,
  request: ExchangeRequest,
  fetch: typeof globalThis.fetch,
): Promise<ExchangeResult> {
  try {
    const { certificate, tokenEndpoint, scope } = request;
    const keyPair = org.keyPairs.get(certificate);
    if (!keyPair) throw new CalloutFault(`Data Not Available: ${certificate}`, 'System.NoDataFoundException');
    const allow = await remoteSites(org);
    allow(tokenEndpoint);
    return await exchangeAndCall(
      {
        tokenEndpoint,
        scope,
        assertion: () =>
          signAssertion({ header: { alg: 'RS256' }, claims: claimsOf(org, request) }, keyPair.privateKeyPem),
        resource: (instanceUrl) => {
          const resource = resourceOf(request, instanceUrl);
          if (resource) allow(resource.url);
          return resource;
        },
      },
      fetch,
    );
  } catch (error) {
    return { issued: false, ...faultResult(error) };
  }
}

function claimsOf(org: LocalOrg, request: ExchangeRequest): Readonly<Record<string, unknown>> {
  const { claims, issuer, subject, audience, validitySeconds } = request;
  const exp = Math.floor(org.now() / 1000) + validitySeconds;
  return { ...claims, iss: issuer, sub: subject, aud: audience, exp };
}

function resourceOf({ resource }: ExchangeRequest, instanceUrl: string | undefined): Resource | undefined {
  if (resource !== undefined) return resource === null ? undefined : get(resource);
  if (instanceUrl === undefined) return undefined;
  return get(new URL('/services/oauth2/userinfo', calloutEndpoint(instanceUrl)));
}

function get(url: URL): Resource {
  return { url, method: 'GET', sendsToken: true };
}

/** A check of endpoints: the org's own origin needs no remote site setting; any other needs an active one for its origin. */
async function remoteSites(org: LocalOrg): Promise<(endpoint: URL) => void> {
  const [{ openStored }, { isTrue, textOf }] = await Promise.all([
    import('../metadata/package/candidate.js'),
    import('../metadata/xml/xml-element.js'),
  ]);
  const origins = org.components
    .all('RemoteSiteSetting')
    .map((stored) => openStored(stored).root)
    .filter((root) => isTrue(root, 'isActive'))
    .map((root) => URL.parse(textOf(root, 'url') ?? '')?.origin);
  return (endpoint) => {
    if (endpoint.origin === org.instanceUrl || origins.includes(endpoint.origin)) return;
    throw new CalloutFault(
      `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${endpoint.href}`,
    );
  };
}
