import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JwtError } from '../../errors.js';
import type { Change } from './change.js';
import type { HostedOrg, OrgState } from './org-state.js';
import { notWritten } from './not-written.js';
import { fromLine, startLog, type StateLog } from './state-log.js';

/** Where the state of the org with this alias is. */
export const stateFileOf = (stateDir: string, alias: string): string => join(stateDir, `${alias}.jsonl`);

/** What an earlier run left: a state, and what has changed since. */
export type SavedState = { readonly state: OrgState; readonly changes: readonly Change[] };

/**
 * The state that an earlier run left, or undefined where there is none. A last line without an end is what that run was writing
 * when it was killed: nobody was told that it is saved, and it is left out.
 *
 * @throws JwtError localStateUnreadable
 */
export async function readState(file: string): Promise<SavedState | undefined> {
  const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new JwtError('localStateUnreadable', [file, error.code ?? 'unreadable'], { cause: error });
  });
  if (content === undefined) return undefined;
  const [first, ...others] = wholeLines(content);
  const state = first && valueOf(first);
  if (!isState(state)) throw new JwtError('localStateUnreadable', [file, 'it is not the state of a local org']);
  const changes = others.flatMap((line, index) => {
    const value = valueOf(line);
    if (Array.isArray(value)) return value as readonly Change[];
    throw new JwtError('localStateUnreadable', [file, `its line ${index + 2} is damaged`]);
  });
  return { state, changes };
}

function wholeLines(content: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = content.indexOf('\n'); end !== -1; end = content.indexOf('\n', start)) {
    lines.push(content.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** The error of a parser is not passed on: it quotes the file, and the file holds private keys. */
function valueOf(line: Buffer): unknown {
  try {
    return fromLine(line);
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is OrgState {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 2;
}

export type StateWriter = {
  /**
   * Done when all changes made before its call are on the disk; calls during a write share the next.
   *
   * @throws JwtError localStateNotWritten; the next call tries again
   */
  readonly save: () => Promise<void>;
  /** Saves, and lets go of the file. @throws JwtError localStateNotWritten */
  readonly close: () => Promise<void>;
};

/** Keeps one org's file up to date. */
export function createStateWriter(file: string, hosted: HostedOrg): StateWriter {
  let log: StateLog | undefined;
  let pending: Change[] = [];
  // The first write is due before anything changes: the state as it was opened.
  let changed = 1;
  let written = 0;
  let running: Promise<void> = Promise.resolve();
  hosted.onChange((change) => {
    changed += 1;
    pending.push(change);
  });

  async function write(wanted: number): Promise<void> {
    if (written >= wanted) return;
    const upTo = changed;
    const changes = pending;
    pending = [];
    const open = log;
    // After a fault nobody knows what is in the file. The next write then starts it anew, with these changes in the state.
    log = undefined;
    log = open?.hasRoom() ? await appended(open, changes) : await restarted(open);
    written = upTo;
  }

  async function restarted(open: StateLog | undefined): Promise<StateLog> {
    const state = hosted.snapshot();
    await open?.close();
    return startLog(file, state);
  }

  function save(): Promise<void> {
    const wanted = changed;
    if (written >= wanted) return Promise.resolve();
    const next = running
      .catch(() => undefined)
      .then(() => write(wanted))
      .catch((error: unknown) => {
        throw notWritten(file, error);
      });
    running = next;
    return next;
  }

  return {
    save,
    async close() {
      try {
        await save();
      } finally {
        await running.catch(() => undefined);
        await log?.close();
        log = undefined;
      }
    },
  };
}

async function appended(log: StateLog, changes: readonly Change[]): Promise<StateLog> {
  try {
    await log.append(changes);
    return log;
  } catch (error) {
    await log.close();
    throw error;
  }
}
