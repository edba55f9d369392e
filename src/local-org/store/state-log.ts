import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { contentsOf, type Change } from './change.js';
import type { OrgState } from './org-state.js';
import { writeWhole } from './write-whole.js';

/** A log is written anew, with a fresh state at its beginning, once what follows that is longer than both. */
const leastBytesOfChanges = 1024 * 1024;

/** No line is much longer than this, but for one with a single change: V8 has no strings of half a gigabyte and more. */
const mostBytesOfLine = 16 * 1024 * 1024;

/** What stands in the first line: what the org is, and how many lines behind it hold the rest of its state. */
export type StateHeader = Pick<OrgState, 'id' | 'alias' | 'port'> & { readonly format: 3; readonly lines: number };

/** A state file that is open: the lines of a state, then a line for each set of changes to it. */
export type StateLog = {
  /**
   * Makes a line of changes that belong together. Undefined where they do not belong at the end of the file, which is to be
   * started anew: it has grown, or they are too many for a line.
   */
  readonly lineOf: (changes: readonly Change[]) => Buffer | undefined;
  /**
   * Adds a line. When it is done it is on the disk.
   *
   * @throws Error of the file system; how much of it is in the file is not known then
   */
  readonly append: (line: Buffer) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Replaces a state file, as a whole or not at all, by one that begins with this state. */
export async function startLog(file: string, state: OrgState): Promise<StateLog> {
  const lines = stateLines(state);
  await writeWhole(file, lines);
  const handle = await open(file, 'a');
  const most = Math.max(bytesOf(lines), leastBytesOfChanges);
  let bytes = 0;
  return {
    lineOf(changes) {
      const [line, ...others] = bytes < most ? linesOf(changes) : [];
      return others.length === 0 ? line : undefined;
    },
    async append(line) {
      bytes += line.length;
      await handle.appendFile(line);
      await handle.datasync();
      await refuseRemoved(handle);
    },
    close: () => handle.close(),
  };
}

/** A process may go on writing to a file that somebody has removed or replaced: nobody would find it again. */
async function refuseRemoved(handle: FileHandle): Promise<void> {
  const { nlink } = await handle.stat();
  if (nlink === 0) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
}

function stateLines(state: OrgState): readonly Buffer[] {
  const contents = linesOf(contentsOf(state));
  const { id, alias, port } = state;
  const header: StateHeader = { format: 3, id, alias, port, lines: contents.length };
  return [toLine([Buffer.from(JSON.stringify(header))]), ...contents];
}

/** Changes as lines, each an array of as many as fit. */
function linesOf(changes: Iterable<Change>): readonly Buffer[] {
  const lines: Buffer[] = [];
  let parts: Buffer[] = [];
  let bytes = 0;
  const end = (): void => {
    if (parts.length > 0) lines.push(toLine([Buffer.from('['), ...parts, Buffer.from(']')]));
    parts = [];
    bytes = 0;
  };
  for (const change of changes) {
    const json = Buffer.from(JSON.stringify(change));
    if (bytes + json.length > mostBytesOfLine) end();
    if (parts.length > 0) parts.push(Buffer.from(','));
    parts.push(json);
    bytes += json.length;
  }
  end();
  return lines;
}

/** A checksum (CRC-32, in eight hexadecimal digits), a space, JSON, a line feed. */
function toLine(json: readonly Buffer[]): Buffer {
  const sum = json.reduce((before, part) => crc32(part, before), 0);
  return Buffer.concat([Buffer.from(`${hexadecimal(sum)} `), ...json, Buffer.from('\n')]);
}

/** What stands in a line, without its line feed; undefined where it is not as it was written. */
export function fromLine(line: Buffer): unknown {
  const json = line.subarray(9);
  if (line.toString('latin1', 0, 9) !== `${hexadecimal(crc32(json))} `) return undefined;
  return JSON.parse(json.toString('utf8'));
}

function hexadecimal(sum: number): string {
  return sum.toString(16).padStart(8, '0');
}

function bytesOf(lines: readonly Buffer[]): number {
  return lines.reduce((sum, { length }) => sum + length, 0);
}
