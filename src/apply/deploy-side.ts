import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentRef, Side } from '../artifacts/artifact.js';
import { isToSalesforce, type Connection, type SalesforceConnection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { OrgGateway } from '../org/gateway.js';
import { refusalOf } from '../org/refusals.js';
import {
  componentKey,
  componentsOf,
  componentsOfGroup,
  deployGroups,
  ownsFile,
  type DeployGroup,
} from '../plan/deploy-groups.js';
import { sha256 } from '../plan/digest.js';
import { ownedIn } from '../plan/journal-state.js';
import { sourceRoot, type WantedFile } from '../plan/wanted-files.js';
import { filesBelow } from './connection-files.js';
import { runDeployJob, type DeployJob, type GroupFiles } from './deploy-job.js';
import { openJournal, type Journal } from './journal.js';
import { gatewayOf, type Gateways } from './observe.js';
import { privateFolder } from './private-folder.js';

export type DeployInput = {
  readonly connection: Connection;
  readonly projectRoot: string;
  readonly orgs: Gateways;
  readonly sides: readonly Side[];
  /** Let the orgs check everything and keep nothing. */
  readonly checkOnly: boolean;
  /** Replace components of the same name that are not ours. */
  readonly force: boolean;
};

export type DeployDeps = {
  readonly now: () => Date;
  readonly onProgress: (side: Side, done: number, total: number) => void;
};

export type SideOutcome = {
  readonly side: Side;
  /** Whom the CLI is logged in as in that org. */
  readonly username: string;
  readonly deployId: string;
  readonly files: readonly string[];
  /** Components that the org has and that are never deployed over, like a certificate whose key the org made. */
  readonly kept: readonly ComponentRef[];
};

/** Deploys what stands in one side's source folder, in one deploy. @throws JwtError as `deployConnection` */
export async function deploySide(side: Side, input: DeployInput, deps: DeployDeps): Promise<SideOutcome> {
  const { connection, projectRoot, force, checkOnly } = input;
  const org = gatewayOf(side, input.orgs);
  const existing = await org.existing(componentsOf(connection, side));
  const groups = await groupFiles(side, input, existing);
  const journal = await openJournal(privateFolder(projectRoot, connection.name));
  if (!force) refuseForeign(groups, connection, existing, org, journal);
  if (side === 'server' && isToSalesforce(connection)) await refuseLockOut(connection, existing, org);
  const onProgress = (done: number, total: number): void => deps.onProgress(side, done, total);
  const job = { groups, org, connection, projectRoot, journal, now: deps.now, onProgress };
  const deployId = checkOnly ? await check(job, side) : await runDeployJob(job);
  const files = groups.flatMap((group) => group.files.map(({ path }) => path));
  return { side, username: org.identity.username, deployId, files, kept: existing.filter(isKept(side, connection)) };
}

async function check({ groups, org, connection, projectRoot, onProgress }: DeployJob, side: Side): Promise<string> {
  const outcome = await org.deploy({
    paths: groups.flatMap(({ files }) => files.map(({ path }) => join(projectRoot, path))),
    apiVersion: connection.apiVersion,
    checkOnly: true,
    tests: groups.flatMap(({ group }) => group.tests?.(connection) ?? []),
    onProgress,
  });
  if (!outcome.success) throw refusalOf(outcome, connection, side);
  return outcome.id;
}

/** The groups that are deployed: one that is kept is not, once the org has it. */
async function groupFiles(
  side: Side,
  { connection, projectRoot }: DeployInput,
  existing: readonly ComponentRef[],
): Promise<readonly GroupFiles[]> {
  const root = sourceRoot(connection.name, side);
  const paths = await filesBelow(projectRoot, root);
  if (paths.length === 0) throw new JwtError('nothingToDeploy', [connection.name, root, connection.name]);
  const isThere = (component: ComponentRef): boolean => existing.some((other) => isSame(other, component));
  const groups = deployGroups.filter(
    (group) =>
      group.side === side && !(group.whenThere === 'keep' && componentsOfGroup(group, connection).every(isThere)),
  );
  const withFiles = groups.map(async (group) => {
    const own = paths.filter((path) => ownsFile(group, path.slice(root.length + 1)));
    return { group, files: await Promise.all(own.map((path) => readWanted(projectRoot, path))) };
  });
  return (await Promise.all(withFiles)).filter(({ files }) => files.length > 0);
}

async function readWanted(projectRoot: string, path: string): Promise<WantedFile> {
  const content = await readFile(join(projectRoot, path), 'utf8');
  return { path, content, sha256: sha256(content) };
}

function refuseForeign(
  groups: readonly GroupFiles[],
  connection: Connection,
  existing: readonly ComponentRef[],
  org: OrgGateway,
  journal: Journal,
): void {
  const owned = ownedIn(journal.state(), org.identity.orgId);
  const foreign = groups
    .flatMap(({ group }) => componentsOfGroup(group, connection))
    .filter(
      (component) => existing.some((other) => isSame(other, component)) && !owned.includes(componentKey(component)),
    )
    .map(({ type, fullName }) => `${type} ${fullName} in the org of ${org.identity.username}`);
  if (foreign.length > 0) throw new JwtError('notOurs', [foreign.join(', ')], { data: { components: foreign } });
}

/** An app that is there lets only assigned users in once its policy is deployed: the user must be one of them before. */
async function refuseLockOut(
  { name, server: { app, username, org: orgName } }: SalesforceConnection,
  existing: readonly ComponentRef[],
  org: OrgGateway,
): Promise<void> {
  if (!existing.some(({ type }) => type !== 'PermissionSet')) return;
  const user = await org.findUser(username);
  if (user && (await org.hasPermissionSet(user.id, app.permissionSet))) return;
  throw new JwtError('userWouldBeLockedOut', [username, app.permissionSet, orgName, name]);
}

const isKept = (side: Side, connection: Connection) => {
  const kept = deployGroups.filter((group: DeployGroup) => group.side === side && group.whenThere === 'keep');
  const names = kept.flatMap((group) => componentsOfGroup(group, connection));
  return (component: ComponentRef): boolean => names.some((name) => isSame(name, component));
};

const isSame = (one: ComponentRef, other: ComponentRef): boolean => componentKey(one) === componentKey(other);
