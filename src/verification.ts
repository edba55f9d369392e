import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { filesBelow } from './apply/connection-files.js';
import { privateFolder } from './apply/private-folder.js';
import { consumerKeyHolder } from './artifacts/server-artifacts.js';
import { readVerificationReport, verificationScript } from './artifacts/verification-script.js';
import { isToSalesforce, type Connection, type OrgClient, type SalesforceConnection } from './config/connection.js';
import { readKeyMaterial } from './keys/stored-keys.js';
import type { OrgGateway } from './org/gateway.js';
import type { ServerRecord } from './plan/journal-state.js';
import { sourceRoot } from './plan/wanted-files.js';
import { defaultLifetimeSeconds } from './verify/assertion.js';
import type { OnProgress } from './verify/check-run.js';
import type { InOrgReport } from './verify/in-org-report.js';
import { tokenEndpointOf } from './verify/server-url.js';
import { verifyClientOrg } from './verify/verify-client-org.js';
import { verifyFlow, type Verification, type VerifyDeps } from './verify/verify-flow.js';

export type VerificationInput = {
  readonly connection: Connection;
  readonly projectRoot: string;
  /** Absent where the server is no org. */
  readonly server?: ServerRecord | undefined;
  /** The org that signs; absent for a client outside Salesforce. */
  readonly clientOrg?: OrgGateway | undefined;
  /** How long to wait for an app that is not known everywhere yet. */
  readonly deadlineSeconds: number;
};

/**
 * Runs the flow of a connection where its key is: here with the key in the private folder, or in the client org, whose
 * key nobody else has.
 *
 * @throws JwtError what the key files or the client org refuse; a flow that fails is not thrown but told in the checks
 */
export async function verifyConnection(
  input: VerificationInput,
  deps: VerifyDeps,
  onProgress: OnProgress,
): Promise<Verification> {
  const { connection, server } = input;
  if (!isToSalesforce(connection) || !server) throw new TypeError('a server that is no org cannot be verified');
  const { client } = connection;
  const whole = { ...input, connection, server };
  return client.type === 'external'
    ? verifyHere(whole, deps, onProgress)
    : verifyThere(client, whole, deps, onProgress);
}

type OrgVerification = VerificationInput & { readonly connection: SalesforceConnection; readonly server: ServerRecord };

async function verifyHere(
  { connection, projectRoot, server, deadlineSeconds }: OrgVerification,
  deps: VerifyDeps,
  onProgress: OnProgress,
): Promise<Verification> {
  const material = await readKeyMaterial(privateFolder(projectRoot, connection.name), connection.certificate.name);
  const key = material && { privateKey: material.privateKey, certificate: material.certificate };
  return verifyFlow(
    {
      ...key,
      clientId: server.consumerKey,
      username: connection.server.username,
      instanceUrl: server.instanceUrl,
      expected: { orgId: server.orgId, scopes: connection.server.app.scopes },
      deadlineSeconds,
    },
    deps,
    onProgress,
  );
}

async function verifyThere(
  client: OrgClient,
  { connection, projectRoot, server, clientOrg, deadlineSeconds }: OrgVerification,
  deps: VerifyDeps,
  onProgress: OnProgress,
): Promise<Verification> {
  if (!clientOrg) throw new TypeError(`the client org ${client.org} is not open`);
  const currentPem = await clientOrg.retrieveCertificate(connection.certificate.name);
  return verifyClientOrg(
    {
      deployedPem: await certificateInApp(projectRoot, connection),
      ...(currentPem === undefined ? {} : { currentPem }),
      username: connection.server.username,
      instanceUrl: server.instanceUrl,
      audience: server.instanceUrl,
      orgId: server.orgId,
      scopes: connection.server.app.scopes,
      deadlineSeconds,
    },
    { ...deps, runInClientOrg: () => runInClientOrg(connection, server, clientOrg) },
    onProgress,
  );
}

/** The certificate in the artifacts of the app, which an External Client App never gives back; empty where there is none. */
async function certificateInApp(projectRoot: string, { name, server }: SalesforceConnection): Promise<string> {
  const { fullName } = consumerKeyHolder(server.app);
  const paths = await filesBelow(projectRoot, sourceRoot(name, 'server'));
  for (const path of paths.filter((candidate) => candidate.includes(`/${fullName}.`))) {
    const found = /<certificate>([^<]+)<\/certificate>/.exec(await readFile(join(projectRoot, path), 'utf8'));
    if (found?.[1]) return found[1];
  }
  return '';
}

/** A real org runs the generated Apex. A local org runs no Apex, and shows the same flow with the same certificate. */
async function runInClientOrg(connection: Connection, server: ServerRecord, org: OrgGateway): Promise<InOrgReport> {
  if (org.localOrg) return runInLocalOrg(connection, server, org);
  const outcome = await org.executeAnonymous(verificationScript(connection));
  const report = readVerificationReport(outcome.problem);
  if (!report) return { issued: false, executed: false, ...(outcome.problem ? { detail: outcome.problem } : {}) };
  if (report.kind === 'refused') {
    return { issued: false, executed: true, error: report.error, errorDescription: report.description };
  }
  const { status, username, orgId } = report;
  return { issued: true, executed: true, status, ...(username && { username }), ...(orgId && { orgId }) };
}

async function runInLocalOrg(connection: Connection, server: ServerRecord, org: OrgGateway): Promise<InOrgReport> {
  const report = await org.localOrg?.runJwtBearer({
    certificate: connection.certificate.name,
    issuer: server.consumerKey,
    subject: connection.server.username,
    audience: server.instanceUrl,
    tokenEndpoint: tokenEndpointOf(server.instanceUrl),
    validitySeconds: defaultLifetimeSeconds,
  });
  const { problem } = await org.executeAnonymous(verificationScript(connection));
  return { issued: false, ...(report as object), executed: false, ...(problem ? { detail: problem } : {}) };
}
