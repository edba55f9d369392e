import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip that a test writes by hand: all that can be said of it, true or not. */
export type Entry = {
  readonly name: string | Buffer;
  readonly content?: Buffer;
  /** What lies in the zip, where that is not the content. */
  readonly data?: Buffer;
  readonly method?: number;
  readonly flags?: number;
  readonly checksum?: number;
  readonly unzippedBytes?: number;
  readonly madeBy?: number;
  readonly mode?: number;
  /** Name in the header before the data, where it is another. */
  readonly localName?: string;
  /** Place of that header, where it is another. */
  readonly offset?: number;
  /** Put behind the data. */
  readonly behind?: Buffer;
};

/** Writes a zip after the ZIP specification, by hand: no library writes what tests of a reader need. */
export function writeZip(
  entries: readonly Entry[],
  { count = entries.length, comment = Buffer.alloc(0) }: { readonly count?: number; readonly comment?: Buffer } = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { content = Buffer.from('x'), data = deflateRawSync(content) } = entry;
    const local = header(entry, content, data, Buffer.from(entry.localName ?? entry.name));
    const behind = entry.behind ?? Buffer.alloc(0);
    parts.push(local, data, behind);
    directory.push(centralHeader(entry, content, data, entry.offset ?? offset));
    offset += local.length + data.length + behind.length;
  }
  const central = Buffer.concat(directory);
  const tail = Buffer.alloc(22);
  tail.writeUInt32LE(0x06054b50, 0);
  tail.writeUInt16LE(count, 8);
  tail.writeUInt16LE(count, 10);
  tail.writeUInt32LE(central.length, 12);
  tail.writeUInt32LE(offset, 16);
  tail.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, central, tail, comment]);
}

function header(entry: Entry, content: Buffer, data: Buffer, name: Buffer): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE(0x04034b50, 0);
  bytes.writeUInt16LE(20, 4);
  bytes.writeUInt16LE(entry.flags ?? 0, 6);
  bytes.writeUInt16LE(entry.method ?? 8, 8);
  bytes.writeUInt32LE(entry.checksum ?? crc32(content), 14);
  bytes.writeUInt32LE(data.length, 18);
  bytes.writeUInt32LE(entry.unzippedBytes ?? content.length, 22);
  bytes.writeUInt16LE(name.length, 26);
  return Buffer.concat([bytes, name]);
}

function centralHeader(entry: Entry, content: Buffer, data: Buffer, offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const bytes = Buffer.alloc(46);
  bytes.writeUInt32LE(0x02014b50, 0);
  bytes.writeUInt16LE(((entry.madeBy ?? 0) << 8) | 20, 4);
  bytes.writeUInt16LE(20, 6);
  bytes.writeUInt16LE(entry.flags ?? 0, 8);
  bytes.writeUInt16LE(entry.method ?? 8, 10);
  bytes.writeUInt32LE(entry.checksum ?? crc32(content), 16);
  bytes.writeUInt32LE(data.length, 20);
  bytes.writeUInt32LE(entry.unzippedBytes ?? content.length, 24);
  bytes.writeUInt16LE(name.length, 28);
  bytes.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 38);
  bytes.writeUInt32LE(offset, 42);
  return Buffer.concat([bytes, name]);
}
