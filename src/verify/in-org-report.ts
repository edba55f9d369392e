import type { Check } from './check.js';
import { open, startRun } from './check-run.js';
import { adviseOn, type RequestContext } from './error-catalogue.js';
import { failed, passed, skipped, type Finding, type Seen } from './finding.js';
import { lookAtScopes, lookAtUserAndOrg } from './identity-checks.js';
import { adviseOnInOrgFault } from './in-org-faults.js';
import { quotable } from './server-text.js';
import { apiClosed } from './token-use.js';
import { judgeRefusal } from './token-verdict.js';

/** What a client org reports after it ran the flow with its own certificate. Holds no token. */
export type InOrgReport = {
  readonly issued: boolean;
  /** `error` and `error_description` of the token endpoint. */
  readonly error?: string;
  readonly errorDescription?: string;
  /** HTTP status of the call that used the token; of the token endpoint where there is no token. */
  readonly status?: number;
  /** What a call with the token told about its user and org. */
  readonly username?: string;
  readonly orgId?: string;
  readonly scope?: string;
  /** Whether the client's own code ran. A local org does not execute Apex: it runs the same flow itself. */
  readonly executed: boolean;
  /** An exception's message, or why nothing was executed. */
  readonly detail?: string;
};

export type InOrgExpectation = RequestContext & {
  readonly orgId?: string;
  readonly scopes?: readonly string[];
};

/** The checks that a client org's report answers, in the order of `checkNames`. */
export async function judgeInOrgReport(report: InOrgReport, expected: InOrgExpectation): Promise<readonly Check[]> {
  const run = startRun(() => {});
  const token = await run.step('token-issued', open(report), () => lookAtIssue(report, expected));
  const identity = await run.step('token-works', token, lookAtUse);
  await run.step('user-and-org', identity, () => ({ finding: lookAtUserAndOrg(report, expected) }));
  await run.step('scopes', token, () => ({ finding: lookAtScopes(report.scope, expected.scopes) }));
  await run.step('client-org-runs', open(report), () => ({ finding: lookAtExecution(report) }));
  return run.checks();
}

/** Whether the refusal in a report may go away while a new or changed app becomes known, and what was said. */
export function propagationIn({ issued, error, errorDescription }: InOrgReport): string | undefined {
  if (issued || error === undefined || isException(error)) return undefined;
  const refusal = judgeRefusal(error, errorDescription);
  return refusal.mayBePropagation ? sayRefusal(refusal.error, refusal.description) : undefined;
}

function lookAtIssue(report: InOrgReport, context: RequestContext): Seen<InOrgReport> {
  if (report.issued) return { finding: passed('The client org got a token with its own certificate.'), value: report };
  if (report.error !== undefined && !isException(report.error)) {
    const { error, description, catalogueKey } = judgeRefusal(report.error, report.errorDescription);
    const { cause, actions } = adviseOn(catalogueKey, context);
    return { finding: failed(`No token. ${sayRefusal(error, description)}: ${cause}.`, actions) };
  }
  const said = quotable([report.error, report.errorDescription, report.detail].filter(Boolean).join(': '));
  const { cause, actions } = adviseOnInOrgFault(said);
  const what = said ? `The client org said "${said}"` : `The client org got ${statusText(report.status)}`;
  return { finding: failed(`No token. ${what}: ${cause}.`, actions) };
}

/** An exception of Apex, like `System.CalloutException`, where another org reports an OAuth error. */
const isException = (error: string): boolean => /\w+Exception$/.test(error);

function lookAtUse(report: InOrgReport): Seen<InOrgReport> {
  const { status } = report;
  if (status !== undefined && (status < 200 || status > 299)) {
    return {
      finding: failed(
        `The client org got a token, but the server org refuses calls with it (HTTP ${status}).`,
        apiClosed,
      ),
    };
  }
  if (report.username === undefined && report.orgId === undefined) {
    return { finding: skipped('The client org did not report a call with the token.') };
  }
  return { finding: passed('The client org called the server org with the token.'), value: report };
}

function lookAtExecution({ executed, issued, error, detail }: InOrgReport): Finding {
  if (executed) return passed('The Apex of the connection ran in the client org.');
  const reason = detail === undefined ? '' : ` ${quotable(detail)}`;
  if (issued || error !== undefined) {
    return skipped(
      `The client org ran the flow with its own certificate, but not the Apex of the connection.${reason}`,
    );
  }
  return failed(`The Apex of the connection did not run in the client org.${reason}`, [
    'Deploy the client side of the connection again: sf jwt deploy --connection MY_CONNECTION',
  ]);
}

const statusText = (status: number | undefined): string =>
  status ? `HTTP ${status} without an OAuth answer` : 'no answer';

const sayRefusal = (error: string, description: string): string =>
  description ? `The server org said ${error}, "${description}"` : `The server org said ${error}`;
