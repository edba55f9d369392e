import type { ComponentRef, Side } from '../artifacts/artifact.js';
import { isToSalesforce, type Connection } from '../config/connection.js';
import { componentsOf, componentsOfGroup, deployGroups, type DeployGroup } from '../plan/deploy-groups.js';
import { sourceRoot } from '../plan/wanted-files.js';
import { isSame, refuseOthers, refuseLockOut, refuseLostCertificate } from './deploy-guards.js';
import { runCheck, runDeployJob, testsOf } from './deploy-job.js';
import { openJournal } from './journal.js';
import { gatewayOf, type Gateways } from './observe.js';
import { privateFolder } from '../private-folder.js';
import { withSeenDeploys } from './seen-deploys.js';
import { readSide } from './side-files.js';

export type DeployInput = {
  readonly connection: Connection;
  readonly projectRoot: string;
  readonly orgs: Gateways;
  readonly sides: readonly Side[];
  /** Leave out a side that has no files, as long as another has some. */
  readonly skipsEmpty?: boolean;
  /** Let the orgs check everything and keep nothing. */
  readonly checkOnly: boolean;
  /** Replace components of the same name that are not ours. */
  readonly force: boolean;
  /** How long to wait for each deploy, in minutes; as long as the gateway does where nothing is said. */
  readonly waitMinutes?: number;
  /** Start the deploys and wait for none of them. */
  readonly isAsync?: boolean;
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
  /** `started` where nobody waited for the end. */
  readonly state: 'deployed' | 'checked' | 'started';
  readonly files: readonly string[];
  /** Components that the org has and that are never deployed over, like a certificate whose key the org made. */
  readonly kept: readonly ComponentRef[];
  /** Apex test classes that the org was asked to run, and how many test methods it ran. */
  readonly tests: readonly string[];
  readonly testsRun: number;
  /** What the org says although it took the deploy. */
  readonly warnings: readonly string[];
};

/** Deploys what stands in one side's source folder, in one deploy. @throws JwtError as `deployConnection` */
export async function deploySide(side: Side, input: DeployInput, deps: DeployDeps): Promise<SideOutcome> {
  const { connection, projectRoot, force, checkOnly, waitMinutes, isAsync = false } = input;
  const org = gatewayOf(side, input.orgs);
  const existing = await org.existing(componentsOf(connection, side));
  const groups = await readSide(side, input, { org, existing });
  const journal = await openJournal(privateFolder(projectRoot, connection.name));
  const deployment = { connection, org, groups, existing, side, root: sourceRoot(connection.name, side) };
  if (!force) await refuseOthers(deployment, await withSeenDeploys(journal.state(), org));
  if (side === 'server' && isToSalesforce(connection)) {
    refuseLostCertificate(connection, deployment);
    await refuseLockOut(connection, deployment);
  }
  const onProgress = (done: number, total: number): void => deps.onProgress(side, done, total);
  const wait = { isAsync, ...(waitMinutes === undefined ? {} : { waitMinutes }) };
  const job = { groups, org, connection, projectRoot, journal, now: deps.now, onProgress, wait };
  const { id, unfinished, testsRun, warnings } = checkOnly ? await runCheck(job) : await runDeployJob(job);
  return {
    side,
    username: org.identity.username,
    deployId: id,
    state: unfinished === 'started' ? 'started' : checkOnly ? 'checked' : 'deployed',
    files: groups.flatMap((group) => group.files.map(({ path }) => path)),
    kept: existing.filter(isKept(side, connection)),
    tests: testsOf(groups),
    testsRun,
    warnings,
  };
}

const isKept = (side: Side, connection: Connection) => {
  const kept = deployGroups.filter((group: DeployGroup) => group.side === side && group.whenThere === 'keep');
  const names = kept.flatMap((group) => componentsOfGroup(group, connection));
  return (component: ComponentRef): boolean => names.some((name) => isSame(name, component));
};
