import { json, type Route, type RouteHandler } from '../http.js';
import type { LocalOrg } from '../model.js';
import { adminProfileName, adminUsernameOf } from '../seed.js';
import { isFields, jsonObject } from '../rest/body.js';
import { RestRefusal } from '../rest/refusal.js';
import { exchangeAsApex, type ExchangeRequest } from './apex-exchange.js';

/** What only a local org has: it says that it is one, and what its Apex runtime would do with a certificate. */
export function selfRoutes(fetch: typeof globalThis.fetch): readonly Route[] {
  return [
    { method: 'GET', pattern: /^\/_local\/?$/, handler: describeSelf, session: 'none' },
    { method: 'POST', pattern: /^\/_local\/jwt-bearer\/?$/, handler: exchange(fetch), session: 'bearer' },
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

function isAdmin(org: LocalOrg, userId = ''): boolean {
  const user = org.records.get('User', userId);
  return org.records.get('Profile', String(user?.['ProfileId']))?.['Name'] === adminProfileName;
}

function exchangeRequest(body: unknown): ExchangeRequest {
  const fields = isFields(body) ? body : {};
  const text = (name: string): string => {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
    throw new RestRefusal(400, 'INVALID_INPUT', `The request needs "${name}", a text.`);
  };
  const { validitySeconds } = fields;
  if (!Number.isInteger(validitySeconds) || Number(validitySeconds) <= 0) {
    throw new RestRefusal(400, 'INVALID_INPUT', 'The request needs "validitySeconds", a number of seconds above 0.');
  }
  return {
    certificate: text('certificate'),
    issuer: text('issuer'),
    subject: text('subject'),
    audience: text('audience'),
    tokenEndpoint: text('tokenEndpoint'),
    validitySeconds: Number(validitySeconds),
  };
}
