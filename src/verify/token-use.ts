import { failed, passed, type Seen } from './finding.js';
import { send, type HttpAnswer, type HttpDeps } from './http.js';
import { isJsonObject, parseJson, parseJsonObject, textIn } from './json-object.js';
import { adviseOnFault } from './fault-advice.js';
import type { NetworkFault } from './network-fault.js';
import { quotable } from './server-text.js';
import type { TokenIssued } from './token-verdict.js';

/** Whom a token acts for, as far as the org tells. */
export type Identity = {
  readonly username?: string;
  /** 15 or 18 characters. */
  readonly orgId?: string;
};

type Get = (path: string) => Promise<HttpAnswer | NetworkFault>;

/**
 * Uses a token: asks for the user (OpenID Connect Core section 5.3), and where its scopes do not allow that, calls the REST
 * API with it.
 *
 * @param instanceUrl where to call when the token does not say.
 */
export async function lookAtToken(token: TokenIssued, instanceUrl: string, deps: HttpDeps): Promise<Seen<Identity>> {
  const base = (token.instanceUrl ?? instanceUrl).replace(/\/+$/, '');
  const headers = { authorization: `Bearer ${token.accessToken.reveal()}` };
  const get: Get = (path) => send(base + path, { method: 'GET', headers }, deps);
  const ids = idsIn(token.identityUrl);
  const userInfo = await get('/services/oauth2/userinfo');
  const user = okObject(userInfo);
  if (user) {
    const orgId = textIn(user, 'organization_id') ?? ids.orgId;
    return {
      finding: passed(`The token works: ${quotable(base)}/services/oauth2/userinfo answers.`),
      value: { username: textIn(user, 'preferred_username'), orgId },
    };
  }
  return useRestApi(get, base, ids, userInfo);
}

async function useRestApi(
  get: Get,
  base: string,
  ids: Ids,
  userInfo: HttpAnswer | NetworkFault,
): Promise<Seen<Identity>> {
  const versionPath = newestVersionPath(await get('/services/data'));
  // The list of versions is open to all; the limits are not.
  const limits = versionPath === undefined ? userInfo : await get(`${versionPath}/limits`);
  if (versionPath === undefined || !okObject(limits)) return { finding: tokenRefused(base, limits) };
  const user = ids.userId && okObject(await get(`${versionPath}/sobjects/User/${ids.userId}?fields=Username`));
  return {
    finding: passed(`The token works: ${quotable(base)}${versionPath}/limits answers (userinfo does not).`),
    value: { username: user ? textIn(user, 'Username') : undefined, orgId: ids.orgId },
  };
}

function tokenRefused(base: string, answer: HttpAnswer | NetworkFault) {
  if (answer.kind === 'fault') {
    const { cause, actions } = adviseOnFault(answer);
    return failed(`The token was issued, but ${quotable(base)} did not answer a call with it: ${cause}.`, actions);
  }
  return failed(
    `The token was issued, but ${quotable(base)} refuses calls with it (HTTP ${answer.status}${said(answer)}).`,
    apiClosed,
  );
}

/** What to do when an org issues tokens and refuses calls with them. */
export const apiClosed = [
  'Give the user the permission "API Enabled", and the app the scope api (in metadata: Api).',
  'Check IP ranges and session policies of the profile and the app: they count for each call.',
] as const;

/** REST errors are a list of `{errorCode, message}`. */
function said({ body }: HttpAnswer): string {
  const value = parseJson(body);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (!isJsonObject(first)) return '';
  const text = [textIn(first, 'errorCode') ?? textIn(first, 'error'), textIn(first, 'message')]
    .filter(Boolean)
    .join(': ');
  return text === '' ? '' : `, "${quotable(text)}"`;
}

const okObject = (answer: HttpAnswer | NetworkFault) =>
  answer.kind === 'answer' && answer.status === 200 ? parseJsonObject(answer.body) : undefined;

/** `[{"version": "67.0", "url": "/services/data/v67.0", …}, …]`, oldest first. */
function newestVersionPath(answer: HttpAnswer | NetworkFault): string | undefined {
  if (answer.kind === 'fault' || answer.status !== 200) return undefined;
  const versions = parseJson(answer.body);
  const newest: unknown = Array.isArray(versions) ? versions.at(-1) : undefined;
  const path = isJsonObject(newest) ? textIn(newest, 'url') : undefined;
  return path !== undefined && /^\/services\/data\/v\d+\.\d+$/.test(path) ? path : undefined;
}

type Ids = { readonly orgId?: string; readonly userId?: string };

/** Salesforce Help, "Identity URLs": `https://login.salesforce.com/id/<org id>/<user id>`. */
function idsIn(identityUrl: string | undefined): Ids {
  const match = /\/id\/(?<orgId>00D\w{12,15})\/(?<userId>005\w{12,15})$/.exec(identityUrl ?? '');
  return { ...match?.groups };
}
