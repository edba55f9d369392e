import { createHash, timingSafeEqual } from 'node:crypto';
import { jksPasswordBytes } from './integrity.js';

/** How many random bytes `protectKey` needs. */
export const saltLength = 20;
const digestLength = 20;

/** SEQUENCE { OBJECT IDENTIFIER 1.3.6.1.4.1.42.2.17.1.1, NULL }: Sun's protector of keys in a JKS. */
const algorithm = Buffer.from('300e060a2b060104012a021101010500', 'hex');

/**
 * Wraps the DER of a private key (PKCS#8) as sun.security.provider.KeyProtector does: XOR with a chain of SHA-1 digests of
 * password and salt, then a digest of password and key. Returns the DER of an EncryptedPrivateKeyInfo (RFC 5958 section 3).
 */
export function protectKey(pkcs8: Uint8Array, password: string, salt: Uint8Array): Uint8Array {
  const secret = jksPasswordBytes(password);
  const data = Buffer.concat([salt, xorWithStream(pkcs8, secret, salt), sha1(secret, pkcs8)]);
  return der(0x30, Buffer.concat([algorithm, der(0x04, data)]));
}

export type UnprotectedKey =
  | { readonly outcome: 'opened'; readonly pkcs8: Uint8Array }
  | { readonly outcome: 'wrong-password' }
  | { readonly outcome: 'malformed'; readonly reason: string };

/** Unwraps what `protectKey` wrote. */
export function unprotectKey(protectedKey: Uint8Array, password: string): UnprotectedKey {
  const data = protectedData(protectedKey);
  if (typeof data === 'string') return { outcome: 'malformed', reason: data };
  const salt = data.subarray(0, saltLength);
  const digest = data.subarray(data.length - digestLength);
  const secret = jksPasswordBytes(password);
  const pkcs8 = xorWithStream(data.subarray(saltLength, data.length - digestLength), secret, salt);
  return timingSafeEqual(sha1(secret, pkcs8), digest) ? { outcome: 'opened', pkcs8 } : { outcome: 'wrong-password' };
}

/** The octets inside an EncryptedPrivateKeyInfo of this protector, or what is wrong with it. */
function protectedData(protectedKey: Uint8Array): Uint8Array | string {
  const outer = derContent(protectedKey, 0x30);
  if (outer === undefined) return 'a key in it is not an EncryptedPrivateKeyInfo';
  if (!algorithm.equals(outer.subarray(0, algorithm.length))) return 'a key in it is not protected as in a JKS';
  const data = derContent(outer.subarray(algorithm.length), 0x04);
  if (data === undefined || data.length <= saltLength + digestLength) return 'a key in it is cut off';
  return data;
}

function xorWithStream(input: Uint8Array, secret: Uint8Array, salt: Uint8Array): Uint8Array {
  const output = new Uint8Array(input.length);
  let block = salt;
  for (let start = 0; start < input.length; start += digestLength) {
    block = sha1(secret, block);
    const piece = input.subarray(start, start + digestLength);
    output.set(
      piece.map((byte, index) => byte ^ (block[index] ?? 0)),
      start,
    );
  }
  return output;
}

function sha1(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function der(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.from([tag, ...size]), content]);
}

/** The content of a DER value that fills these bytes to their end, or undefined. */
function derContent(bytes: Uint8Array, tag: number): Uint8Array | undefined {
  if (bytes[0] !== tag) return undefined;
  const first = bytes[1] ?? 0;
  const sizeBytes = first < 0x80 ? bytes.subarray(1, 2) : bytes.subarray(2, 2 + (first & 0x7f));
  const length = sizeBytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const start = first < 0x80 ? 2 : 2 + sizeBytes.length;
  return bytes.length === start + length ? bytes.subarray(start) : undefined;
}
