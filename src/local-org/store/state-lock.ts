import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { JwtError } from '../../errors.js';
import { lockFolder, type FolderLock } from '../../folder-lock.js';
import { notWritten } from './not-written.js';
import { syncFolder } from './write-whole.js';

/**
 * Claims a state folder for this process, making it (0700) where it is not there.
 *
 * @throws JwtError localStateInUse when another live process holds it, localStateNotWritten where nothing can be written
 */
export async function lockStateDir(stateDir: string): Promise<FolderLock> {
  const held = (holder: string): JwtError =>
    new JwtError('localStateInUse', [stateDir, holder], { data: { stateDir } });
  try {
    const first = await mkdir(stateDir, { recursive: true, mode: 0o700 });
    if (first !== undefined) await syncMade(resolve(first), resolve(stateDir));
    return await lockFolder(stateDir, held);
  } catch (error) {
    throw notWritten(stateDir, error);
  }
}

/** Without their names on the disk, nothing in the folders that were made is found after a power failure. */
async function syncMade(first: string, last: string): Promise<void> {
  for (let folder = last; ; folder = dirname(folder)) {
    await syncFolder(dirname(folder));
    if (folder === first) return;
  }
}
