import { deploySide, type DeployDeps, type DeployInput, type SideOutcome } from './apply/deploy-side.js';
import { hasFiles } from './apply/side-files.js';
import type { Side } from './artifacts/artifact.js';
import { refuseNewKey } from './apply/refuse-new-key.js';
import { ensurePrivateFolder, lockConnection, privateFolder } from './private-folder.js';

/**
 * Deploys the artifacts of a connection as they stand in the project: one deploy an org, server org first.
 *
 * @throws JwtError `nothingToDeploy`, `certificateWouldBeNew`, `deployRefused` and its kin, `setupAlreadyRunning`
 */
export async function deployConnection(input: DeployInput, deps: DeployDeps): Promise<readonly SideOutcome[]> {
  const folder = privateFolder(input.projectRoot, input.connection.name);
  await ensurePrivateFolder(input.projectRoot, folder);
  const lock = await lockConnection(folder, input.connection.name);
  try {
    await refuseNewKey(input);
    const outcomes: SideOutcome[] = [];
    for (const side of await sidesToDeploy(input)) outcomes.push(await deploySide(side, input, deps));
    return outcomes;
  } finally {
    await lock.release();
  }
}

/** Where no side has anything, the first one says so. */
async function sidesToDeploy({ sides, skipsEmpty = false, ...where }: DeployInput): Promise<readonly Side[]> {
  if (!skipsEmpty) return sides;
  const filled = await Promise.all(sides.map(async (side) => ((await hasFiles(side, where)) ? [side] : [])));
  return filled.flat().length > 0 ? filled.flat() : sides.slice(0, 1);
}
