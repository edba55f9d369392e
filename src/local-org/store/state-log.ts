import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { writeWhole } from './write-whole.js';
import type { Change } from './change.js';
import type { OrgState } from './org-state.js';

/** A log is written anew, with a fresh state at its beginning, once what follows that is longer than both. */
const leastBytesOfChanges = 1024 * 1024;

/** A state file that is open: a line with a state, then a line for each set of changes to it. */
export type StateLog = {
  /** Whether the next changes belong at its end; otherwise the file is to be started anew. */
  readonly hasRoom: () => boolean;
  /**
   * Adds changes that belong together. When it is done they are on the disk.
   *
   * @throws Error of the file system; how much of them is in the file is not known then
   */
  readonly append: (changes: readonly Change[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Replaces a state file, as a whole or not at all, by one that begins with this state. */
export async function startLog(file: string, state: OrgState): Promise<StateLog> {
  const first = toLine(state);
  await writeWhole(file, first);
  const handle = await open(file, 'a');
  const most = Math.max(first.length, leastBytesOfChanges);
  let bytes = 0;
  return {
    hasRoom: () => bytes < most,
    async append(changes) {
      const line = toLine(changes);
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

/** A checksum (CRC-32, in eight hexadecimal digits), a space, JSON, a line feed. */
function toLine(value: OrgState | readonly Change[]): Buffer {
  const json = Buffer.from(`${JSON.stringify(value)}\n`);
  return Buffer.concat([Buffer.from(`${checksum(json.subarray(0, -1))} `), json]);
}

/** What stands in a line, without its line feed; undefined where it is not as it was written. */
export function fromLine(line: Buffer): unknown {
  const json = line.subarray(9);
  if (line.toString('latin1', 0, 9) !== `${checksum(json)} `) return undefined;
  return JSON.parse(json.toString('utf8'));
}

function checksum(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}
