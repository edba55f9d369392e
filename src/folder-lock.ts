import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { JwtError } from './errors.js';

export type FolderLock = { readonly release: () => Promise<void> };

export type Patience = {
  /** How long to wait for a holder to let go. */
  readonly waitSeconds?: number;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
};

/** A process that was killed, or was told to end, may need a moment to vanish. */
const defaultWaitSeconds = 2;

const pauseMilliseconds = 50;

/** What this process holds: a claim with its id that is not among these is of an earlier process with the same id. */
const ownClaims = new Set<string>();

/**
 * Claims a folder for this process with a file `lock` in it. The claim of a process that has ended, however it ended, does
 * not count.
 *
 * @param held makes the error for a folder that somebody else holds, of a description of who does
 */
export async function lockFolder(
  folder: string,
  held: (holder: string) => JwtError,
  { waitSeconds = defaultWaitSeconds, pause = delay }: Patience = {},
): Promise<FolderLock> {
  const lockFile = join(folder, 'lock');
  const claim = `${JSON.stringify({ pid: process.pid, started: await startOf(process.pid), claim: randomUUID() })}\n`;
  let holder: number | undefined;
  for (let waited = 0; waited <= waitSeconds * 1000; waited += pauseMilliseconds) {
    if (await claimed(lockFile, claim)) return { release: () => release(lockFile, claim) };
    holder = await removeStale(lockFile);
    // Where a stale claim was removed, the next try is made at once.
    if (holder !== undefined) await pause(pauseMilliseconds);
  }
  throw held(holder === undefined ? 'another process' : `process ${holder}`);
}

/** A hard link is made or fails as a whole, and brings its content along: nobody ever reads half a claim. */
async function claimed(lockFile: string, claim: string): Promise<boolean> {
  const own = `${lockFile}.${randomUUID()}`;
  await writeFile(own, claim, { mode: 0o600, flag: 'wx' });
  ownClaims.add(claim);
  try {
    await link(own, lockFile);
    return true;
  } catch (error) {
    ownClaims.delete(claim);
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
  if (pid !== undefined && (await isHeld(pid, text))) return pid;
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

/** In a container that was started again, and after a long time, processes get the ids of those that ended. */
async function isHeld(pid: number, claim: string): Promise<boolean> {
  if (pid === process.pid) return ownClaims.has(claim);
  if (!isAlive(pid) || (await isZombie(pid))) return false;
  const claimed = /"started":"(\d+)"/.exec(claim)?.[1];
  const started = await startOf(pid);
  return claimed === undefined || started === undefined || claimed === started;
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

/** Whether a process has ended and its parent has not asked how. Only Linux tells. */
async function isZombie(pid: number): Promise<boolean> {
  const [state = ''] = await statOf(pid);
  return state === 'Z' || state === 'X';
}

/** When a process was started, in ticks of the system's clock: with its id, that names a process. Only Linux tells. */
async function startOf(pid: number): Promise<string | undefined> {
  return (await statOf(pid))[19];
}

/** What stands behind the name in /proc/pid/stat, from the third field on (proc(5)); nothing where there is no such file. */
async function statOf(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name of the program stands in parentheses before that, and may hold any character.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

async function release(lockFile: string, claim: string): Promise<void> {
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (text === claim) await rm(lockFile, { force: true });
  ownClaims.delete(claim);
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
