import type { LocalRequest } from '../http.js';

/** Parameters of an OAuth request: each once, as RFC 6749 section 3.2 asks for. */
export type Parameters = ReadonlyMap<string, string>;

/**
 * The parameters of a form and of the query, where Salesforce takes them as well (its own examples of the revocation endpoint
 * have them there). A body that is no form has none. Undefined where one is there twice; an empty one counts as left out.
 */
export function parametersOf({ headers, body, query }: LocalRequest): Parameters | undefined {
  const isForm = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(headers['content-type'] ?? '');
  const given = [...query, ...new URLSearchParams(isForm ? body.toString('utf8') : '')];
  const filled = given.filter(([, value]) => value !== '');
  const parameters = new Map(filled);
  return parameters.size === filled.length ? parameters : undefined;
}
