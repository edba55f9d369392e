import { damaged } from './faults.js';
import type { InputFile } from './key-file.js';

export type PemBlock = {
  /** The words between `-----BEGIN ` and `-----`. */
  readonly label: string;
  /** The block as it stands in the file, with its lines of BEGIN and END. */
  readonly text: string;
  /** The decoded body; empty where headers (RFC 1421) say that the body is encrypted. */
  readonly der: Uint8Array;
  readonly encrypted: boolean;
};

const begin = /-----BEGIN ([A-Z0-9 ]{1,40})-----/g;

/** The blocks of a PEM file (RFC 7468) in their order; text between them is skipped. @throws JwtError `keyFileDamaged` */
export function parsePem(file: InputFile): readonly PemBlock[] {
  const text = Buffer.from(file.bytes).toString('latin1');
  return [...text.matchAll(begin)].map((match) => readBlock(text, match.index, match[1] ?? '', file.path));
}

/** A PEM block with lines of 64 characters and a newline at the end (RFC 7468 section 2). */
export function toPem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function readBlock(text: string, start: number, label: string, path: string): PemBlock {
  const endLine = `-----END ${label}-----`;
  const end = text.indexOf(endLine, start);
  if (end === -1) throw damaged(path, `its block "${label}" has no END line`);
  const body = text.slice(start + `-----BEGIN ${label}-----`.length, end).trim();
  const block = { label, text: `${text.slice(start, end)}${endLine}\n` };
  if (/^Proc-Type:\s*4,ENCRYPTED/m.test(body)) return { ...block, der: new Uint8Array(0), encrypted: true };
  if (!/^[A-Za-z0-9+/\s]+={0,2}$/.test(body)) throw damaged(path, `its block "${label}" is not base64`);
  return { ...block, der: Buffer.from(body, 'base64'), encrypted: label === 'ENCRYPTED PRIVATE KEY' };
}
