import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { JwtError } from '../errors.js';
import type { InputFile } from './key-file.js';
import { printable } from './printable.js';

/** The trust store of a JDK, the biggest store around, has a fifth of it. */
const maxBytes = 1024 * 1024;

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'there is no such file'],
  ['EACCES', 'you may not read it'],
  ['EPERM', 'you may not read it'],
  ['EISDIR', 'it is a directory'],
]);

/** Reads a file that a user named; a pipe will do as well. @throws JwtError `keyFileUnreadable` */
export async function readInputFile(path: string): Promise<InputFile> {
  const file = await readIfThere(path);
  if (file === undefined) throw unreadable(path, 'there is no such file');
  return file;
}

/** The same, but undefined where there is no such file. @throws JwtError `keyFileUnreadable` */
export async function readIfThere(path: string): Promise<InputFile | undefined> {
  try {
    const handle = await open(path, 'r');
    try {
      return { path, bytes: await readBounded(handle, path) };
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof JwtError) throw cause;
    const code = errorCode(cause);
    if (code === 'ENOENT') return undefined;
    throw unreadable(path, reasons.get(code) ?? (code === '' ? 'its path is not valid' : code), cause);
  }
}

/** The code of an error of the file system, like `ENOENT`, or nothing. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

async function readBounded(handle: FileHandle, path: string): Promise<Uint8Array> {
  const buffer = Buffer.alloc(maxBytes + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length <= maxBytes; length += read) {
    ({ bytesRead: read } = await handle.read(buffer, length, buffer.length - length));
  }
  if (length > maxBytes) throw unreadable(path, 'it is bigger than 1 MB, and no key, certificate or store is');
  return buffer.subarray(0, length);
}

function unreadable(path: string, reason: string, cause?: unknown): JwtError {
  return new JwtError('keyFileUnreadable', [printable(path), reason], { cause });
}
