import type { LocalRequest, RouteHandler } from '../http.js';
import type { LocalOrg } from '../model.js';
import { bearerToken, findSession, startSession } from '../sessions.js';
import { isAdmin } from '../users.js';
import { localPath } from '../local-path.js';
import { html, page, redirect } from './html.js';
import { redeemCode } from '../one-time-codes.js';

/**
 * The user of a request to a page: of its Bearer token, or of the org's cookie. Tools that know Salesforce send `sid`, and are
 * taken at their word; a browser that has both sends the org's.
 */
export function pageUser(request: LocalRequest, org: LocalOrg): string | undefined {
  const token = bearerToken(request.headers.authorization) ?? sidOf(request.headers.cookie, org);
  return findSession(org, token)?.userId;
}

function sidOf(cookie = '', org: LocalOrg): string | undefined {
  const pairs = cookie.split(';').map((pair) => pair.trim());
  const valueOf = (name: string): string | undefined =>
    pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return valueOf(cookieName(org)) ?? valueOf('sid');
}

/** Cookies know no ports (RFC 6265 section 8.5): the orgs of one machine need a name each. */
function cookieName(org: LocalOrg): string {
  return `sid_${org.id}`;
}

/**
 * `GET /secur/frontdoor.jsp`: opens a browser session for a code of `/services/oauth2/singleaccess` (`otp`), or for a session
 * id (`sid`) as tools send it, and goes on to a path of this org. HEAD has no effect (RFC 9110 section 9.2.1): mail and chat
 * programs look at links so, and would spend the code.
 */
export const frontdoor: RouteHandler = (request, org) => {
  const { query, method } = request;
  const path = localPath(query.get('startURL') ?? query.get('retURL'), org.instanceUrl);
  if (method === 'HEAD') return Promise.resolve(redirect(path));
  const token = browserToken(org, query.get('otp'), query.get('sid'));
  if (token === undefined) return Promise.resolve(redirect(loginPath(path)));
  return Promise.resolve(
    redirect(path, { 'set-cookie': `${cookieName(org)}=${token}; Path=/; HttpOnly; SameSite=Strict` }),
  );
};

function browserToken(org: LocalOrg, code: string | null, sid: string | null): string | undefined {
  if (code === null) return sid !== null && findSession(org, sid) ? sid : undefined;
  const userId = redeemCode(org, code);
  return userId === undefined ? undefined : startSession(org, userId, 'web');
}

/** Salesforce sends browsers without a session to its login page with these parameters. */
function loginPath(path: string): string {
  return `/?${new URLSearchParams({ ec: '302', startURL: path }).toString()}`;
}

/** A page for administrators: others are told so, and whoever has no session how to get one. */
export function forAdmins(handler: RouteHandler): RouteHandler {
  return async (request, org) => {
    const userId = pageUser(request, org);
    if (userId === undefined) return redirect(loginPath(request.path));
    if (isAdmin(org, userId)) return handler({ ...request, userId }, org);
    const text = 'You do not have the level of access necessary to perform the operation you requested.';
    return page(403, 'Insufficient Privileges', html`<div class="errorMsg">${text}</div>`);
  };
}

/**
 * `GET /`: how to log in. A local org has no passwords, and so no login form. Without the variable the CLI looks for the
 * org's Lightning domain first, and fails on an address like this one.
 */
export const loginHint: RouteHandler = ({ query }, org) => {
  const path = localPath(query.get('startURL'), org.instanceUrl);
  // What is shown to be pasted into a shell must not do anything else there.
  const option = path !== '/' && /^[\w/.-]+$/.test(path) ? ` --path ${path}` : '';
  return Promise.resolve(
    page(
      200,
      `Local org ${org.alias}`,
      html`<p>Open this org with the Salesforce CLI:</p>
        <pre>SF_DOMAIN_RETRY=0 sf org open --target-org ${org.alias}${option}</pre>`,
    ),
  );
};
