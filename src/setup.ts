import { applyPlan } from './apply/apply.js';
import { requireKeyStore } from './apply/import-key-store.js';
import type { ApplyEvent, KeyStoreImport, StorePassword } from './apply/context.js';
import { judgeInOrgs, refusalOfConflicts } from './apply/conflicts.js';
import { differencesInTheWay } from './apply/differences.js';
import { openJournal, type Journal } from './apply/journal.js';
import { gatewayOf, observe, type Gateways, type ObserveOptions } from './apply/observe.js';
import { ensurePrivateFolder, lockConnection, privateFolder, removeIfEmpty } from './private-folder.js';
import { saveTrial } from './apply/trial.js';
import type { Difference } from './apply/unified-diff.js';
import { isToSalesforce, type Connection } from './config/connection.js';
import type { ConnectionDraft } from './config/draft.js';
import { JwtError } from './errors.js';
import type { KnownFacts } from './plan/deploy-groups.js';
import { digestOfEdit } from './plan/edits.js';
import { forecastFiles } from './plan/forecast.js';
import type { ServerRecord } from './plan/journal-state.js';
import { refuseOtherKindOfCredential } from './plan/named-credential-switch.js';
import type { Observation } from './plan/observation.js';
import { knownFacts, planSetup } from './plan/plan.js';
import { refuseOtherCertificate } from './plan/plan-import.js';
import { refuseMissingKey } from './plan/plan-key.js';
import type { Plan } from './plan/step.js';

export type SetupInput = {
  readonly connection: Connection;
  readonly projectRoot: string;
  readonly orgs: Gateways;
  /** Replace files and components that are not ours. */
  readonly force: boolean;
  /** Whether the connection is to stand in the connection file afterwards. */
  readonly savesConnection: boolean;
  /** What was said of a trial, for its next run; nothing of any other connection. */
  readonly trial?: ConnectionDraft;
};

export type SetupDeps = {
  readonly now: () => Date;
  readonly storePassword: StorePassword;
  readonly keyStoreImport: KeyStoreImport;
  readonly onPlan: (plan: Plan) => void;
  /** Called once nothing stands in the way of the plan any more. */
  readonly onBegin: (plan: Plan) => void;
  readonly onProgress: (event: ApplyEvent) => void;
};

/** A plan, and how what is in its way differs from what is wanted. */
export type DryRun = Plan & {
  readonly differences: readonly Difference[];
  /** Why setup will stop before it does anything. */
  readonly obstacle?: JwtError;
};

export type Provisioned = { readonly plan: Plan; readonly facts: KnownFacts };

/**
 * What a setup would do. Reads the project and the orgs, and changes neither.
 *
 * @throws JwtError what the project or the orgs refuse
 */
export async function dryRun(
  input: SetupInput,
  { now, storePassword, keyStoreImport }: Pick<SetupDeps, 'now' | 'storePassword' | 'keyStoreImport'>,
): Promise<DryRun> {
  const { connection, projectRoot, orgs, force, savesConnection } = input;
  const observation = await look(input, { now, password: storePassword.given });
  const planned = planSetup(connection, observation, { savesConnection });
  refuseOtherCertificate(connection, observation);
  const facts = knownFacts(connection, observation);
  const plan = await judgeInOrgs(planned, { connection, orgs }, { observation, facts });
  const deps = {
    connection,
    privateFolder: privateFolder(projectRoot, connection.name),
    storePassword,
    keyStoreImport,
  };
  const obstacle = await refusalOf(async () => {
    if (!force) refuseSwitches(connection, observation);
    await requireKeyStore(plan, deps);
  });
  return {
    ...plan,
    ...(obstacle ? { obstacle } : {}),
    differences: await differencesInTheWay(plan.conflicts, facts, { connection, projectRoot, orgs, seen: observation }),
  };
}

/** What only force does. @throws JwtError `keyIsElsewhere`, `keyIsInClientOrg`, `namedCredentialOfOtherKind` */
function refuseSwitches(connection: Connection, observation: Observation): void {
  refuseMissingKey(connection, observation);
  refuseOtherKindOfCredential(connection, observation);
}

