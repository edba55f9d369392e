import { json, type Route, type RouteHandler } from '../http.js';
import { jsonObject } from '../rest/body.js';
import { RestRefusal } from '../rest/refusal.js';
import { adminUsernameOf } from '../seed.js';
import { isAdmin } from '../users.js';
import { exchangeAsApex } from '../callouts/exchange-as-apex.js';
import { exchangeRequest, namedCalloutRequest } from './requests.js';
import { settingsRoutes } from './settings.js';

/** What only a local org has: it says that it is one, and does what its Apex and its Named Credentials would do. */
export function selfRoutes(fetch: typeof globalThis.fetch): readonly Route[] {
  return [
    { method: 'GET', pattern: /^\/_local\/?$/, handler: describeSelf, session: 'none' },
    { method: 'POST', pattern: /^\/_local\/jwt-bearer\/?$/, handler: exchange(fetch), session: 'bearer' },
    { method: 'POST', pattern: /^\/_local\/named-credential\/?$/, handler: callout(fetch), session: 'bearer' },
    ...settingsRoutes,
  ];
}

/** `GET /_local`: how a client tells a local org from a real one. */
const describeSelf: RouteHandler = (_, org) =>
  Promise.resolve(
    json(200, {
      localOrg: true,
      alias: org.alias,
      orgId: org.id,
      username: adminUsernameOf(org.alias),
      executesApex: false,
    }),
  );

/** `POST /_local/jwt-bearer`: the JWT bearer flow as the Apex of this org would run it. Never answers with the token. */
function exchange(fetch: typeof globalThis.fetch): RouteHandler {
  return async (request, org) => {
    if (!isAdmin(org, request.userId))
      throw new RestRefusal(403, 'INSUFFICIENT_ACCESS', 'Only an administrator may do this.');
    return json(200, await exchangeAsApex(org, exchangeRequest(jsonObject(request)), fetch));
  };
}

/** `POST /_local/named-credential`: a callout through a Named Credential, by the user of the session. */
function callout(fetch: typeof globalThis.fetch): RouteHandler {
  return async (request, org) => {
    const { userId = '' } = request;
    const wanted = namedCalloutRequest(jsonObject(request));
    const { callNamedCredential } = await import('../callouts/call-named-credential.js');
    return json(200, await callNamedCredential(org, { ...wanted, userId }, fetch));
  };
}
