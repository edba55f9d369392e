import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { JwtError } from '../../errors.js';
import type { Change } from './change.js';
import { isChanges, isHeader } from './is-change.js';
import { emptyContents, type HostedOrg, type OrgState } from './org-state.js';
import { errorCode, notWritten } from './not-written.js';
import { fromLine, startLog, type StateHeader, type StateLog } from './state-log.js';

/** Where the state of the org with this alias is. */
export const stateFileOf = (stateDir: string, alias: string): string => join(stateDir, `${alias}.jsonl`);

/** What an earlier run left: a state, and what has changed since. */
export type SavedState = { readonly state: OrgState; readonly changes: readonly Change[] };

/**
 * The state that an earlier run left, or undefined where there is none. A last line without an end is what that run was writing
 * when it was killed: nobody was told that it is saved, and it is left out.
 *
 * @throws JwtError localStateUnreadable, also where it is the state of an org with another alias
 */
export async function readState(file: string, alias: string): Promise<SavedState | undefined> {
  try {
    return await readLines(file, alias);
  } catch (error) {
    if (error instanceof JwtError) throw error;
    const code = errorCode(error);
    if (code === 'ENOENT') return undefined;
    throw new JwtError('localStateUnreadable', [file, code], { cause: error });
  }
}

async function readLines(file: string, alias: string): Promise<SavedState> {
  const unreadable = (why: string): JwtError => new JwtError('localStateUnreadable', [file, why]);
  const changes: Change[] = [];
  let header: StateHeader | undefined;
  let lines = 0;
  for await (const line of wholeLines(file)) {
    const value = valueOf(line);
    lines += 1;
    if (!header) {
      if (!isHeader(value)) break;
      header = value;
    } else {
      if (!isChanges(value)) throw unreadable(`its line ${lines} is damaged`);
      for (const change of value) changes.push(change);
    }
  }
  if (!header || lines <= header.lines) throw unreadable('it is not the state of a local org');
  if (header.alias !== alias) throw unreadable(`it is that of the org ${header.alias}`);
  return { state: { ...emptyContents, id: header.id, alias, port: header.port }, changes };
}

/** Not read as a whole: Node.js reads no file of two gigabytes and more at once. */
async function* wholeLines(file: string): AsyncIterable<Buffer> {
  let before: Buffer[] = [];
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      yield Buffer.concat([...before, chunk.subarray(start, end)]);
      before = [];
      start = end + 1;
    }
    before.push(chunk.subarray(start));
  }
}

/** The error of a parser is not passed on: it quotes the file, and the file holds private keys. */
function valueOf(line: Buffer): unknown {
  try {
    return fromLine(line);
  } catch {
    return undefined;
  }
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
    log = (open && (await appended(open, changes))) ?? (await restarted(open));
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

/** Undefined where the changes do not belong at the end of the file. */
async function appended(log: StateLog, changes: readonly Change[]): Promise<StateLog | undefined> {
  const line = log.lineOf(changes);
  if (!line) return undefined;
  try {
    await log.append(line);
    return log;
  } catch (error) {
    await log.close();
    throw error;
  }
}
