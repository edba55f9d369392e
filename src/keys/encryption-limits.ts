import { Integer } from 'asn1js';
import { asn1Children } from './asn1-children.js';
import { damaged } from './faults.js';

/** OpenSSL makes 2048 rounds, JDK 17 makes 10,000; more than this would only keep the machine busy. */
const maxIterations = 2_000_000;

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
export function checkIterationsIn(asn1: unknown, path: string): void {
  if (asn1 instanceof Integer) checkIterations(asn1.toBigInt(), path);
  for (const child of asn1Children(asn1)) checkIterationsIn(child, path);
}
