import { settingsFor, settingValues } from '../artifacts/apex-settings.js';
import type { Grant } from '../artifacts/grant.js';
import type { ApexClient, Connection, OrgClient } from '../config/connection.js';
import type { OrgGateway } from '../org/gateway.js';
import type { Advice } from './advice.js';
import { bodyIn, tokenProviderOf } from './deployed-apex.js';
import { readConstants, readRecord, recordNameOf, type DeployedSettings } from './deployed-settings.js';
import { failed, type Finding } from './finding.js';
import { saidByOrg } from './run-in-local-org.js';

/** Settings of a client org that say something else than the connection does. */
export type DifferingSettings = {
  /** The record or the class that holds them. */
  readonly where: string;
  /** Fields of the record, or constants of the class. */
  readonly names: readonly string[];
  /** How to get to them. */
  readonly way: string;
};

type Side = {
  readonly connection: Connection;
  readonly client: OrgClient;
  readonly grant: Grant;
  readonly org: OrgGateway;
};

/**
 * The settings of a token provider that are not what the connection says, for a flow that fails: a sandbox may have others on
 * purpose. Undefined where there are none, or where they cannot be read.
 */
export async function findDifferingSettings(side: Side): Promise<DifferingSettings | undefined> {
  const { client } = side;
  if (client.type !== 'apex') return undefined;
  const deployed = await refusedAsUnknown(() => readDeployed(side, client));
  const names = deployed ? differingNames(side, client, deployed) : [];
  if (names.length === 0) return undefined;
  return client.settings === 'inline'
    ? { where: `the class ${tokenProviderOf(client)}`, names, way: 'Setup > Apex Classes' }
    : { where: `the record ${recordNameOf(client)}`, names, way: 'Setup > Custom Metadata Types > Manage Records' };
}

async function readDeployed(
  { connection: { server }, org }: Side,
  client: ApexClient,
): Promise<DeployedSettings | undefined> {
  if (client.settings !== 'inline') return readRecord(client, server, org);
  const fullName = tokenProviderOf(client);
  const read = readConstants(bodyIn(await org.sources([{ type: 'ApexClass', fullName }]), fullName) ?? '', server);
  return read.kind === 'settings' ? read.settings : undefined;
}

function differingNames(
  { connection, grant }: Side,
  client: ApexClient,
  deployed: DeployedSettings,
): readonly string[] {
  const wanted = settingValues(client.settings, grant, connection.certificate.name);
  return settingsFor(connection.server)
    .filter(({ name, type }) => {
      const [theirs, ours] = [deployed[name] ?? '', wanted[name] ?? ''];
      // A number comes as Salesforce writes it: 120.0.
      return type === 'Number' ? Number(theirs) !== Number(ours) : theirs !== ours;
    })
    .map(({ field, constant }) => (client.settings === 'inline' ? constant : field));
}

async function refusedAsUnknown<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    saidByOrg(error);
    return undefined;
  }
}

/** Names the settings first; what is said without them may be the cause all the same. */
export const adviseOnDiffering = (differing: DifferingSettings, { cause, actions }: Advice): Advice => ({
  cause: `${sayDiffering(differing)}; if that is meant, ${cause}`,
  actions: [correctionOf(differing), ...actions],
});

/** What a failed check adds to what it saw. */
export function addDiffering(finding: Finding, differing: DifferingSettings | undefined): Finding {
  if (finding.status !== 'failed' || !differing) return finding;
  const said = sayDiffering(differing);
  const detail = `${finding.detail} ${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  return failed(detail, [correctionOf(differing), ...(finding.actions ?? [])]);
}

const sayDiffering = ({ where, names }: DifferingSettings): string =>
  `${where} says something else than the connection in ${names.join(', ')}`;

const correctionOf = ({ where, names, way }: DifferingSettings): string =>
  `Correct ${names.join(', ')} in ${where} (${way}), or put back what the connection says: sf jwt deploy --connection MY_CONNECTION --side client`;
