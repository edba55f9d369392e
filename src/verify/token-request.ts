import { send, type HttpAnswer, type HttpDeps } from './http.js';
import type { NetworkFault } from './network-fault.js';

/** RFC 7523 section 2.1. */
export const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export type TokenRequest = {
  /** https, or http on a loopback address. */
  readonly tokenEndpoint: string;
  readonly assertion: string;
  /** RFC 7521 section 4.1; an org takes the scopes of its app. */
  readonly scope?: string | undefined;
};

/** Sends an assertion to the token endpoint. `judgeTokenAnswer` says what the answer means. */
export const requestToken = (
  { tokenEndpoint, assertion, scope }: TokenRequest,
  deps: HttpDeps,
): Promise<HttpAnswer | NetworkFault> =>
  post(tokenEndpoint, { grant_type: jwtBearerGrant, assertion, ...(scope === undefined ? {} : { scope }) }, deps);

/**
 * Asks the token endpoint for nothing: no grant, no secret. Any server that speaks OAuth refuses that with an error (RFC 6749
 * section 5.2), which proves the way to it: same method, path and proxies as the real request.
 */
export const probeTokenEndpoint = (tokenEndpoint: string, deps: HttpDeps): Promise<HttpAnswer | NetworkFault> =>
  post(tokenEndpoint, {}, deps);

const post = (url: string, form: Record<string, string>, deps: HttpDeps): Promise<HttpAnswer | NetworkFault> =>
  send(url, { method: 'POST', body: new URLSearchParams(form) }, deps);
