import type { LocalOrg, SObjectRecord } from '../../model.js';
import { asksForTests, type DeployOptions } from './deploy-options.js';
import { testResult, type DeployResult } from './deploy-result.js';

/** What a deploy needs to run. */
export type DeployJob = {
  readonly userId: string;
  readonly zip: Uint8Array;
  readonly options: DeployOptions;
};

/** A deploy that waits, as a row of the org keeps it, so that it outlives a restart. */
export type QueuedJob = {
  readonly userId: string;
  /** In base64. */
  readonly zip: string;
  readonly options: DeployOptions;
  /** Unix time in milliseconds from which it may run. */
  readonly dueAt: number;
  /** Polls that still find it waiting. */
  readonly pollsLeft: number;
};

/** A deploy is a row of this object, and waits where it has such a field. */
export const deployObject = 'DeployRequest';
export const queueField = 'LocalQueue';

/** How many deploys wait at most, and how much base64 of their zips. Limits of a local org: what is beyond them runs. */
const mostWaiting = 20;
const mostWaitingBytes = 128 * 1024 * 1024;

/** The deploy that waits in a row. */
export function queuedIn(row: SObjectRecord): QueuedJob | undefined {
  return (row[queueField] as QueuedJob | null | undefined) ?? undefined;
}

/** Rows of deploys that may run now, and for which nobody has asked: the oldest first. */
export function dueRows(org: LocalOrg): readonly SObjectRecord[] {
  return org.records.all(deployObject).filter((row) => {
    const queued = queuedIn(row);
    return queued !== undefined && !isWaiting(org, queued);
  });
}

/** Rows of deploys for which the queue has no room behind the newer ones: the oldest first. */
export function rowsBeyondQueue(org: LocalOrg): readonly SObjectRecord[] {
  const waiting = org.records.all(deployObject).filter(queuedIn);
  let bytes = 0;
  const kept = waiting.toReversed().findIndex((row, index) => {
    bytes += queuedIn(row)?.zip.length ?? 0;
    return index >= mostWaiting || (index > 0 && bytes > mostWaitingBytes);
  });
  return kept < 0 ? [] : waiting.slice(0, waiting.length - kept);
}

/** A job for the queue, or undefined where deploys run at once, as they do unless `--deploy-delay` or a client asks otherwise. */
export function queuedJob(org: LocalOrg, { userId, zip, options }: DeployJob): QueuedJob | undefined {
  const { deployDelayMs, deployDelayPolls } = org.settings;
  if (deployDelayMs <= 0 && deployDelayPolls <= 0) return undefined;
  const dueAt = org.now() + deployDelayMs;
  return { userId, zip: Buffer.from(zip).toString('base64'), options, dueAt, pollsLeft: deployDelayPolls };
}

/** Whether a poll finds the job waiting. */
export function isWaiting(org: LocalOrg, { dueAt, pollsLeft }: QueuedJob): boolean {
  return pollsLeft > 0 || org.now() < dueAt;
}

/** The job itself. */
export function dequeued({ userId, zip, options }: QueuedJob): DeployJob {
  return { userId, zip: Buffer.from(zip, 'base64'), options };
}

type Unfinished = Pick<QueuedJob, 'userId' | 'options'> & { readonly userName: string; readonly row: SObjectRecord };

/** The result of a deploy that has done nothing: it waits, or was cancelled while it did. */
export function unfinishedResult(
  { userId, userName, options, row }: Unfinished,
  state: Pick<DeployResult, 'status' | 'done'> & Partial<DeployResult>,
): DeployResult {
  const created = new Date(String(row['CreatedDate'])).toISOString();
  const runTestsEnabled = asksForTests(options);
  return {
    checkOnly: options.checkOnly,
    createdBy: userId,
    createdByName: userName,
    createdDate: created,
    details: { componentFailures: [], componentSuccesses: [], runTestResult: testResult(false, row.Id) },
    id: row.Id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: created,
    numberComponentErrors: 0,
    numberComponentsDeployed: 0,
    numberComponentsTotal: 0,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled,
    success: false,
    ...state,
  };
}
