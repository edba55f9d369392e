import { chmod, mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { JwtError } from './errors.js';
import { lockFolder, type FolderLock } from './folder-lock.js';

/** Folder of a connection's private key and journal, below the project. */
export const privateFolder = (projectRoot: string, connectionName: string): string =>
  join(privateRoot(projectRoot), connectionName);

/** State of the local orgs that `setup --local` runs. A connection's name cannot start with a dot. */
export const localOrgFolder = (projectRoot: string): string => join(privateRoot(projectRoot), '.local-orgs');

const privateRoot = (projectRoot: string): string => join(projectRoot, '.sf', 'jwt');

/** Makes a folder that only its owner can enter, and keeps everything beside it out of git. */
export async function ensurePrivateFolder(projectRoot: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // A folder that was there already keeps its mode; a file system without modes refuses, and has nothing to keep.
  for (const path of [privateRoot(projectRoot), folder]) await chmod(path, 0o700).catch(() => undefined);
  await writeFile(join(privateRoot(projectRoot), '.gitignore'), '*\n');
}

/**
 * Keeps a folder out of git that lies below the private folder of a project, which need not be that of a connection. Any other
 * folder is left as it is.
 */
export async function ensurePrivateIfBelow(folder: string): Promise<void> {
  const path = resolve(folder);
  const at = `${path}${sep}`.indexOf(join(sep, '.sf', 'jwt', sep));
  if (at !== -1) await ensurePrivateFolder(path.slice(0, at) || sep, path);
}

/** A run that was refused before it did anything leaves no folder for a connection that may have been a slip of the pen. */
export const removeIfEmpty = (folder: string): Promise<void> => rmdir(folder).catch(() => undefined);

/** Lets one run at a time work on a connection. @throws JwtError `setupAlreadyRunning` */
export const lockConnection = (folder: string, connectionName: string): Promise<FolderLock> =>
  lockFolder(folder, (holder) => new JwtError('setupAlreadyRunning', [connectionName, holder, join(folder, 'lock')]));
