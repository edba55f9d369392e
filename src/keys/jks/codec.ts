import { damaged } from '../faults.js';
import type { InputFile } from '../key-file.js';
import { ByteReader } from './byte-reader.js';
import { decodeModifiedUtf8, encodeModifiedUtf8 } from './modified-utf8.js';

/** First bytes of a JKS (sun.security.provider.JavaKeyStore). */
export const jksMagic = 0xfeedfeed;
/** First bytes of a JCEKS, which is laid out alike but protects its keys in another way. */
export const jceksMagic = 0xcececece;

const sealLength = 20;
const keyTag = 1;
const certificateTag = 2;
const certificateType = 'X.509';

export type JksEntry = JksKeyEntry | JksCertificateEntry;

export type JksKeyEntry = {
  readonly kind: 'private-key';
  readonly alias: string;
  readonly createdAt: Date;
  /** DER of an EncryptedPrivateKeyInfo, see key-protector.ts. */
  readonly protectedKey: Uint8Array;
  /** DER, the key's own certificate first. */
  readonly chain: readonly Uint8Array[];
};

export type JksCertificateEntry = {
  readonly kind: 'trusted-certificate';
  readonly alias: string;
  readonly createdAt: Date;
  readonly certificate: Uint8Array;
};

export type DecodedJks = {
  readonly entries: readonly JksEntry[];
  /** What the seal is made over. */
  readonly sealed: Uint8Array;
  readonly seal: Uint8Array;
};

/** The bytes of a JKS of version 2 without its seal (integrity.ts), which goes behind them. */
export function encodeJks(entries: readonly JksEntry[]): Uint8Array {
  return Buffer.concat([u32(jksMagic), u32(2), u32(entries.length), ...entries.map(encodeEntry)]);
}

/** Reads the entries of a JKS of version 1 or 2; proves nothing about passwords. @throws JwtError `keyFileDamaged` */
export function decodeJks(file: InputFile): DecodedJks {
  const reader = new ByteReader(file.bytes, file.path);
  if (reader.u32() !== jksMagic) throw damaged(file.path, 'it does not begin like a JKS');
  const version = reader.u32();
  if (version !== 1 && version !== 2)
    throw damaged(file.path, `it claims version ${version}, and there are 1 and 2 only`);
  const count = reader.u32();
  const entries: JksEntry[] = [];
  for (let index = 0; index < count; index += 1) entries.push(decodeEntry(reader, version, file.path));
  const sealed = file.bytes.subarray(0, reader.offset);
  const seal = reader.bytes(sealLength);
  if (reader.remaining > 0) throw damaged(file.path, `${reader.remaining} bytes follow after its end`);
  return { entries, sealed, seal };
}

function encodeEntry(entry: JksEntry): Uint8Array {
  const isKey = entry.kind === 'private-key';
  const head = [u32(isKey ? keyTag : certificateTag), text(entry.alias), u64(BigInt(entry.createdAt.getTime()))];
  const body = isKey
    ? [sized(entry.protectedKey), u32(entry.chain.length), ...entry.chain.map(encodeCertificate)]
    : [encodeCertificate(entry.certificate)];
  return Buffer.concat([...head, ...body]);
}

function encodeCertificate(der: Uint8Array): Uint8Array {
  return Buffer.concat([text(certificateType), sized(der)]);
}

function decodeEntry(reader: ByteReader, version: number, path: string): JksEntry {
  const tag = reader.u32();
  const alias = readText(reader, path);
  const createdAt = new Date(Number(BigInt.asIntN(64, reader.u64())));
  if (tag === certificateTag) {
    return { kind: 'trusted-certificate', alias, createdAt, certificate: readCertificate(reader, version, path) };
  }
  if (tag !== keyTag) throw damaged(path, `an entry in it has the unknown type ${tag}`);
  const protectedKey = reader.bytes(reader.u32());
  const count = reader.u32();
  const chain: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) chain.push(readCertificate(reader, version, path));
  return { kind: 'private-key', alias, createdAt, protectedKey, chain };
}

function readCertificate(reader: ByteReader, version: number, path: string): Uint8Array {
  // Version 1 did not say the type of a certificate.
  const type = version === 1 ? certificateType : readText(reader, path);
  if (type !== certificateType) throw damaged(path, 'a certificate in it is not of the type X.509');
  return reader.bytes(reader.u32());
}

function readText(reader: ByteReader, path: string): string {
  const decoded = decodeModifiedUtf8(reader.bytes(reader.u16()));
  if (decoded === undefined) throw damaged(path, 'a name in it is not text');
  return decoded;
}

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function u64(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

function sized(value: Uint8Array): Uint8Array {
  return Buffer.concat([u32(value.length), value]);
}

function text(value: string): Uint8Array {
  const bytes = encodeModifiedUtf8(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
