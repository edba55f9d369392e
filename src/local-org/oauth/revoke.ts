import { json, type LocalResponse, type RouteHandler } from '../http.js';
import type { LocalOrg } from '../model.js';
import { peekSession } from '../sessions.js';
import { parametersOf } from './form.js';

/**
 * Salesforce Help (xcloud.remoteaccess_revoke_token): all errors are HTTP 400 with one of these, other than RFC 7009 has it,
 * which answers 200 for a token that is not known. Which error is for which fault is an assumption.
 */
const faults = {
  unsupported_token_type: 'this token type is not supported',
  invalid_token: 'token is invalid',
} as const;

/**
 * `POST` or `GET /services/oauth2/revoke` (RFC 7009): ends a session, and a JWT with it. With `callback` the answer is a
 * script (JSONP).
 */
export const revoke: RouteHandler = (request, org) => {
  const parameters = parametersOf(request);
  const token = parameters?.get('token') ?? '';
  const callback = parameters?.get('callback');
  const error = judgeToken(org, token);
  if (error === undefined) org.sessions.delete(token);
  if (callback !== undefined && /^[\w$.]+$/.test(callback)) return Promise.resolve(script(callback, error));
  if (error === undefined) return Promise.resolve({ status: 200, body: '' });
  return Promise.resolve(json(400, { error, error_description: faults[error] }, { 'cache-control': 'no-store' }));
};

function judgeToken(org: LocalOrg, token: string): keyof typeof faults | undefined {
  if (peekSession(org, token)) return undefined;
  const looksLikeOne = /^00D[A-Za-z0-9]{12,15}!/.test(token) || /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/.test(token);
  return looksLikeOne ? 'invalid_token' : 'unsupported_token_type';
}

function script(callback: string, error: string | undefined): LocalResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/javascript;charset=UTF-8' },
    body: `${callback}(${JSON.stringify(error === undefined ? {} : { error })});`,
  };
}
