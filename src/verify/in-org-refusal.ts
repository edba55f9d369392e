import type { ServerType } from '../config/connection.js';
import { exchangeFailure } from './in-org-fault-rows.js';
import { findInOrgFault } from './in-org-faults.js';
import type { InOrgExpectation, InOrgReport } from './in-org-report.js';
import { parseJsonObject, textIn } from './json-object.js';
import { quotable } from './server-text.js';
import { judgeRefusal, type TokenRefused } from './token-verdict.js';

/** What the token endpoint said to the client org, as far as the report of that org tells it. */
export function refusalIn(report: InOrgReport, server?: ServerType): TokenRefused | undefined {
  if (report.issued) return undefined;
  const { error, errorDescription } = report;
  if (error !== undefined && !isFaultOfClient(error)) return judgeRefusal(error, errorDescription, server);
  const said = quotedRefusal(textOf(report));
  return said && judgeRefusal(said.error, said.description, server);
}

/** Whether the refusal in a report may go away while a new or changed app becomes known, and what was said. */
export function propagationIn(
  report: InOrgReport,
  { server, signedHere = false }: Pick<InOrgExpectation, 'server' | 'signedHere'> = {},
): string | undefined {
  if (report.issued || server === 'oauth2') return undefined;
  const refusal = refusalIn(report, server);
  if (refusal) return refusal.mayBePropagation ? sayRefusal(refusal) : undefined;
  // Where the same flow got a token here, the app is known, and another reason is the likelier one.
  const text = quotable(textOf(report));
  return !signedHere && findInOrgFault(text)?.mayBePropagation ? `The client org said "${text}"` : undefined;
}

/** All that was said of a fault, in one line. */
export const textOf = ({ error, errorDescription, detail }: InOrgReport): string =>
  [error, errorDescription, detail].filter(Boolean).join(': ');

export const sayRefusal = ({ error, description }: TokenRefused): string =>
  description ? `The server said ${error}, "${description}"` : `The server said ${error}`;

/**
 * An exception of Apex, like `System.CalloutException`, or a name that the generated token provider has for a fault of its
 * own, where another report holds an OAuth error.
 */
const isFaultOfClient = (error: string): boolean => /\w+Exception$/.test(error) || faultsOfProvider.includes(error);

const faultsOfProvider: readonly string[] = [
  'callout_failed',
  'signing_failed',
  'unexpected_answer',
  'settings_missing',
  'settings_invalid',
];

type Quoted = { readonly error: string; readonly description: string | undefined };

/**
 * The answer of the token endpoint within the message of an exception. A Named Credential words it `Unable to complete the
 * JWT token exchange. Error: invalid_client. Error description: …` (seen, and often without any reason), and
 * `Auth.JWTBearerTokenExchange` as `Error 400: {json}` (Salesforce Stack Exchange 282513).
 */
function quotedRefusal(text: string): Quoted | undefined {
  const worded = exchangeFailure.test(text)
    ? /\bError: *(?<error>[\w-]+)\.?(?:\s+Error description: *(?<description>.*?)\.*\s*$)?/is.exec(text)
    : undefined;
  const { error, description } = worded?.groups ?? {};
  if (error !== undefined) return { error, description };
  const body = parseJsonObject(/Error \d{3}: *(\{.*\})/s.exec(text)?.[1] ?? '');
  const code = body && textIn(body, 'error');
  return code === undefined ? undefined : { error: code, description: body && textIn(body, 'error_description') };
}