async function refusalOf(check: () => Promise<void>): Promise<JwtError | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (error instanceof JwtError) return error;
    throw error;
  }
}

/**
 * Brings the project and the orgs to what the connection describes: observe, plan, apply. Can be run again at any time.
 *
 * @throws JwtError `notOurs` and its kin where something would be replaced that is not ours, `keyStoreImportPending` where a person has
 * something to do; what the project or the orgs refuse
 */
export async function provision(input: SetupInput, deps: SetupDeps): Promise<Provisioned> {
  const { connection, projectRoot, orgs, force, savesConnection } = input;
  const folder = privateFolder(projectRoot, connection.name);
  await ensurePrivateFolder(projectRoot, folder);
  const lock = await lockConnection(folder, connection.name);
  try {
    const observation = await look(input, { now: deps.now, password: deps.storePassword.given });
    const plan = planSetup(connection, observation, { savesConnection });
    deps.onPlan(plan);
    if (!force) refuseSwitches(connection, observation);
    refuseOtherCertificate(connection, observation);
    const facts = knownFacts(connection, observation);
    const journal = await openJournal(folder);
    if (!force) await refuseConflicts(input, { plan, observation, facts, journal });
    await requireKeyStore(plan, { connection, privateFolder: folder, ...deps });
    deps.onBegin(plan);
    if (input.trial) await saveTrial(folder, connection.name, input.trial);
    const { edits } = observation;
    const context = { connection, projectRoot, privateFolder: folder, orgs, journal, force, edits, ...deps };
    return { plan, facts: await applyPlan(plan, facts, context) };
  } finally {
    await lock.release();
    await removeIfEmpty(folder);
  }
}

/** What is known of the server org once it is set up; nothing of a server that is no org. @throws JwtError `consumerKeyNotReadable` */
export function serverRecord({ connection, orgs }: SetupInput, { consumerKey }: KnownFacts): ServerRecord | undefined {
  if (!isToSalesforce(connection)) return undefined;
  if (consumerKey === undefined) throw new JwtError('consumerKeyNotReadable', [connection.server.app.name]);
  const { orgId, instanceUrl } = gatewayOf('server', orgs).identity;
  const { org, app } = connection.server;
  return { orgId, instanceUrl, consumerKey, org, app: app.name };
}

/** Notes the outcome of a verification for later commands. */
export async function noteVerification(
  folder: string,
  {
    at,
    verified,
    server,
  }: { readonly at: Date; readonly verified: boolean; readonly server: ServerRecord | undefined },
): Promise<void> {
  const journal = await openJournal(folder);
  await journal.append({ event: 'verified', at: at.toISOString(), verified, ...(server ? { server } : {}) });
}

/** Notes what was shown of our files, so that whoever deploys an edit after that is not asked again. */
async function refuseConflicts(
  input: SetupInput,
  seen: {
    readonly plan: Plan;
    readonly observation: Observation;
    readonly facts: KnownFacts;
    readonly journal: Journal;
  },
): Promise<void> {
  const { plan, observation, facts, journal } = seen;
  const { conflicts } = await judgeInOrgs(plan, input, { observation, facts });
  if (conflicts.length === 0) return;
  const differences = await differencesInTheWay(conflicts, facts, { ...input, seen: observation });
  const paths = conflicts.flatMap((conflict) => ('path' in conflict ? [conflict.path] : []));
  for (const { path, content } of forecastFiles(input.connection, facts, observation)) {
    if (paths.includes(path)) await journal.append({ event: 'shown', path, base: digestOfEdit(content) });
  }
  throw refusalOfConflicts(input.connection, conflicts, differences);
}

/** With force, edits do not stay. */
async function look({ connection, projectRoot, orgs, force }: SetupInput, how: ObserveOptions): Promise<Observation> {
  const observation = await observe(connection, projectRoot, orgs, how);
  return force ? { ...observation, edits: {} } : observation;
}
