import { json, type RouteHandler } from '../http.js';
import { bearerToken, findSession } from '../sessions.js';
import { localPath } from '../local-path.js';
import { issueCode } from '../one-time-codes.js';

/**
 * `GET` or `POST /services/oauth2/singleaccess` (Salesforce Help: single-use frontdoor.jsp URLs): a URL that opens a browser
 * session once, which is what `sf org open` asks for. An expired token is answered with 403, as `@salesforce/core` notes.
 */
export const singleAccess: RouteHandler = ({ headers, query, body }, org) => {
  const session = findSession(org, bearerToken(headers.authorization));
  if (!session)
    return Promise.resolve({ status: 403, headers: { 'content-type': 'text/html' }, body: 'Bad_OAuth_Token' });
  const wanted = query.get('redirect_uri') ?? new URLSearchParams(body.toString('utf8')).get('redirect_uri');
  const url = new URL('/secur/frontdoor.jsp', org.instanceUrl);
  url.searchParams.set('otp', issueCode(org, session.userId));
  url.searchParams.set('startURL', localPath(wanted, org.instanceUrl));
  return Promise.resolve(json(200, { frontdoor_uri: url.href }, { 'cache-control': 'no-store' }));
};
