import type { LocalOrg, SObjectRecord } from '../../model.js';
import { apexNotExecuted } from '../../apex/not-executed.js';
import { isId } from '../../store/ids.js';
import { salesforceDate } from '../../store/record-store.js';
import { asksForTests, type DeployOptions } from './deploy-options.js';
import { userName } from '../retrieve/file-properties.js';
import { testResult, type DeployResult } from './deploy-result.js';
import {
  deployObject,
  dequeued,
  dueRows,
  isWaiting,
  queuedIn,
  queuedJob,
  queueField,
  rowsBeyondQueue,
  unfinishedResult,
  type DeployJob,
  type QueuedJob,
} from './deploy-queue.js';
import { endValidations, forgetOldDeploys, isTooOld, validatedField, type Validated } from './forget-deploys.js';
import { runDeploy, type DeployRun } from './run-deploy.js';

/** What a request about a deploy can be refused with, as the Metadata API words it. */
export type DeployRefusal = { readonly kind: 'refusal'; readonly code: string; readonly message: string };

type Started = { readonly kind: 'started'; readonly id: string };

/** A job is a row of the org, so that it outlives a restart: its result, its zip of a validation, or what waits, in fields of ours. */
const resultField = 'LocalResult';

/** Rows of the jobs that run at this moment, with what a poll gets meanwhile. */
const running = new WeakMap<SObjectRecord, DeployResult>();

/**
 * Runs a deploy to its end, or puts it into the queue where deploys are to wait. The caller gets the id at once all the same,
 * and polls for the result as with any org.
 */
export async function startDeploy(
  org: LocalOrg,
  userId: string,
  zip: Uint8Array,
  options: DeployOptions,
): Promise<Started> {
  const job = { userId, zip, options };
  const queued = queuedJob(org, job);
  const startedAt = org.now();
  const run = queued ? undefined : await runDeploy(org, zip, options);
  const row = org.records.insert(deployObject, {
    Status: 'Pending',
    StartDate: salesforceDate(startedAt),
    CheckOnly: options.checkOnly,
    CreatedById: userId,
    LastModifiedById: userId,
    [queueField]: queued ?? null,
  });
  if (run) conclude(org, { id: row.Id, createdAt: startedAt, startedAt, run, ...job });
  else await runRows(org, rowsBeyondQueue(org));
  return { kind: 'started', id: row.Id };
}

/** Runs the deploys that have waited long enough, whether or not anybody polls for them. */
export function runDueDeploys(org: LocalOrg): Promise<void> {
  return runRows(org, dueRows(org));
}

/** One after the other. While one runs, another request may run or cancel the next. */
async function runRows(org: LocalOrg, rows: readonly SObjectRecord[]): Promise<void> {
  for (const { Id } of rows) {
    const row = org.records.get(deployObject, Id);
    const queued = row && queuedIn(row);
    if (queued && !running.has(row)) await runQueued(org, row, queued);
  }
}

/** The result of a deploy. One that waits and may run now runs for the first poll that finds it so. */
export async function findDeploy(
  org: LocalOrg,
  id: string,
): Promise<{ readonly kind: 'found'; readonly result: DeployResult } | DeployRefusal> {
  const row = findRow(org, id);
  if (!row) return unknownId(id);
  const queued = queuedIn(row);
  if (!queued) return { kind: 'found', result: row[resultField] as DeployResult };
  const inProgress = running.get(row);
  if (inProgress) return { kind: 'found', result: inProgress };
  if (isWaiting(org, queued)) {
    if (queued.pollsLeft > 0)
      org.records.update(deployObject, row.Id, { [queueField]: { ...queued, pollsLeft: queued.pollsLeft - 1 } });
    return { kind: 'found', result: unfinished(org, row, queued, { status: 'Pending', done: false }) };
  }
  return { kind: 'found', result: await runQueued(org, row, queued) };
}

/** Only when it is done the row changes, together with the components: an org that ends meanwhile runs it anew. */
async function runQueued(org: LocalOrg, row: SObjectRecord, queued: QueuedJob): Promise<DeployResult> {
  const startedAt = org.now();
  const startDate = new Date(startedAt).toISOString();
  running.set(row, unfinished(org, row, queued, { status: 'InProgress', done: false, startDate }));
  try {
    const job = dequeued(queued);
    const run = await runDeploy(org, job.zip, job.options);
    return conclude(org, { id: row.Id, createdAt: Date.parse(String(row['CreatedDate'])), startedAt, run, ...job });
  } finally {
    running.delete(row);
  }
}

