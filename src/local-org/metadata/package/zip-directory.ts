import { damaged, ZipRefusal } from './zip-refusal.js';

/** An entry of a zip: a folder where its name ends in a slash. */
export type ZipEntry = {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly checksum: number;
  /** Bytes as they lie in the zip. */
  readonly data: Buffer;
  readonly unzippedBytes: number;
};

/** ZIP specification (APPNOTE.TXT), 4.3.7, 4.3.12 and 4.3.16: signatures and sizes of what stands around the data. */
const localSignature = 0x04034b50;
const localSize = 30;
const centralSignature = 0x02014b50;
const centralSize = 46;
const endSignature = 0x06054b50;
const endSize = 22;

/** 4.4.4: bits of an entry whose data follow in a descriptor behind it, and of what is encrypted in whatever way. */
const describedLater = 0x0008;
const encrypted = 0x2041;

/** Sizes of a descriptor, with and without a signature, and with sizes of 8 bytes (4.3.9). */
const descriptorSizes: ReadonlySet<number> = new Set([12, 16, 20, 24]);

/**
 * Lists the entries of a zip by its directory, and holds each against the header that stands before its data: whoever reads
 * from the front and whoever reads the directory find the same files. So nothing lies between entries, and none over another.
 *
 * @throws ZipRefusal
 */
export function readDirectory(zip: Buffer, maxEntries: number): readonly ZipEntry[] {
  const { end, count, start } = findEnd(zip);
  if (count > maxEntries) {
    throw new ZipRefusal(`Maximum number of files reached: a zip file has at most ${maxEntries}`);
  }
  const entries: ZipEntry[] = [];
  let at = start;
  let dataEnd = 0;
  for (let index = 0; index < count; index += 1) {
    const header = readHeader(zip, at, end);
    if (header.offset !== dataEnd) throw damaged();
    const data = locate(zip, header, start);
    entries.push({ ...header, data: zip.subarray(data.from, data.to) });
    dataEnd = header.isDescribedLater ? skipDescriptor(zip, data.to, start) : data.to;
    at = header.next;
  }
  if (at !== end || dataEnd !== start) throw damaged();
  return entries;
}

type Header = Omit<ZipEntry, 'data'> & {
  readonly method: number;
  readonly isDescribedLater: boolean;
  readonly nameBytes: Buffer;
  readonly zippedBytes: number;
  readonly offset: number;
  readonly next: number;
};

/** The comment behind the end record may have any bytes: the record that leads to the very end of the zip is it. */
function findEnd(zip: Buffer): { readonly end: number; readonly count: number; readonly start: number } {
  for (let at = zip.length - endSize; at >= Math.max(0, zip.length - endSize - 0xffff); at -= 1) {
    if (zip.readUInt32LE(at) === endSignature && at + endSize + zip.readUInt16LE(at + 20) === zip.length)
      return readEnd(zip, at);
  }
  throw damaged();
}

function readEnd(zip: Buffer, end: number) {
  const count = zip.readUInt16LE(end + 10);
  const start = zip.readUInt32LE(end + 16);
  // 4.4.1.4: these values say that the real ones stand in a Zip64 record, which 39 MB and 10,000 files have no need of.
  if (count === 0xffff || start === 0xffffffff) throw new ZipRefusal('The zip file cannot be read: it is a Zip64 file');
  const isOnOneDisk = zip.readUInt32LE(end + 4) === 0 && zip.readUInt16LE(end + 8) === count;
  if (!isOnOneDisk || start + zip.readUInt32LE(end + 12) !== end) throw damaged();
  return { end, count, start };
}

function readHeader(zip: Buffer, at: number, end: number): Header {
  if (at + centralSize > end || zip.readUInt32LE(at) !== centralSignature) throw damaged();
  const flags = zip.readUInt16LE(at + 8);
  const method = zip.readUInt16LE(at + 10);
  const nameEnd = at + centralSize + zip.readUInt16LE(at + 28);
  const next = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  if (next > end) throw damaged();
  const nameBytes = zip.subarray(at + centralSize, nameEnd);
  const name = decodeName(nameBytes);
  if ((flags & encrypted) !== 0) throw new ZipRefusal('The zip file cannot be read: it is encrypted');
  if (method !== 0 && method !== 8) throw new ZipRefusal('The zip file cannot be read: its files are not deflated');
  refuseSpecialFile(zip.readUInt16LE(at + 4) >> 8, zip.readUInt32LE(at + 38) >>> 16, name);
  return {
    name,
    nameBytes,
    method,
    isDeflated: method === 8,
    isDescribedLater: (flags & describedLater) !== 0,
    checksum: zip.readUInt32LE(at + 16),
    zippedBytes: zip.readUInt32LE(at + 20),
    unzippedBytes: zip.readUInt32LE(at + 24),
    offset: zip.readUInt32LE(at + 42),
    next,
  };
}

/** 4.4.2 and 4.4.15: what Unix calls the mode of a file. A link or a device is no file. */
function refuseSpecialFile(madeBy: number, mode: number, name: string): void {
  const kind = mode & 0xf000;
  if (madeBy === 3 && ![0, 0x4000, 0x8000].includes(kind)) {
    throw new ZipRefusal(`The zip file holds what is no file: ${JSON.stringify(name.slice(0, 200))}`);
  }
}

function locate(zip: Buffer, { offset, nameBytes, method, zippedBytes }: Header, limit: number) {
  if (offset + localSize > limit || zip.readUInt32LE(offset) !== localSignature) throw damaged();
  const nameEnd = offset + localSize + zip.readUInt16LE(offset + 26);
  const from = nameEnd + zip.readUInt16LE(offset + 28);
  const to = from + zippedBytes;
  if (to > limit || zip.readUInt16LE(offset + 8) !== method) throw damaged();
  if (!zip.subarray(offset + localSize, nameEnd).equals(nameBytes)) throw damaged();
  return { from, to };
}

/** Where the next entry starts. */
function skipDescriptor(zip: Buffer, at: number, limit: number): number {
  for (const size of descriptorSizes) {
    const next = at + size;
    if (next === limit || (next + 4 <= limit && zip.readUInt32LE(next) === localSignature)) return next;
  }
  // Some writers set the bit and leave the descriptor out.
  return at;
}

function decodeName(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ZipRefusal('The zip file holds a file whose name is no UTF-8');
  }
}
