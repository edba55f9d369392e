import { join } from 'node:path';
import type { ComponentRef } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import type { DeployOutcome, DeployRequest, OrgGateway } from '../org/gateway.js';
import { refusalOf } from '../org/refusals.js';
import { componentName, type DeployGroup } from '../plan/deploy-groups.js';
import { isOwned, isWritten, recordOf, type JournalEntry } from '../plan/journal-state.js';
import { digestOfEdit } from '../plan/edits.js';
import { digestFiles, sourceRoot, type WantedFile } from '../plan/wanted-files.js';
import { formsOfGroup } from './component-forms.js';
import type { Journal } from './journal.js';
import { waitCommand } from './resume-side.js';
import { testClassesIn } from './test-classes.js';

/** Groups of files that go to one org in one deploy. */
export type DeployJob = {
  readonly groups: readonly GroupFiles[];
  readonly org: OrgGateway;
  readonly connection: Connection;
  readonly projectRoot: string;
  readonly journal: Journal;
  readonly now: () => Date;
  readonly onProgress: (done: number, total: number) => void;
  /** How long to wait for the end; as long as the gateway does where nothing is said. */
  readonly wait?: Pick<DeployRequest, 'waitMinutes' | 'isAsync'>;
  /** Runs once the org has the components and before the job is noted as done; done again where it fails. */
  readonly afterwards?: () => Promise<void>;
};

export type GroupFiles = {
  readonly group: DeployGroup;
  readonly files: readonly WantedFile[];
  /** What the files are of. */
  readonly components: readonly ComponentRef[];
};

type DoneEntry = Extract<JournalEntry, { event: 'done' }>;

/**
 * Deploys, and notes beginning and end in the journal. A deploy of the same files that an earlier run started is waited
 * for instead of started again.
 *
 * @returns what the org said of the deploy; `unfinished` only where nobody was to wait for it
 * @throws JwtError `deployRefused` and its kin, `deployTimedOut`, `deployOutOfSight`
 */
export async function runDeployJob(job: DeployJob): Promise<DeployOutcome> {
  await noteStart(job);
  const outcome = (await resumePending(job)) ?? (await startDeploy(job));
  if (outcome.unfinished === 'started') return outcome;
  if (!outcome.success) return refuse(job, outcome);
  await job.afterwards?.();
  await noteEnd(job);
  return outcome;
}

/** Lets the org check everything, run the same tests and keep nothing. @throws JwtError as `runDeployJob` */
export async function runCheck(job: DeployJob): Promise<DeployOutcome> {
  const outcome = await job.org.deploy({ ...requestOf(job), checkOnly: true });
  if (outcome.success || outcome.unfinished === 'started') return outcome;
  throw refusal(job, outcome);
}

/** Notes what becomes ours if the deploy goes well. */
async function noteStart({ groups, org, journal, now }: DeployJob): Promise<void> {
  const { orgId } = org.identity;
  for (const { group, components } of groups) {
    const claims = components.map(componentName).filter((name) => !isOwned(journal.state(), orgId, name));
    await journal.append({ event: 'started', step: group.kind, at: now().toISOString(), orgId, claims });
  }
}

/** Notes what the org was given, so that a later run notices what somebody changes there. */
async function noteEnd({ groups, org, connection, journal, now }: DeployJob): Promise<void> {
  for (const { group, files, components } of groups) {
    const root = sourceRoot(connection.name, group.side);
    const forms = await formsOfGroup({ files, components }, org, { connection, root });
    const entry = { step: group.kind, at: now().toISOString(), orgId: org.identity.orgId, digest: digestFiles(files) };
    await journal.append({ event: 'done', ...entry, forms, ...editsAmong(files, journal) });
  }
}

/** What is not of our making: setup keeps it from now on. */
function editsAmong(files: readonly WantedFile[], journal: Journal): Pick<DoneEntry, 'edits'> {
  const edited = files.filter(({ path, sha256 }) => !isWritten(journal.state(), path, sha256));
  if (edited.length === 0) return {};
  return { edits: Object.fromEntries(edited.map(({ path, content }) => [path, digestOfEdit(content)])) };
}

/** The Apex test classes that an org runs with a deploy: those that are deployed. */
export const testsOf = (groups: readonly GroupFiles[]): readonly string[] =>
  groups.flatMap(({ files }) => testClassesIn(files));

function requestOf({ groups, connection, projectRoot, onProgress, wait }: DeployJob): DeployRequest {
  return {
    paths: groups.flatMap(({ files }) => files.map(({ path }) => join(projectRoot, path))),
    apiVersion: connection.apiVersion,
    tests: testsOf(groups),
    waitCommand: waitCommand(connection.name, groups[0]?.group.side ?? 'server'),
    onProgress,
    ...wait,
  };
}

function startDeploy(job: DeployJob): Promise<DeployOutcome> {
  const { groups, org, journal } = job;
  return org.deploy({
    ...requestOf(job),
    onStarted: async (id) => {
      for (const { group, files } of groups) {
        const deploy = { id, digest: digestFiles(files) };
        await journal.append({ event: 'deploying', step: group.kind, orgId: org.identity.orgId, deploy });
      }
    },
  });
}

/** Notes that what was claimed did not become ours. */
async function refuse(job: DeployJob, outcome: DeployOutcome): Promise<never> {
  const { journal, now, org } = job;
  const { orgId } = org.identity;
  for (const { group } of job.groups) {
    await journal.append({ event: 'refused', step: group.kind, at: now().toISOString(), orgId });
  }
  throw refusal(job, outcome);
}

function refusal({ connection, groups }: DeployJob, outcome: DeployOutcome): Error {
  const files = groups.flatMap((group) => group.files.map(({ path }) => path));
  return refusalOf(outcome, connection, groups[0]?.group.side ?? 'server', files);
}

/**
 * Waits for a deploy of the same files whose end nobody saw, and gives out how it ended. Undefined where there is none, and
 * where it ended without a verdict on the files: somebody cancelled it, or the org has forgotten it, as it does after days.
 */
async function resumePending(job: DeployJob): Promise<DeployOutcome | undefined> {
  const { groups, org, journal } = job;
  const pending = groups.map(({ group }) => recordOf(journal.state(), group.kind, org.identity.orgId)?.pending);
  const id = pending[0]?.id;
  const isSame = groups.every(
    ({ files }, index) => pending[index]?.id === id && pending[index]?.digest === digestFiles(files),
  );
  if (id === undefined || !isSame) return undefined;
  const outcome = await org.deploy({ ...requestOf(job), paths: [], resumeId: id });
  return outcome.unfinished === 'cancelled' || outcome.unfinished === 'forgotten' ? undefined : outcome;
}