/** A deploy that waits is cancelled at once. Any other is done before anybody can cancel it. */
export function cancelDeploy(
  org: LocalOrg,
  userId: string,
  id: string,
): { readonly kind: 'cancelled'; readonly result: DeployResult } | DeployRefusal {
  const row = findRow(org, id);
  if (!row) return unknownId(id);
  const queued = queuedIn(row);
  if (!queued || running.has(row))
    return { kind: 'refusal', code: 'INVALID_ID_FIELD', message: 'Deployment already completed' };
  const result = unfinished(org, row, queued, {
    status: 'Canceled',
    done: true,
    canceledBy: userId,
    canceledByName: userName(org.records.get('User', userId)),
    completedDate: new Date(org.now()).toISOString(),
  });
  const fields = { Status: 'Canceled', CompletedDate: salesforceDate(org.now()), LastModifiedById: userId };
  org.records.update(deployObject, row.Id, { ...fields, [queueField]: null, [resultField]: result });
  return { kind: 'cancelled', result };
}

function unfinished(
  org: LocalOrg,
  row: SObjectRecord,
  { userId, options }: QueuedJob,
  state: Parameters<typeof unfinishedResult>[1],
): DeployResult {
  return unfinishedResult({ userId, userName: userName(org.records.get('User', userId)), options, row }, state);
}

/** Notes in the row of a deploy how it ended. */
function conclude(org: LocalOrg, finished: Finished): DeployResult {
  const { id, run, zip, options } = finished;
  const isValidation = options.checkOnly && run.status === 'Succeeded';
  const validated: Validated = { zip: Buffer.from(zip).toString('base64'), options };
  const result = resultOf(org, finished);
  if (!options.checkOnly && run.status !== 'Failed') endValidations(org);
  org.records.update(deployObject, id, {
    Status: run.status,
    [queueField]: null,
    CompletedDate: salesforceDate(org.now()),
    ErrorMessage: run.errorMessage ?? null,
    NumberComponentErrors: run.failures.length,
    NumberComponentsDeployed: countDeployed(run),
    NumberComponentsTotal: run.failures.length + countDeployed(run),
    [resultField]: result,
    [validatedField]: isValidation ? validated : null,
  });
  forgetOldDeploys(org);
  return result;
}

/**
 * Deploys what a recent successful validation has checked, as part of which tests have passed (Metadata API Developer Guide,
 * deployRecentValidation()). No Apex runs here: what counts is that tests were asked for. The texts of its refusals are
 * assumptions.
 */
export async function deployValidated(org: LocalOrg, userId: string, id: string): Promise<Started | DeployRefusal> {
  const row = findRow(org, id);
  if (!row) return unknownId(id);
  const validated = row[validatedField] as Validated | null;
  if (!validated || isTooOld(org, row)) {
    const message = 'The deployment is not a successful validation of the last 10 days';
    return { kind: 'refusal', code: 'INVALID_ID_FIELD', message };
  }
  if (!asksForTests(validated.options)) {
    const message = 'The validation was not to run tests: a quick deploy is of one whose Apex tests have passed';
    return { kind: 'refusal', code: 'INVALID_ID_FIELD', message };
  }
  // Once only, also where the deploy waits.
  org.records.update(deployObject, row.Id, { [validatedField]: null });
  return startDeploy(org, userId, Buffer.from(validated.zip, 'base64'), { ...validated.options, checkOnly: false });
}

function findRow(org: LocalOrg, id: string): SObjectRecord | undefined {
  return id.startsWith('0Af') && isId(id) ? org.records.get(deployObject, id) : undefined;
}

function unknownId(id: string): DeployRefusal {
  return isId(id)
    ? { kind: 'refusal', code: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id' }
    : { kind: 'refusal', code: 'INVALID_ID_FIELD', message: `bad id ${id.slice(0, 50)}` };
}

/** package.xml is in the list of successes, but does not count as a component. */
function countDeployed(run: DeployRun): number {
  return run.successes.filter(({ componentType }) => componentType !== '').length;
}

type Finished = DeployJob & {
  readonly id: string;
  readonly createdAt: number;
  readonly startedAt: number;
  readonly run: DeployRun;
};

function resultOf(org: LocalOrg, { id, userId, createdAt, startedAt, run, options }: Finished): DeployResult {
  const started = new Date(startedAt).toISOString();
  const completed = new Date(org.now()).toISOString();
  const runTestsEnabled = asksForTests(options);
  return {
    checkOnly: options.checkOnly,
    completedDate: completed,
    createdBy: userId,
    createdByName: userName(org.records.get('User', userId)),
    createdDate: new Date(createdAt).toISOString(),
    details: {
      componentFailures: run.failures,
      componentSuccesses: run.successes,
      runTestResult: testResult(runTestsEnabled, id),
    },
    done: true,
    ...(run.errorMessage === undefined ? {} : { errorMessage: run.errorMessage, errorStatusCode: 'UNKNOWN_EXCEPTION' }),
    id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: completed,
    numberComponentErrors: run.failures.length,
    numberComponentsDeployed: countDeployed(run),
    numberComponentsTotal: run.failures.length + countDeployed(run),
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled,
    startDate: started,
    ...(runTestsEnabled ? { stateDetail: apexNotExecuted } : {}),
    status: run.status,
    // Assumption: a deploy that succeeded in part is called a success, as its status is.
    success: run.status !== 'Failed',
  };
}
