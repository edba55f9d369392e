import type { ServerType } from '../config/connection.js';
import { AccessToken } from './access-token.js';
import { findRow, type CatalogueKey } from './error-catalogue.js';
import type { HttpAnswer } from './http.js';
import { parseJsonObject, textIn, type JsonObject } from './json-object.js';
import { quotable } from './server-text.js';

/** What an answer of the token endpoint means. */
export type TokenVerdict = TokenIssued | TokenRefused | TokenUnavailable | TokenMalformed;

export type TokenIssued = {
  readonly kind: 'issued';
  readonly accessToken: AccessToken;
  /** Where the token is good for; undefined where the server does not say. */
  readonly instanceUrl?: string;
  /** Ends in `/id/<org id>/<user id>`. */
  readonly identityUrl?: string;
  /** Scopes by their OAuth names, separated by spaces. */
  readonly scope?: string;
  readonly tokenFormat: 'opaque' | 'jwt';
};

export type TokenRefused = {
  readonly kind: 'refused';
  /** Both as the server wrote them, safe to show. */
  readonly error: string;
  readonly description: string;
  readonly catalogueKey: CatalogueKey;
  readonly mayBePropagation: boolean;
};

export type TokenUnavailable = {
  readonly kind: 'unavailable';
  readonly catalogueKey: 'web-page' | 'server-unavailable' | 'redirected';
  readonly detail: string;
};

export type TokenMalformed = {
  readonly kind: 'malformed';
  readonly catalogueKey: 'not-oauth';
  readonly detail: string;
};

/** Judges an answer of the token endpoint (RFC 6749 sections 5.1 and 5.2). Sends nothing, never throws. */
export function judgeTokenAnswer(answer: HttpAnswer, server?: ServerType): TokenVerdict {
  const body = parseJsonObject(answer.body);
  const error = body && textIn(body, 'error');
  // An org that is too busy for a login says no more than that it does not know why.
  const saysNothing = answer.status >= 500 && error === 'unknown_error';
  if (body && error && !saysNothing) return judgeRefusal(error, textIn(body, 'error_description'), server);
  return judgeTransport(answer) ?? judgeSuccess(answer, body);
}

/** Judges an OAuth error by its two texts, wherever it was met. */
export function judgeRefusal(error: string, description?: string, server?: ServerType): TokenRefused {
  const { key, mayBePropagation } = findRow(error, description, server);
  return {
    kind: 'refused',
    error: quotable(error),
    description: quotable(description ?? ''),
    catalogueKey: key,
    mayBePropagation,
  };
}

function judgeTransport({ status, headers, body }: HttpAnswer): TokenUnavailable | undefined {
  if (status >= 300 && status < 400) {
    const target =
      headers.location === undefined ? 'without saying where to' : `to ${quotable(withoutQuery(headers.location))}`;
    return { kind: 'unavailable', catalogueKey: 'redirected', detail: `HTTP ${status} ${target}` };
  }
  if (status >= 500) return { kind: 'unavailable', catalogueKey: 'server-unavailable', detail: `HTTP ${status}` };
  if (/\bhtml\b/i.test(headers.contentType ?? '') || body.trimStart().startsWith('<')) {
    return { kind: 'unavailable', catalogueKey: 'web-page', detail: `HTTP ${status} with a web page` };
  }
  return undefined;
}

/** A query may hold what the request held. */
const withoutQuery = (location: string): string => location.replace(/[?#].*$/s, '');

function judgeSuccess({ status }: HttpAnswer, body: JsonObject | undefined): TokenIssued | TokenMalformed {
  if (!body) return malformed(`HTTP ${status} with a body that is not a JSON object`);
  const accessToken = textIn(body, 'access_token');
  if (status !== 200 || !accessToken) return malformed(`HTTP ${status} with neither an access token nor an error`);
  const tokenType = textIn(body, 'token_type') ?? 'Bearer';
  if (tokenType.toLowerCase() !== 'bearer') return malformed(`a token of type "${quotable(tokenType)}", not Bearer`);
  return {
    kind: 'issued',
    accessToken: new AccessToken(accessToken),
    instanceUrl: textIn(body, 'instance_url'),
    identityUrl: textIn(body, 'id'),
    scope: textIn(body, 'scope'),
    tokenFormat: textIn(body, 'token_format') === 'jwt' ? 'jwt' : 'opaque',
  };
}

const malformed = (detail: string): TokenMalformed => ({ kind: 'malformed', catalogueKey: 'not-oauth', detail });
