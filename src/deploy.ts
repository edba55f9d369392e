import { deploySide, type DeployDeps, type DeployInput, type SideOutcome } from './apply/deploy-side.js';
import { ensurePrivateFolder, lockConnection, privateFolder } from './apply/private-folder.js';

/**
 * Deploys the artifacts of a connection as they stand in the project: one deploy an org, server org first.
 *
 * @throws JwtError `nothingToDeploy`, `deployRefused` and its kin, `setupAlreadyRunning`
 */
export async function deployConnection(input: DeployInput, deps: DeployDeps): Promise<readonly SideOutcome[]> {
  const folder = privateFolder(input.projectRoot, input.connection.name);
  await ensurePrivateFolder(input.projectRoot, folder);
  const lock = await lockConnection(folder, input.connection.name);
  try {
    const outcomes: SideOutcome[] = [];
    for (const side of input.sides) outcomes.push(await deploySide(side, input, deps));
    return outcomes;
  } finally {
    await lock.release();
  }
}
