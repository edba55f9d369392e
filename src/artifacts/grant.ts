import type { Claims, Server } from '../config/connection.js';
import { apiUrl, claimText, consumerKey, orgOrigin, username, webUrl } from './names.js';

/** What an assertion says, and where it is exchanged for a token (RFC 7523 sections 2.1 and 3). */
export type Grant = {
  /** `iss`: the consumer key of an app. */
  readonly issuer: string;
  /** `sub`: the user. */
  readonly subject: string;
  /** `aud` */
  readonly audience: string;
  readonly tokenEndpoint: string;
  /** Where the API is that is called with the token, without a slash at its end. */
  readonly baseUrl: string;
  /** The `scope` parameter of the token request; an org takes the scopes of its app. */
  readonly scope?: string;
  readonly claims?: Claims;
};

/** What only an org can tell of itself and its app. */
export type ServerFacts = {
  /** The app's consumer key. */
  readonly consumerKey?: string | undefined;
  /** Origin of the org's My Domain: token endpoint and audience (DESIGN.md). */
  readonly instanceUrl?: string | undefined;
};

/**
 * The grant of a connection; undefined as long as the org has told no consumer key.
 *
 * @throws refusedValue for a value that the flow would refuse
 */
export function grantOf(server: Server, { consumerKey: key, instanceUrl }: ServerFacts): Grant | undefined {
  if (server.type === 'oauth2') {
    const { issuer, username: subject, audience, scope, claims } = server;
    return {
      issuer: claimText('issuer', issuer),
      subject: claimText('username', subject),
      audience: claimText('audience', audience),
      tokenEndpoint: webUrl('token endpoint', server.tokenEndpoint),
      baseUrl: apiUrl('base URL', server.baseUrl).replace(/\/+$/, ''),
      ...(scope === undefined ? {} : { scope }),
      ...(claims === undefined ? {} : { claims }),
    };
  }
  if (key === undefined || instanceUrl === undefined) return undefined;
  const origin = orgOrigin('instance URL', instanceUrl);
  return {
    issuer: consumerKey('consumer key', key),
    subject: username('username', server.username),
    audience: origin,
    tokenEndpoint: `${origin}/services/oauth2/token`,
    baseUrl: origin,
  };
}
