import { mkdir } from 'node:fs/promises';
import { JwtError } from '../../errors.js';
import { lockFolder, type FolderLock } from '../../folder-lock.js';

/**
 * Claims a state folder for this process, making it (0700) where it is not there.
 *
 * @throws JwtError localStateInUse when another live process holds it
 */
export async function lockStateDir(stateDir: string): Promise<FolderLock> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  return lockFolder(stateDir, (holder) => new JwtError('localStateInUse', [stateDir, holder], { data: { stateDir } }));
}
