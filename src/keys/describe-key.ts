import { createHash, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { keySizes } from '../config/connection.js';

export type KeyDescription = {
  /** `RSA`, `EC P-256`, `Ed25519`, … as people say it. */
  readonly type: string;
  /** Of the modulus of an RSA key; undefined for others. */
  readonly bits: number | undefined;
  /** SHA-256 over the public key (SubjectPublicKeyInfo), the same for a key, its request and its certificate. */
  readonly publicKeyFingerprint256: string;
};

const typeNames: ReadonlyMap<string, string> = new Map([
  ['rsa', 'RSA'],
  ['rsa-pss', 'RSA-PSS'],
  ['dsa', 'DSA'],
  ['ed25519', 'Ed25519'],
  ['ed448', 'Ed448'],
]);

/** What may be told of a key, private or public. */
export function describeKey(key: KeyObject): KeyDescription {
  const type = key.asymmetricKeyType ?? 'unknown';
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const digest = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
  return {
    type: type === 'ec' ? `EC ${namedCurve ?? ''}`.trim() : (typeNames.get(type) ?? type),
    bits: modulusLength,
    publicKeyFingerprint256: colons(digest),
  };
}

/** Whether Salesforce imports RSA keys of this size. */
export function isKeySize(bits: number | undefined): boolean {
  return keySizes.some((size) => size === bits);
}

/** A day as people write it, in UTC, like `2026-03-01`. */
export function expiryDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function colons(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(':');
}
