import type { BaseBlock } from 'asn1js';
import { damaged } from './faults.js';

/** OpenSSL makes 2048 rounds, JDK 17 makes 10,000; more than this would only keep the machine busy. */
export const maxIterations = 2_000_000;

/**
 * Looks through the parameters of a password-based encryption for a count of rounds that no honest file has, because
 * deriving the key would take minutes.
 * @throws JwtError `keyFileDamaged`
 */
export function checkIterations(iterations: number | bigint, path: string): void {
  if (iterations > maxIterations)
    throw damaged(path, 'it demands millions of rounds to derive a key from the password');
}

/** The same for every number in an ASN.1 tree. @throws JwtError `keyFileDamaged` */
export function checkIterationsIn(asn1: BaseBlock | undefined, path: string): void {
  const block: unknown = asn1?.valueBlock;
  if (typeof block !== 'object' || block === null) return;
  if (asn1?.idBlock.tagClass === 1 && asn1.idBlock.tagNumber === 2 && 'toBigInt' in asn1) {
    const read: unknown = asn1.toBigInt;
    if (typeof read === 'function') checkIterations(BigInt(String(read.call(asn1))), path);
  }
  if ('value' in block && Array.isArray(block.value)) {
    for (const child of block.value) checkIterationsIn(child, path);
  }
}
