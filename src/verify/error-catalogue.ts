import type { ServerType } from '../config/connection.js';
import { shellQuoted } from '../shell-quoted.js';
import type { Advice } from './advice.js';
import { answerRows } from './catalogue-answer-rows.js';
import { appRows } from './catalogue-app-rows.js';
import { loginRows } from './catalogue-login-rows.js';
import { oauthRows } from './catalogue-oauth-rows.js';
import type { CatalogueRow } from './catalogue-row.js';
import { quotable } from './server-text.js';

export type CatalogueKey =
  | (typeof appRows)[number]['key']
  | (typeof loginRows)[number]['key']
  | (typeof answerRows)[number]['key']
  | (typeof oauthRows)[number]['key'];

/**
 * Every answer of the token endpoint that we can explain. Salesforce publishes no complete list of its errors; of other
 * servers we know what the standards say.
 */
export const errorCatalogues: Readonly<Record<ServerType, readonly CatalogueRow<CatalogueKey>[]>> = {
  salesforce: [...appRows, ...loginRows, ...answerRows],
  oauth2: oauthRows,
};

/** The row for an OAuth error: by error and description, else by error alone, else `unknown-error`. */
export function findRow(
  error: string,
  description: string | undefined,
  server: ServerType = 'salesforce',
): CatalogueRow<CatalogueKey> {
  const sameError = errorCatalogues[server].filter(
    (row) => row.error !== undefined && equalsIgnoringCase(row.error, error),
  );
  return (
    sameError.find((row) => row.pattern?.test(description ?? '')) ??
    sameError.find((row) => row.pattern === undefined) ??
    rowOf('unknown-error', server)
  );
}

export function rowOf(key: CatalogueKey, server: ServerType = 'salesforce'): CatalogueRow<CatalogueKey> {
  const found = errorCatalogues[server].find((row) => row.key === key);
  if (!found) throw new TypeError(`no row ${key} in the error catalogue of ${server}`);
  return found;
}

/** What the request was made with; it fills the places in a row's texts. */
export type RequestContext = {
  /** Who is asked; an org where it does not say. */
  readonly server?: ServerType;
  readonly username: string;
  /** The org's My Domain; the token endpoint of a server that is no org. */
  readonly instanceUrl: string;
  readonly audience: string;
  /** Whether a client org alone can sign, and nobody here has key or certificate. */
  readonly isKeyInClientOrg?: boolean;
};

/** Cause and next steps of a row, in terms of this request. */
export function adviseOn(key: CatalogueKey, context: RequestContext): Advice {
  const { cause, actions: actionsHere, actionsInClientOrg } = rowOf(key, context.server);
  const actions = (context.isKeyInClientOrg ? actionsInClientOrg : undefined) ?? actionsHere;
  return { cause: fill(cause, context), actions: actions.map((action) => fill(action, context)) };
}

const fill = (text: string, context: RequestContext): string =>
  text
    .replaceAll('{username}', () => shellQuoted(quotable(context.username)))
    .replaceAll('{instanceUrl}', () => quotable(context.instanceUrl))
    .replaceAll('{audience}', () => quotable(context.audience));

const equalsIgnoringCase = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
