import type { Side } from '../artifacts/artifact.js';
import { JwtError } from '../errors.js';
import { refusalOf } from '../org/refusals.js';
import { sourceRoot } from '../plan/wanted-files.js';
import { filesBelow } from './connection-files.js';
import type { DeployDeps, DeployInput, SideOutcome } from './deploy-side.js';
import { gatewayOf } from './observe.js';

export type ResumeInput = Pick<DeployInput, 'connection' | 'projectRoot' | 'orgs' | 'waitMinutes'>;

/**
 * Waits for a deploy that was started elsewhere, like in another job of a pipeline, where no journal tells of it. Notes
 * nothing: which files it was of is not known here.
 *
 * @throws JwtError `deployUnknown`, `deployCancelled`, `deployRefused` and its kin, `deployTimedOut`, `deployOutOfSight`
 */
export async function resumeSide(
  side: Side,
  jobId: string,
  { connection, projectRoot, orgs, waitMinutes }: ResumeInput,
  { onProgress }: Pick<DeployDeps, 'onProgress'>,
): Promise<SideOutcome> {
  const org = gatewayOf(side, orgs);
  const { username } = org.identity;
  const outcome = await org.deploy({
    ...{ paths: [], apiVersion: connection.apiVersion, resumeId: jobId },
    waitCommand: waitCommand(connection.name, side),
    ...(waitMinutes === undefined ? {} : { waitMinutes }),
    onProgress: (done, total) => onProgress(side, done, total),
  });
  if (outcome.unfinished === 'forgotten') throw new JwtError('deployUnknown', [username, jobId, connection.name]);
  if (!outcome.success) {
    throw refusalOf(outcome, connection, side, await filesBelow(projectRoot, sourceRoot(connection.name, side)));
  }
  const { id, isCheck = false, testsRun, warnings } = outcome;
  const state = isCheck ? 'checked' : 'deployed';
  return { side, username, deployId: id, state, files: [], kept: [], tests: [], testsRun, warnings };
}

/** What waits for a deploy to an org of a connection, wherever it was started: the id goes behind it. */
export const waitCommand = (connectionName: string, side: Side): string =>
  `sf jwt deploy --connection ${connectionName} --side ${side} --job-id`;
