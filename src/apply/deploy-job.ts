import { join } from 'node:path';
import type { Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { OrgGateway } from '../org/gateway.js';
import { refusalOf } from '../org/refusals.js';
import { componentKey, componentsOfGroup, type DeployGroup } from '../plan/deploy-groups.js';
import { ownedIn, recordOf } from '../plan/journal-state.js';
import { digestFiles, type WantedFile } from '../plan/wanted-files.js';
import type { Journal } from './journal.js';

/** Groups of files that go to one org in one deploy. */
export type DeployJob = {
  readonly groups: readonly GroupFiles[];
  readonly org: OrgGateway;
  readonly connection: Connection;
  readonly projectRoot: string;
  readonly journal: Journal;
  readonly now: () => Date;
  readonly onProgress: (done: number, total: number) => void;
  /** Runs once the org has the components and before the job is noted as done; done again where it fails. */
  readonly afterwards?: () => Promise<void>;
};

export type GroupFiles = { readonly group: DeployGroup; readonly files: readonly WantedFile[] };

/**
 * Deploys, and notes beginning and end in the journal. A deploy of the same files that an earlier run started is waited
 * for instead of started again.
 *
 * @returns the id of the deploy
 * @throws JwtError `deployRefused` and its kin, `deployTimedOut`
 */
export async function runDeployJob(job: DeployJob): Promise<string> {
  const claims = await noteStart(job);
  const id = (await resumePending(job)) ?? (await startDeploy(job, claims));
  await job.afterwards?.();
  const { journal, now, org } = job;
  for (const { group, files } of job.groups) {
    const entry = { step: group.kind, at: now().toISOString(), orgId: org.identity.orgId, digest: digestFiles(files) };
    await journal.append({ event: 'done', ...entry });
  }
  return id;
}

type Claims = ReadonlyMap<DeployGroup, readonly string[]>;

/** Notes what becomes ours before it does. */
async function noteStart({ groups, org, connection, journal, now }: DeployJob): Promise<Claims> {
  const { orgId } = org.identity;
  const owned = ownedIn(journal.state(), orgId);
  const claims = new Map(
    groups.map(({ group }) => [
      group,
      componentsOfGroup(group, connection)
        .map(componentKey)
        .filter((component) => !owned.includes(component)),
    ]),
  );
  for (const [group, newOnes] of claims) {
    await journal.append({ event: 'started', step: group.kind, at: now().toISOString(), orgId, claims: newOnes });
  }
  return claims;
}

async function startDeploy(job: DeployJob, claims: Claims): Promise<string> {
  const { groups, org, connection, projectRoot, journal, now, onProgress } = job;
  const { orgId } = org.identity;
  const outcome = await org.deploy({
    paths: groups.flatMap(({ files }) => files.map(({ path }) => join(projectRoot, path))),
    apiVersion: connection.apiVersion,
    tests: groups.flatMap(({ group }) => group.tests?.(connection) ?? []),
    onProgress,
    onStarted: async (id) => {
      for (const { group, files } of groups) {
        const deploy = { id, digest: digestFiles(files) };
        await journal.append({ event: 'deploying', step: group.kind, orgId, deploy });
      }
    },
  });
  if (outcome.success) return outcome.id;
  for (const [group, newOnes] of claims) {
    await journal.append({ event: 'refused', step: group.kind, at: now().toISOString(), orgId, claims: newOnes });
  }
  throw refusalOf(outcome, connection, groups[0]?.group.side ?? 'server');
}

/** Waits for a deploy of the same files whose end nobody saw; undefined where there is none, or it did not go through. */
async function resumePending({ groups, org, connection, journal }: DeployJob): Promise<string | undefined> {
  const pending = groups.map(({ group }) => recordOf(journal.state(), group.kind, org.identity.orgId)?.pending);
  const id = pending[0]?.id;
  const isSame = groups.every(
    ({ files }, index) => pending[index]?.id === id && pending[index]?.digest === digestFiles(files),
  );
  if (id === undefined || !isSame) return undefined;
  try {
    const outcome = await org.deploy({ paths: [], apiVersion: connection.apiVersion, resumeId: id });
    return outcome.success ? id : undefined;
  } catch (error) {
    // An org forgets its deploys after some days.
    if (error instanceof JwtError && error.key === 'orgRequestFailed') return undefined;
    throw error;
  }
}
