import type { ApexClient, Connection, OrgClient } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { JwtBearerRun, LocalOrgGateway, OrgGateway } from '../org/gateway.js';
import { readDeployedApex, tokenProviderOf, type DeployedApex } from './deployed-apex.js';
import { readConstants, readRecord, type DeployedSettings } from './deployed-settings.js';
import type { InOrgReport } from './in-org-report.js';
import { isJsonObject, parseJsonObject, textIn } from './json-object.js';

type LocalRun = {
  readonly connection: Connection;
  readonly client: OrgClient;
  readonly org: OrgGateway;
  readonly localOrg: LocalOrgGateway;
};

/** What the generated `verify()` of a class asks for (OpenID Connect Core 1.0 section 5.3). */
const userInfoPath = '/services/oauth2/userinfo';

/**
 * Shows the flow in a local org, which runs no Apex: the classes have to be there and to parse; what is signed, and whom it
 * is sent to, is what was deployed, not what it was made from.
 *
 * @throws JwtError what the org refuses to be asked; what it refuses to run is in the report
 */
export async function runInLocalOrg(run: LocalRun): Promise<InOrgReport> {
  const { client, org, connection } = run;
  const apex = await readDeployedApex(connection, client, org);
  const { unusable, incomplete } = apex;
  if (unusable !== undefined) return { issued: false, executed: false, detail: unusable };
  const report = await refusalAsReport(() =>
    client.type === 'apex' ? runJwtBearer(run, client, apex) : callNamedCredential(run, client),
  );
  return {
    ...readLocalReport(report),
    executed: false,
    whyNotExecuted: whyNotExecuted(client),
    ...(incomplete === undefined ? {} : { incompleteApex: incomplete }),
  };
}

const whyNotExecuted = (client: OrgClient): string =>
  client.type === 'apex'
    ? 'A local org executes no Apex; its classes are there, and a parser found no fault in their syntax.'
    : 'A local org executes no Apex; its classes are there, and a parser found no fault in their syntax. Its Named Credential was tried by itself.';

async function refusalAsReport(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    return { issued: false, error: 'LocalOrgException', errorDescription: saidByOrg(error) };
  }
}

/** What an org said that refused a request. @throws whatever is no refusal of an org */
export function saidByOrg(error: unknown): string {
  const said = error instanceof JwtError && error.exitCode === 3 ? error.tokens[1] : undefined;
  if (said === undefined) throw error;
  return said;
}

const callNamedCredential = (
  { connection, localOrg }: LocalRun,
  { namedCredential }: Exclude<OrgClient, ApexClient>,
): Promise<unknown> =>
  localOrg.callNamedCredential({
    namedCredential,
    path: connection.server.type === 'salesforce' ? userInfoPath : '/',
  });

async function runJwtBearer(run: LocalRun, client: ApexClient, apex: DeployedApex): Promise<unknown> {
  const { server } = run.connection;
  const read = client.settings === 'inline' ? constantsIn(run, client, apex) : await recordIn(run, client);
  if (read.kind === 'fault') return read.report;
  const { settings } = read;
  if (server.type === 'salesforce') {
    return run.localOrg.runJwtBearer({
      ...runOf(settings),
      resource: `${settings['baseUrl'] ?? ''}${userInfoPath}`,
    });
  }
  const report = await run.localOrg.runJwtBearer({ ...runOf(settings), resource: null });
  // The status is that of the token endpoint where nothing is called with the token.
  return isJsonObject(report) && report['issued'] === true ? { ...report, status: undefined } : report;
}

type SettingsRead =
  | { readonly kind: 'settings'; readonly settings: DeployedSettings }
  | { readonly kind: 'fault'; readonly report: Pick<InOrgReport, 'issued' | 'error' | 'errorDescription'> };

function constantsIn({ connection }: LocalRun, client: ApexClient, { bodyOf }: DeployedApex): SettingsRead {
  const className = tokenProviderOf(client);
  const read = readConstants(bodyOf(className), connection.server);
  if (read.kind === 'settings') return read;
  const errorDescription = `The class ${className} has no ${read.wanted} for ${read.constant}.`;
  return { kind: 'fault', report: { issued: false, error: 'LocalOrgException', errorDescription } };
}

async function recordIn({ connection, org }: LocalRun, client: ApexClient): Promise<SettingsRead> {
  const settings = await readRecord(client, connection.server, org);
  if (settings) return { kind: 'settings', settings };
  const errorDescription = `There is no record ${client.classPrefix}Settings__mdt.Default.`;
  return { kind: 'fault', report: { issued: false, error: 'settings_missing', errorDescription } };
}

function runOf(settings: DeployedSettings): JwtBearerRun {
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
