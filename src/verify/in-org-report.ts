import type { Advice } from './advice.js';
import type { Check, CheckName } from './check.js';
import { open, startRun } from './check-run.js';
import { addDiffering, adviseOnDiffering, type DifferingSettings } from './differing-settings.js';
import { adviseOn, type RequestContext } from './error-catalogue.js';
import { failed, passed, signedBy, skipped, type Finding, type Seen } from './finding.js';
import { lookAtGrantedScope, lookAtScopes, lookAtUserAndOrg } from './identity-checks.js';
import { deployClient } from './in-org-fault-rows.js';
import { adviseOnInOrgFault, type Callers } from './in-org-faults.js';
import { refusalIn, sayRefusal, textOf } from './in-org-refusal.js';
import { quotable } from './server-text.js';
import { apiClosed } from './token-use.js';

/** What a client org reports after it ran the flow with its own certificate. Holds no token. */
export type InOrgReport = {
  readonly issued: boolean;
  /** `error` and `error_description` of the token endpoint, or the name of an exception and its message. */
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
  /** Message of an exception or of the compiler. */
  readonly detail?: string;
  /** Why the client's own code did not run, in a sentence. */
  readonly whyNotExecuted?: string;
  /** What is wrong with classes of the connection that the flow can do without, in a sentence. */
  readonly incompleteApex?: string;
};

export type InOrgExpectation = RequestContext & {
  readonly orgId?: string;
  /** Scopes of the app, or those that were asked for at a server that is no org. */
  readonly scopes?: readonly string[];
  /** Whether the same flow got a token with the same key on this machine. */
  readonly signedHere?: boolean;
  /** Who makes the callout now, and who has the permission set for it, where that is somebody else. */
  readonly callers?: Callers;
  /** Settings in the client org that are not those of the connection. */
  readonly differing?: DifferingSettings | undefined;
};

/** Under which names a report is judged; scopes only where nobody else has looked at them. */
export type ReportChecks = {
  readonly token: CheckName;
  readonly call: CheckName;
  readonly user: CheckName;
  readonly scopes?: CheckName;
};

/** Where the client org alone can sign. */
export const soleSigner: ReportChecks = {
  token: 'token-issued',
  call: 'token-works',
  user: 'user-and-org',
  scopes: 'scopes',
};

/** Where this machine has signed with the same key before. */
export const secondSigner: ReportChecks = {
  token: 'client-org-token',
  call: 'client-org-call',
  user: 'client-org-user',
};

/** The checks that a client org's report answers, in the order of `checkNames`. */
export async function judgeInOrgReport(
  report: InOrgReport,
  expected: InOrgExpectation,
  names: ReportChecks = soleSigner,
): Promise<readonly Check[]> {
  const run = startRun(() => {});
  const token = await run.step(names.token, open(report), () => lookAtIssue(report, expected));
  const identity = await run.step(names.call, token, () => lookAtUse(report, expected));
  if (expected.server !== 'oauth2') {
    await run.step(names.user, identity, () => ({
      finding: addDiffering(lookAtUserAndOrg(report, expected), expected.differing),
    }));
  }
  if (names.scopes) await run.step(names.scopes, token, () => ({ finding: lookAtReportedScopes(report, expected) }));
  await run.step('client-org-runs', open(report), () => ({ finding: lookAtExecution(report) }));
  return run.checks();
}

function lookAtIssue(report: InOrgReport, context: InOrgExpectation): Seen<InOrgReport> {
  if (report.issued) {
    const finding = passed('The client org got a token with its own certificate.');
    return { finding: signedBy('client-org', finding), value: report };
  }
  const { what, advice } = explainRefusal(report, context);
  const { cause, actions } = context.differing ? adviseOnDiffering(context.differing, advice) : advice;
  return { finding: signedBy('client-org', failed(`No token. ${what}: ${cause}.`, actions)) };
}

type Explained = { readonly what: string; readonly advice: Advice };

function explainRefusal(report: InOrgReport, context: InOrgExpectation): Explained {
  const refusal = refusalIn(report, context.server);
  if (refusal) return { what: sayRefusal(refusal), advice: adviseOn(refusal.catalogueKey, context) };
  const said = quotable(textOf(report));
  const what = said ? `The client org said "${said}"` : `The client org got ${statusText(report.status)}`;
  return { what, advice: adviseOnInOrgFault(said, context) };
}

function lookAtUse(report: InOrgReport, { server, differing }: InOrgExpectation): Seen<InOrgReport> {
  const { status } = report;
  const isOrg = server !== 'oauth2';
  if (isOrg ? isRefusal(status) : status === 401 || status === 403) {
    return { finding: addDiffering(callRefused(report, isOrg), differing) };
  }
  if (!isOrg) return { finding: lookAtUnknownApi(status), value: report };
  if (report.username === undefined && report.orgId === undefined) {
    return { finding: skipped('The client org did not report a call with the token.') };
  }
  return { finding: passed('The client org called the server org with the token.'), value: report };
}

/** 0 where the call itself failed. */
const isRefusal = (status: number | undefined): boolean => status !== undefined && (status < 200 || status > 299);

function callRefused(report: InOrgReport, isOrg: boolean): Finding {
  const said = quotable(textOf(report));
  const what = `HTTP ${report.status ?? 0}${said === '' ? '' : `, "${said}"`}`;
  return isOrg
    ? failed(`The client org got a token, but the server org refuses calls with it (${what}).`, apiClosed)
    : failed(`The client org got a token, but the API refuses calls with it (${what}).`, [
        'Check that the token is meant for this API: server.scope, server.audience and server.claims in config/jwt-connections.json.',
      ]);
}

function lookAtUnknownApi(status: number | undefined): Finding {
  const nothingKnown = 'nothing is known of what this API offers';
  if (status === undefined || status === 0) return skipped(`The API was not called with the token: ${nothingKnown}.`);
  return isRefusal(status)
    ? skipped(`The API answered a call with the token with HTTP ${status}, which says little: ${nothingKnown}.`)
    : passed(`The client org called the API with the token (HTTP ${status}).`);
}

function lookAtReportedScopes({ scope }: InOrgReport, { server, scopes }: InOrgExpectation): Finding {
  return server === 'oauth2' ? lookAtGrantedScope(scope, scopes?.join(' ')) : lookAtScopes(scope, scopes);
}

function lookAtExecution(report: InOrgReport): Finding {
  const { executed, issued, error, detail, whyNotExecuted, incompleteApex } = report;
  if (executed) return passed('The Apex of the connection ran in the client org.');
  if (incompleteApex !== undefined) {
    return failed(`The Apex of the connection is not whole in the client org. ${incompleteApex}`, [deployClient]);
  }
  if (issued || error !== undefined) {
    const why = whyNotExecuted === undefined ? '' : ` ${whyNotExecuted}`;
    const what = issued
      ? 'The client org ran the flow with its own certificate, but not the Apex of the connection.'
      : 'The client org tried the flow and got no token; the Apex of the connection did not run.';
    return skipped(`${what}${why}`);
  }
  const reason = detail === undefined ? '' : ` ${quotable(detail)}`;
  return failed(`The Apex of the connection did not run in the client org.${reason}`, [deployClient]);
}

const statusText = (status: number | undefined): string =>
  status ? `HTTP ${status} without an OAuth answer` : 'no answer';
