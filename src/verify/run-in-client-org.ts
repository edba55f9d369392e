import type { Grant } from '../artifacts/grant.js';
import { readVerificationReport, verificationScript } from '../artifacts/verification-script.js';
import type { ApexClient, Connection, OrgClient, Server } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { AnonymousApexOutcome, JwtBearerRun, LocalOrgGateway, OrgGateway } from '../org/gateway.js';
import { defaultLifetimeSeconds } from './assertion.js';
import { readDeployedSettings, type DeployedSettings } from './deployed-settings.js';
import type { InOrgReport } from './in-org-report.js';
import { isJsonObject, parseJsonObject, textIn } from './json-object.js';

export type ClientOrgRun = {
  readonly connection: Connection;
  readonly client: OrgClient;
  readonly grant: Grant;
  readonly org: OrgGateway;
};

/**
 * Lets the client org get a token and use it. A real org runs the generated Apex. A local org runs no Apex: it shows the
 * same flow, with the same certificate and what was deployed.
 *
 * @throws JwtError what the org refuses to be asked; what it refuses to run is in the report
 */
export const runInClientOrg = (run: ClientOrgRun): Promise<InOrgReport> =>
  run.org.localOrg ? runInLocalOrg(run, run.org.localOrg) : runApex(run);

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

async function refusalAsReport(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    return { issued: false, error: 'LocalOrgException', errorDescription: saidByOrg(error) };
  }
}

/** @throws whatever is no refusal of an org */
function saidByOrg(error: unknown): string {
  const said = error instanceof JwtError && error.exitCode === 3 ? error.tokens[1] : undefined;
  if (said === undefined) throw error;
  return said;
}

async function runInLocalOrg(run: ClientOrgRun, localOrg: LocalOrgGateway): Promise<InOrgReport> {
  const { client, org, connection } = run;
  const fullName = `${client.classPrefix}${client.type === 'apex' ? 'TokenProvider' : 'Client'}`;
  const [deployed] = await org.existing([{ type: 'ApexClass', fullName }]);
  if (!deployed) return { issued: false, executed: false, detail: `The class ${fullName} is not in the client org.` };
  const report = await refusalAsReport(() =>
    client.type === 'apex'
      ? runJwtBearer(run, client, localOrg)
      : localOrg.callNamedCredential({
          namedCredential: client.namedCredential,
          path: connection.server.type === 'salesforce' ? '/services/oauth2/userinfo' : '/',
        }),
  );
  return { ...readLocalReport(report), executed: false, whyNotExecuted: whyNotExecuted(client) };
}

const whyNotExecuted = (client: OrgClient): string =>
  client.type === 'apex'
    ? 'A local org executes no Apex, whose syntax a parser checked when it was deployed.'
    : 'A local org executes no Apex, whose syntax a parser checked when it was deployed; its Named Credential was tried by itself.';

/** What the deployed record of settings says; what the settings were made from, where they stand in the class. */
async function runJwtBearer(
  { connection, grant, org }: ClientOrgRun,
  { settings, classPrefix }: ApexClient,
  localOrg: LocalOrgGateway,
): Promise<unknown> {
  const { server, certificate } = connection;
  const deployed = settings === 'custom-metadata' ? await deployedSettings(classPrefix, server, org) : undefined;
  if (settings === 'custom-metadata' && !deployed) {
    const errorDescription = `There is no record ${classPrefix}Settings__mdt.Default.`;
    return { issued: false, error: 'settings_missing', errorDescription };
  }
  const run = deployed ? runOfSettings(deployed) : runOfGrant(grant, certificate.name);
  if (server.type === 'salesforce') return localOrg.runJwtBearer(run);
  const report = await localOrg.runJwtBearer({ ...run, resource: null });
  // The status is that of the token endpoint where nothing is called with the token.
  return isJsonObject(report) && report['issued'] === true ? { ...report, status: undefined } : report;
}

function runOfSettings(settings: DeployedSettings): JwtBearerRun {
  const text = (name: string): string => settings[name] ?? '';
  const { scope, additionalClaims } = settings;
  return {
    certificate: text('certificateName'),
    issuer: text('issuer'),
    subject: text('username'),
    audience: text('audience'),
    tokenEndpoint: text('tokenEndpoint'),
    // A number comes as Salesforce writes it: 120.0.
    validitySeconds: Number(text('validitySeconds')),
    ...(scope === undefined ? {} : { scope }),
    ...(additionalClaims === undefined ? {} : { claims: parseJsonObject(additionalClaims) ?? {} }),
  };
}

const runOfGrant = (
  { issuer, subject, audience, tokenEndpoint, scope, claims }: Grant,
  certificate: string,
): JwtBearerRun => ({
  certificate,
  issuer,
  subject,
  audience,
  tokenEndpoint,
  validitySeconds: defaultLifetimeSeconds,
  ...(scope === undefined ? {} : { scope }),
  ...(claims === undefined ? {} : { claims }),
});

async function deployedSettings(
  classPrefix: string,
  server: Server,
  org: OrgGateway,
): Promise<DeployedSettings | undefined> {
  const fullName = `${classPrefix}Settings.Default`;
  const files = await org.sources([{ type: 'CustomMetadata', fullName }]);
  const record = files.find(({ path }) => path.endsWith(`${fullName}.md`));
  return record && readDeployedSettings(record.content, server);
}

/** A report comes from another process: only what it is known to hold is taken. */
function readLocalReport(report: unknown): Omit<InOrgReport, 'executed' | 'detail' | 'whyNotExecuted'> {
  if (!isJsonObject(report)) return { issued: false };
  const texts = ['error', 'errorDescription', 'username', 'orgId', 'scope'].flatMap((name) => {
    const value = textIn(report, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const status = report['status'];
  return {
    issued: report['issued'] === true,
    ...(typeof status === 'number' ? { status } : {}),
    ...Object.fromEntries(texts),
  };
}
