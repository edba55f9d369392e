import { crc32, inflateRawSync } from 'node:zlib';
import { readDirectory, type ZipEntry } from './zip-directory.js';
import { damaged, ZipRefusal } from './zip-refusal.js';

export type PackageFiles = ReadonlyMap<string, Uint8Array>;

export type Unzipped =
  { readonly kind: 'files'; readonly files: PackageFiles } | { readonly kind: 'fault'; readonly message: string };

/** Limits of a deploy (Metadata API Developer Guide: 10,000 files, 39 MB zipped; unzipped about 600 MB, here far less). */
export const maxZipBytes = 39 * 1024 * 1024;
const maxEntries = 10_000;
const maxUnzippedBytes = 200 * 1024 * 1024;

/**
 * Unpacks a zip in memory, within bounds. Sizes are judged before anything is unfolded and kept while it is, so that a small
 * zip that unfolds into gigabytes costs no more than the limit. Folders are left out; zips inside a zip stay as they are.
 */
export function unzipPackage(bytes: Uint8Array): Unzipped {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (zip.length > maxZipBytes)
    return refuse(`Maximum size of request reached. Maximum size of request is ${maxZipBytes} bytes`);
  if (zip[0] !== 0x50 || zip[1] !== 0x4b) return refuse('The zip file cannot be read: it is not a zip file');
  try {
    return { kind: 'files', files: unpack(readDirectory(zip, maxEntries)) };
  } catch (error) {
    if (error instanceof ZipRefusal) return refuse(error.message);
    throw error;
  }
}

function unpack(entries: readonly ZipEntry[]): PackageFiles {
  if (entries.length === 0) throw damaged();
  checkNames(entries.map(({ name }) => name));
  const unzippedBytes = entries.reduce((sum, entry) => sum + entry.unzippedBytes, 0);
  if (unzippedBytes > maxUnzippedBytes) throw new ZipRefusal('The unzipped files are too large');
  return new Map(entries.flatMap((entry) => (entry.name.endsWith('/') ? [] : [[entry.name, contentOf(entry)]])));
}

function contentOf({ data, isDeflated, unzippedBytes, checksum }: ZipEntry): Uint8Array {
  const content = isDeflated ? inflate(data, unzippedBytes) : Buffer.from(data);
  if (content.length !== unzippedBytes || crc32(content) !== checksum) throw damaged();
  return content;
}

/** Whatever the size that an entry claims, no more than that is unfolded. */
function inflate(data: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw damaged();
  }
}

/** Whoever unpacks the files onto a disk gets as many, each in its own place. Orgs know names whatever their case. */
function checkNames(names: readonly string[]): void {
  const files = new Set<string>();
  for (const name of names) {
    checkName(name);
    const key = name.toLowerCase();
    if (files.has(key)) throw new ZipRefusal(`The zip file holds ${quote(name)} twice`);
    files.add(key);
  }
  for (const name of files) {
    const parts = name.replace(/\/$/, '').split('/');
    const inFile = parts.slice(1).some((_, index) => files.has(parts.slice(0, index + 1).join('/')));
    if (inFile) throw new ZipRefusal(`The zip file holds a file and a folder of one name: ${quote(name)}`);
  }
}

const maxNameLength = 1000;
const maxFolders = 50;

function checkName(name: string): void {
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.includes('..') || parts.includes('.')) {
    throw new ZipRefusal(`The zip file holds a path that leads out of it: ${quote(name)}`);
  }
  const isTooLong = name.length > maxNameLength || parts.length > maxFolders;
  if (isTooLong || parts.includes('') || /[\\\p{Cc}]|^[A-Za-z]:/u.test(name)) {
    throw new ZipRefusal(`The zip file holds a file with a bad name: ${quote(name)}`);
  }
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}

function refuse(message: string): Unzipped {
  return { kind: 'fault', message };
}
