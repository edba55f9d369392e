import { dueRows } from './metadata/deploy/deploy-queue.js';
import type { LocalOrg } from './model.js';

/**
 * Runs the deploys that have waited long enough: nobody may ever poll for them. Those that wait for polls are told by polls
 * alone. What deploys is loaded only when there is one to run.
 */
export async function runDueDeploys(org: LocalOrg): Promise<void> {
  if (dueRows(org).length === 0) return;
  const jobs = await import('./metadata/deploy/deploy-jobs.js');
  await jobs.runDueDeploys(org);
}
