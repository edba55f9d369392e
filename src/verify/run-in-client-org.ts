import { readVerificationReport, verificationScript } from '../artifacts/verification-script.js';
import type { Connection, OrgClient } from '../config/connection.js';
import type { AnonymousApexOutcome, OrgGateway } from '../org/gateway.js';
import type { InOrgReport } from './in-org-report.js';
import { runInLocalOrg, saidByOrg } from './run-in-local-org.js';

export type ClientOrgRun = {
  readonly connection: Connection;
  readonly client: OrgClient;
  readonly org: OrgGateway;
};

/**
 * Lets the client org get a token and use it. A real org runs the generated Apex. A local org runs no Apex: it shows the
 * same flow, with the same certificate and what was deployed.
 *
 * @throws JwtError what the org refuses to be asked; what it refuses to run is in the report
 */
export const runInClientOrg = (run: ClientOrgRun): Promise<InOrgReport> =>
  run.org.localOrg ? runInLocalOrg({ ...run, localOrg: run.org.localOrg }) : runApex(run);

async function runApex({ connection, org }: ClientOrgRun): Promise<InOrgReport> {
  const { compiled, problem } = await execute(org, verificationScript(connection));
  const report = readVerificationReport(problem);
  if (!report) return { issued: false, executed: compiled, ...(problem ? { detail: problem } : {}) };
  if (report.kind === 'refused') {
    return { issued: false, executed: true, error: report.error, errorDescription: report.description };
  }
  if (report.kind === 'issued') {
    return { issued: true, executed: true, ...(report.status === undefined ? {} : { status: report.status }) };
  }
  const { status, username, orgId } = report;
  return { issued: true, executed: true, status, ...(username && { username }), ...(orgId && { orgId }) };
}

/** An org that does not let the user run Apex has answered the question whether the flow works. */
async function execute(org: OrgGateway, apex: string): Promise<AnonymousApexOutcome> {
  try {
    return await org.executeAnonymous(apex);
  } catch (error) {
    return { compiled: false, success: false, problem: saidByOrg(error) };
  }
}
