import type { NamedCallout } from '../callouts/call-named-credential.js';
import { loopbackUrl } from '../loopback.js';
import { isFields, type Fields } from '../rest/body.js';
import { RestRefusal } from '../rest/refusal.js';
import type { ExchangeRequest } from '../callouts/exchange-as-apex.js';

/** Claims that `Auth.JWT` sets itself: `setAdditionalClaims` does not take them (Apex Reference Guide: Auth.JWT). */
const standardClaims = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'];

/** The body of `POST /_local/jwt-bearer`. @throws RestRefusal INVALID_INPUT */
export function exchangeRequest(fields: Fields): ExchangeRequest {
  const { validitySeconds, resource } = fields;
  if (!Number.isInteger(validitySeconds) || Number(validitySeconds) <= 0) {
    throw invalid('The request needs "validitySeconds", a number of seconds above 0.');
  }
  return {
    certificate: text(fields, 'certificate'),
    issuer: text(fields, 'issuer'),
    subject: text(fields, 'subject'),
    audience: text(fields, 'audience'),
    tokenEndpoint: onThisMachine(text(fields, 'tokenEndpoint'), 'token endpoints'),
    validitySeconds: Number(validitySeconds),
    scope: fields['scope'] === undefined ? undefined : text(fields, 'scope'),
    claims: additionalClaims(fields),
    resource: resource === undefined || resource === null ? resource : onThisMachine(text(fields, 'resource'), 'URLs'),
  };
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The body of `POST /_local/named-credential`. @throws RestRefusal INVALID_INPUT */
export function namedCalloutRequest(fields: Fields): Omit<NamedCallout, 'userId'> {
  const method = fields['method'] === undefined ? 'GET' : text(fields, 'method').toUpperCase();
  if (!methods.includes(method)) throw invalid(`The request needs a "method" of these: ${methods.join(', ')}.`);
  const path = text(fields, 'path');
  if (!path.startsWith('/')) throw invalid('The request needs a "path" that begins with a slash.');
  return { namedCredential: text(fields, 'namedCredential'), method, path };
}

function additionalClaims({ claims = {} }: Fields): Fields {
  if (!isFields(claims)) throw invalid('The "claims" of the request must be an object.');
  const taken = standardClaims.find((name) => name in claims);
  if (taken !== undefined) throw invalid(`The claim "${taken}" is set by other members of the request.`);
  return claims;
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`The request needs "${name}", a text.`);
}

function onThisMachine(url: string, what: string): URL {
  const found = loopbackUrl(url);
  if (found) return found;
  throw invalid(`A local org calls ${what} on this machine only.`);
}

function invalid(message: string): RestRefusal {
  return new RestRefusal(400, 'INVALID_INPUT', message);
}
