import { randomBytes } from 'node:crypto';
import type { LocalOrg } from '../model.js';
import { endOfSession, keepSession, startSession } from '../sessions.js';
import type { Granted } from './jwt-bearer.js';
import { tokenKeyOf } from './token-keys.js';

/** Issues the token of a grant, in the format of its app, with what the token endpoint sends along. */
export async function issueToken(org: LocalOrg, grant: Granted): Promise<Readonly<Record<string, string>>> {
  const { app, user, scope } = grant;
  const token = app.issuesJwt ? await issueJwt(org, grant) : issueOpaque(org, grant);
  return {
    access_token: token,
    scope,
    instance_url: org.instanceUrl,
    id: `${org.instanceUrl}/id/${org.id}/${user.Id}`,
    token_type: 'Bearer',
    // Salesforce has one host for the APIs of all orgs; a local org has itself.
    ...(app.issuesJwt ? { token_format: 'jwt', api_instance_url: org.instanceUrl } : {}),
  };
}

function issueOpaque(org: LocalOrg, { app, user, scope, timeoutSeconds }: Granted): string {
  const clientId = app.consumerKey;
  return startSession(org, user.Id, scope, timeoutSeconds === undefined ? { clientId } : { clientId, timeoutSeconds });
}

/** How far the start of a token lies back: 15 seconds in the test tokens of SalesforceMobileSDK. */
const startSkewSeconds = 15;

/**
 * A JWT-based access token (Salesforce Help: xcloud.jwt_access_tokens; members and forms as in the test tokens of
 * SalesforceMobileSDK). It is kept like a session, so that it can be revoked, and ends at its `exp`.
 */
async function issueJwt(org: LocalOrg, { app, user, scope, timeoutSeconds }: Granted): Promise<string> {
  const [{ SignJWT }, { keyId, privateKey }] = await Promise.all([import('jose'), tokenKeyOf(org)]);
  const issuedAt = org.now();
  const base = { userId: user.Id, issuedAt, scope, clientId: app.consumerKey };
  const lifetimeMs = app.jwtTimeoutMinutes === undefined ? undefined : app.jwtTimeoutMinutes * 60_000;
  const session = timeoutSeconds === undefined ? base : { ...base, timeoutSeconds };
  const seconds = Math.floor(issuedAt / 1000);
  const end = Math.floor((lifetimeMs === undefined ? endOfSession(session) : issuedAt + lifetimeMs) / 1000);
  const claims = {
    scp: scope,
    aud: [org.instanceUrl],
    sub: `uid:${user.Id}`,
    nbf: seconds - startSkewSeconds,
    mty: 'oauth',
    sfi: randomBytes(32).toString('hex'),
    roles: [],
    iss: org.instanceUrl,
    hsc: false,
    exp: end,
    iat: seconds,
    client_id: app.consumerKey,
  };
  const header = {
    alg: 'RS256',
    typ: 'JWT',
    kid: keyId,
    tty: 'sfdc-core-token',
    tnk: `core/local/${org.id}`,
    ver: '1.0',
  };
  const token = await new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
  keepSession(org, token, { ...session, expiresAt: end * 1000 });
  return token;
}
