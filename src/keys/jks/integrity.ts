import { createHash, timingSafeEqual } from 'node:crypto';

// JKS seals a store with SHA-1 over the password, this phrase and the entries (sun.security.provider.JavaKeyStore). It is
// weak by design; we write it because it is the only type of store that Salesforce imports.
const phrase = Buffer.from('Mighty Aphrodite', 'utf8');

/** The 20 bytes that end a JKS. */
export function jksSeal(sealed: Uint8Array, password: string): Uint8Array {
  return createHash('sha1').update(jksPasswordBytes(password)).update(phrase).update(sealed).digest();
}

export function jksSealFits(sealed: Uint8Array, seal: Uint8Array, password: string): boolean {
  return timingSafeEqual(jksSeal(sealed, password), seal);
}

/** Java's characters of a password: UTF-16, big-endian. */
export function jksPasswordBytes(password: string): Uint8Array {
  return Buffer.from(password, 'utf16le').swap16();
}
