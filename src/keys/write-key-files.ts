import { lstat, mkdir, open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { JwtError } from '../errors.js';
import type { KeyFile } from './encode-key-files.js';
import { printable } from './printable.js';
import { errorCode } from './read-input-file.js';
import { putNew, replaceOld, undoDeadWrites, withStaging } from './staging.js';

export type WriteOptions = {
  /** Overwrite what is there. */
  readonly force?: boolean;
};

/**
 * Writes all files or none: they are made complete, with their final mode, in a private folder beside their place and put
 * there in one move each. With `force`, the old files are kept until all new ones are in place; after an error they are put
 * back at once, after a kill by the next write. Returns the paths.
 * @throws JwtError `keyFilesExist`, `keyFilesNotWritten`
 */
export async function writeKeyFiles(
  directory: string,
  files: readonly KeyFile[],
  { force = false }: WriteOptions = {},
): Promise<readonly string[]> {
  try {
    await makeFolder(resolve(directory));
    await undoDeadWrites(directory);
    await checkTargets(directory, files, force);
    await withStaging(directory, async (staging) => {
      for (const file of files) await writeNew(join(staging.fresh, file.name), file);
      await (force ? replaceOld : putNew)(staging, namesOf(files));
    });
  } catch (cause) {
    if (cause instanceof JwtError) throw cause;
    if (errorCode(cause) === 'EEXIST') {
      throw keyFilesExist(directory, await presentKeyFiles(directory, namesOf(files)), cause);
    }
    throw notWritten(directory, writeReason(cause), cause);
  }
  return files.map((file) => resolve(directory, file.name));
}

/**
 * The names out of these that something has in the directory already. A symbolic link counts, even one to nowhere.
 * @param names File names, without folders
 */
export async function presentKeyFiles(directory: string, names: readonly string[]): Promise<readonly string[]> {
  const present: string[] = [];
  for (const name of names) {
    if ((await lstat(join(directory, name)).catch(() => undefined)) !== undefined) present.push(name);
  }
  return present;
}

/** The error of files that are there already and may not be overwritten. */
export function keyFilesExist(directory: string, names: readonly string[], cause?: unknown): JwtError {
  return new JwtError('keyFilesExist', [names.map((name) => printable(join(directory, name))).join(', ')], { cause });
}

/** The files that are not there yet, for a run that goes on where another one was killed. */
export async function missingKeyFiles(directory: string, files: readonly KeyFile[]): Promise<readonly KeyFile[]> {
  const present = await presentKeyFiles(directory, namesOf(files));
  return files.filter((file) => !present.includes(file.name));
}

/**
 * Makes a folder and those above it. They hold private keys, so that nobody else may look into them. Not `recursive`, with
 * which Node never returns where a file system answers ENOENT to everything, like /proc.
 */
async function makeFolder(path: string): Promise<void> {
  const make = async (): Promise<string> => mkdir(path, { mode: 0o700 }).then(() => '', outcomeOf);
  if ((await make()) !== 'ENOENT') return;
  await makeFolder(dirname(path));
  await mkdir(path, { mode: 0o700 }).catch(ignoreExisting);
}

/** The folder is there, or made by someone else in between; any other reason to refuse it is thrown. */
function outcomeOf(error: unknown): string {
  if (['EEXIST', 'ENOENT'].includes(errorCode(error))) return errorCode(error);
  throw error;
}

function ignoreExisting(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}

async function checkTargets(directory: string, files: readonly KeyFile[], force: boolean): Promise<void> {
  for (const { name } of files) {
    const stats = await lstat(join(directory, name)).catch(() => undefined);
    if (stats?.isDirectory() === true) throw notWritten(directory, `${name} is a directory`);
  }
  const present = force ? [] : await presentKeyFiles(directory, namesOf(files));
  if (present.length > 0) throw keyFilesExist(directory, present);
}

async function writeNew(path: string, { bytes, mode }: KeyFile): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const namesOf = (files: readonly KeyFile[]): readonly string[] => files.map(({ name }) => name);

function notWritten(directory: string, reason: string, cause?: unknown): JwtError {
  return new JwtError('keyFilesNotWritten', [printable(directory), reason], { cause });
}

function writeReason(cause: unknown): string {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'you may not write there',
    EPERM: 'you may not write there',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'your quota is used up',
    ENOENT: 'it cannot be made',
    ENOTDIR: 'a part of the path is a file, not a folder',
  };
  const code = errorCode(cause);
  return reasons[code] ?? (cause instanceof Error ? printable(code || cause.message) : 'unknown reason');
}
