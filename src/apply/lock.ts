import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JwtError } from '../errors.js';

/**
 * Lets one run at a time work on a connection. A lock whose process is gone was left by a killed run and is taken over.
 *
 * @returns a function that gives the lock back
 * @throws JwtError `setupAlreadyRunning`
 */
export async function lockConnection(folder: string, connectionName: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  if (!(await claim(path))) {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (isRunning(holder)) throw new JwtError('setupAlreadyRunning', [connectionName, String(holder), path]);
    await rm(path, { force: true });
    if (!(await claim(path))) throw new JwtError('setupAlreadyRunning', [connectionName, 'another process', path]);
  }
  return () => rm(path, { force: true });
}

async function claim(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
