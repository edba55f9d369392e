import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JwtError } from './errors.js';

export type FolderLock = { readonly release: () => Promise<void> };

/**
 * Claims a folder for this process with a file `lock` in it. The claim of a process that has ended, however it ended, does
 * not count.
 *
 * @param held makes the error for a folder that somebody else holds, of a description of who does
 */
export async function lockFolder(folder: string, held: (holder: string) => JwtError): Promise<FolderLock> {
  const lockFile = join(folder, 'lock');
  const claim = `${JSON.stringify({ pid: process.pid, claim: randomUUID() })}\n`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await claimed(lockFile, claim)) return { release: () => release(lockFile, claim) };
    const holder = await removeStale(lockFile);
    if (holder !== undefined) throw held(`process ${holder}`);
  }
  throw held('another process');
}

/** A hard link is made or fails as a whole, and brings its content along: nobody ever reads half a claim. */
async function claimed(lockFile: string, claim: string): Promise<boolean> {
  const own = `${lockFile}.${randomUUID()}`;
  await writeFile(own, claim, { mode: 0o600, flag: 'wx' });
  try {
    await link(own, lockFile);
    return true;
  } catch (error) {
    if (isErrno(error) && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** Removes a claim whose process is gone; gives the process id of one that is not. */
async function removeStale(lockFile: string): Promise<number | undefined> {
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const pid = holderOf(text);
  if (pid !== undefined && isAlive(pid)) return pid;
  // Renamed first, so that of two processes that find the same stale claim only one removes it.
  const aside = `${lockFile}.${randomUUID()}`;
  await rename(lockFile, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => undefined);
  if (moved !== undefined && moved !== text) await link(aside, lockFile).catch(() => undefined);
  await rm(aside, { force: true });
  return undefined;
}

function holderOf(text: string): number | undefined {
  const pid = /"pid":(\d+)/.exec(text)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, as another user.
    return isErrno(error) && error.code === 'EPERM';
  }
}

async function release(lockFile: string, claim: string): Promise<void> {
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (text === claim) await rm(lockFile, { force: true });
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
