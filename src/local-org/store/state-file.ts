import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { JwtError } from '../../errors.js';
import type { HostedOrg, OrgState } from './org-state.js';

/** Where the state of the org with this alias is. */
export const stateFileOf = (stateDir: string, alias: string): string => join(stateDir, `${alias}.json`);

/**
 * The state that an earlier run left, or undefined where there is none.
 *
 * @throws JwtError localStateUnreadable
 */
export async function readState(file: string): Promise<OrgState | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new JwtError('localStateUnreadable', [file, error.code ?? 'unreadable'], { cause: error });
  });
  return text === undefined ? undefined : parseState(file, text);
}

function parseState(file: string, text: string): OrgState {
  try {
    const state = JSON.parse(text) as Partial<OrgState>;
    if (state.format === 1 && typeof state.id === 'string' && Array.isArray(state.components)) return state as OrgState;
  } catch {
    // Not passed on as the cause: a JSON error quotes the file, and the file holds private keys.
  }
  throw new JwtError('localStateUnreadable', [file, 'it is not the state of a local org']);
}

/** Removes what a process left that was killed while it wrote: half of a state is of no use, and holds private keys. */
export async function removeHalfWritten(stateDir: string): Promise<void> {
  const names = await readdir(stateDir);
  const halves = names.filter((name) => name.endsWith('.tmp'));
  await Promise.all(halves.map((name) => rm(join(stateDir, name), { force: true })));
}

/** Writes whole files only: to a temporary file next to it, to the disk, then over the old one. */
async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Keeps one org's file up to date. The function it returns is done when all changes made before its call are on disk;
 * calls that come while a write is on its way share the next one.
 */
export function createStateWriter(file: string, hosted: HostedOrg): () => Promise<void> {
  let written = -1;
  let running: Promise<void> = Promise.resolve();
  async function writeIfNeeded(wanted: number): Promise<void> {
    if (written >= wanted) return;
    const changes = hosted.changes();
    await writeWhole(file, JSON.stringify(hosted.snapshot()));
    written = changes;
  }
  return () => {
    const wanted = hosted.changes();
    if (written >= wanted) return Promise.resolve();
    const next = running.catch(() => undefined).then(() => writeIfNeeded(wanted));
    running = next;
    return next;
  };
}
