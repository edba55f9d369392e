import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { JwtError } from '../../errors.js';
import { lockFolder, type FolderLock } from '../../folder-lock.js';
import { errorCode, notWritten } from './not-written.js';
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
    await makeFolder(resolve(stateDir));
    return await lockFolder(stateDir, held);
  } catch (error) {
    throw notWritten(stateDir, error);
  }
}

/**
 * Makes a folder and those above it that are not there, one by one: what does it at once in Node.js never ends below `/proc`.
 * Without their names on the disk, nothing in them is found after a power failure.
 */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = dirname(folder);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (await isFolder(folder)) return;
    if (errorCode(error) !== 'ENOENT' || (await isFolder(parent))) throw error;
    await makeFolder(parent);
    return makeFolder(folder);
  }
  await syncFolder(parent);
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}
