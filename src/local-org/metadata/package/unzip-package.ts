import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';

export type PackageFiles = ReadonlyMap<string, Uint8Array>;

export type Unzipped =
  { readonly kind: 'files'; readonly files: PackageFiles } | { readonly kind: 'fault'; readonly message: string };

/** Limits of a deploy (Metadata API Developer Guide: 10,000 files, 39 MB zipped; unzipped about 600 MB, here far less). */
export const maxZipBytes = 39 * 1024 * 1024;
const maxEntries = 10_000;
const maxUnzippedBytes = 200 * 1024 * 1024;

/**
 * Unpacks a zip in memory, within bounds. It stops while it inflates, so that a small zip that unfolds into gigabytes
 * costs no more than the limit. Folders are left out.
 */
export function unzipPackage(zip: Uint8Array): Unzipped {
  if (zip.length > maxZipBytes)
    return refuse(`Maximum size of request reached. Maximum size of request is ${maxZipBytes} bytes`);
  if (zip[0] !== 0x50 || zip[1] !== 0x4b) return refuse('The zip file cannot be read: it is not a zip file');
  try {
    return { kind: 'files', files: inflate(zip) };
  } catch (error) {
    if (error instanceof ZipRefusal) return refuse(error.message);
    return refuse('The zip file cannot be read: it is damaged');
  }
}

class ZipRefusal extends Error {}

function inflate(zip: Uint8Array): PackageFiles {
  const files = new Map<string, Uint8Array>();
  const names = new Set<string>();
  let finished = 0;
  let unzippedBytes = 0;
  const unzip = new Unzip((entry) => {
    addName(names, entry.name);
    const chunks: Uint8Array[] = [];
    entry.ondata = (error, chunk, final) => {
      if (error) throw error;
      unzippedBytes += chunk.length;
      if (unzippedBytes > maxUnzippedBytes) throw new ZipRefusal('The unzipped files are too large');
      chunks.push(chunk);
      if (!final) return;
      finished += 1;
      if (!entry.name.endsWith('/')) files.set(entry.name, Buffer.concat(chunks));
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  // In small pieces: an entry is judged before all of it has been unfolded.
  for (let start = 0; start < zip.length; start += 16_384) {
    unzip.push(zip.subarray(start, start + 16_384), start + 16_384 >= zip.length);
  }
  if (finished < names.size || names.size === 0) throw new ZipRefusal('The zip file cannot be read: it is damaged');
  return files;
}

function addName(names: Set<string>, name: string): void {
  if (names.has(name)) throw new ZipRefusal(`The zip file holds ${quote(name)} twice`);
  const parts = name.split('/');
  if (name === '' || name.includes('\\') || name.includes('\0') || /^[A-Za-z]:/.test(name) || name.startsWith('/')) {
    throw new ZipRefusal(`The zip file holds a file with a bad name: ${quote(name)}`);
  }
  if (parts.includes('..') || parts.includes('.')) {
    throw new ZipRefusal(`The zip file holds a path that leads out of it: ${quote(name)}`);
  }
  names.add(name);
  if (names.size > maxEntries)
    throw new ZipRefusal(`Maximum number of files reached: a zip file has at most ${maxEntries}`);
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}

function refuse(message: string): Unzipped {
  return { kind: 'fault', message };
}
