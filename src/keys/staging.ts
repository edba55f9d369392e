import {
  copyFile,
  constants,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode } from './read-input-file.js';

/**
 * A folder beside the files to write, on the same disk, so that a file is put in place in one move. Only its owner can look
 * into it. It outlives a killed run: its name tells the process, and `old` tells what to put back.
 */
export type Staging = {
  readonly target: string;
  readonly root: string;
  readonly fresh: string;
};

const prefix = '.sf-jwt-';
/** Complete backup: appears in one move, so that half a backup is never taken for a whole one. */
const oldFolder = 'old';
/** Stands in the backup for a file that was not there before. */
const absentSuffix = '.absent';

/** Folders that this process is using now; after a restart in a container, a dead process may have had our number. */
const inUse = new Set<string>();

/** Makes the folder, runs `work` and removes the folder, whatever happens. */
export async function withStaging(target: string, work: (staging: Staging) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(target, `${prefix}${process.pid}-`));
  inUse.add(basename(root));
  try {
    const fresh = join(root, 'new');
    await mkdir(fresh, { mode: 0o700 });
    await work({ target, root, fresh });
  } finally {
    await rm(root, { recursive: true, force: true });
    inUse.delete(basename(root));
  }
}

/** Puts files where none are. What was put is taken away again when one fails. @throws Error `EEXIST` */
export async function putNew(staging: Staging, names: readonly string[]): Promise<void> {
  const done: string[] = [];
  try {
    for (const name of names) {
      await linkOrCopy(join(staging.fresh, name), join(staging.target, name));
      done.push(name);
    }
  } catch (error) {
    for (const name of done) await unlink(join(staging.target, name));
    throw error;
  }
}

/** Replaces files, and puts the old ones back when one fails. */
export async function replaceOld(staging: Staging, names: readonly string[]): Promise<void> {
  await backUp(staging, names);
  try {
    for (const name of names) await rename(join(staging.fresh, name), join(staging.target, name));
  } catch (error) {
    await restore(staging.target, staging.root);
    throw error;
  }
  // From here on the new files stand, even if the folder cannot be removed.
  await rename(join(staging.root, oldFolder), join(staging.root, 'replaced'));
}

/**
 * Finishes what killed runs left behind: puts their old files back, where a replacement was under way, and removes their
 * folders. Folders of processes that still run are left alone.
 */
export async function undoDeadWrites(target: string): Promise<void> {
  const names = (await readdir(target)).filter((name) => name.startsWith(prefix) && !isAlive(name));
  for (const name of names) {
    const root = join(target, name);
    await restore(target, root);
    await rm(root, { recursive: true, force: true });
  }
}

async function backUp({ target, root }: Staging, names: readonly string[]): Promise<void> {
  const partial = join(root, 'old-partial');
  await mkdir(partial, { mode: 0o700 });
  for (const name of names) {
    const stats = await lstat(join(target, name)).catch(() => undefined);
    if (stats === undefined) await writeFile(join(partial, `${name}${absentSuffix}`), '', { mode: 0o600 });
    else await linkOrCopy(join(target, name), join(partial, name));
  }
  await rename(partial, join(root, oldFolder));
}

async function restore(target: string, root: string): Promise<void> {
  const backup = join(root, oldFolder);
  const names = await readdir(backup).catch((): readonly string[] => []);
  for (const name of names) {
    if (name.endsWith(absentSuffix)) await rm(join(target, basename(name, absentSuffix)), { force: true });
    else await rename(join(backup, name), join(target, name));
  }
}

/** A second name for the file, which fails where something has that name; a copy where the disk knows no links. */
export async function linkOrCopy(from: string, to: string, makeLink = link): Promise<void> {
  try {
    await makeLink(from, to);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(errorCode(error))) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

function isAlive(folder: string): boolean {
  const pid = Number(/^\d+/.exec(folder.slice(prefix.length))?.[0] ?? 0);
  return pid === process.pid ? inUse.has(folder) : isRunning(pid);
}

function isRunning(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process of somebody else runs as well.
    return errorCode(error) === 'EPERM';
  }
}
