import { damaged, wrongPassword } from '../faults.js';
import type { EntryKey, InputFile, Integrity, KeyEntry, KeyFileContents } from '../key-file.js';
import type { KeyMaterial } from '../key-material.js';
import { parseCertificate } from '../parse-certificate.js';
import { openPrivateKey } from '../private-key.js';
import type { DecodedJks, JksEntry } from './codec.js';
import { decodeJks, encodeJks } from './codec.js';
import { jksSeal, jksSealFits } from './integrity.js';
import { protectKey, saltLength, unprotectKey } from './key-protector.js';

export type JksOptions = {
  readonly alias: string;
  /** Of the store and of the key: Salesforce Help demands that both are the same. */
  readonly password: string;
  readonly now: Date;
  readonly random: (size: number) => Uint8Array;
};

/** The bytes of a JKS with one private key entry, as Salesforce imports it. */
export function writeJks(material: KeyMaterial, { alias, password, now, random }: JksOptions): Uint8Array {
  const pkcs8 = material.privateKey.export({ type: 'pkcs8', format: 'der' });
  const sealed = encodeJks([
    {
      kind: 'private-key',
      alias,
      createdAt: now,
      protectedKey: protectKey(pkcs8, password, random(saltLength)),
      chain: [material.certificate, ...material.chain].map((certificate) => certificate.raw),
    },
  ]);
  return Buffer.concat([sealed, jksSeal(sealed, password)]);
}

/**
 * Reads a JKS. Without a password its certificates show, its keys stay locked and its seal is not checked.
 * @throws JwtError `keyFileDamaged`, `keyPasswordWrong`
 */
export function readJks(file: InputFile, password?: string): KeyFileContents {
  const decoded = decodeJks(file);
  const entries = decoded.entries.map((entry) => readEntry(entry, file.path, password));
  return { kind: 'jks', encoding: 'JKS', integrity: checkSeal(decoded, entries, file.path, password), entries };
}

function checkSeal(decoded: DecodedJks, entries: readonly KeyEntry[], path: string, password?: string): Integrity {
  if (password === undefined) return 'unchecked';
  if (jksSealFits(decoded.sealed, decoded.seal, password)) return 'verified';
  // A key that opens proves the password right, so that the store is not what was sealed.
  if (entries.some((entry) => entry.key?.state === 'open')) {
    throw damaged(path, 'its contents were changed after it was sealed');
  }
  throw wrongPassword(path);
}

function readEntry(entry: JksEntry, path: string, password: string | undefined): KeyEntry {
  if (entry.kind === 'trusted-certificate') {
    return { alias: entry.alias, certificates: [parseCertificate(entry.certificate, path)] };
  }
  const certificates = entry.chain.map((der) => parseCertificate(der, path));
  return { alias: entry.alias, key: readKey(entry.protectedKey, path, password), certificates };
}

function readKey(protectedKey: Uint8Array, path: string, password: string | undefined): EntryKey {
  const unprotected = unprotectKey(protectedKey, password ?? '');
  if (unprotected.outcome === 'malformed') throw damaged(path, unprotected.reason);
  if (password === undefined) return { state: 'locked', reason: 'password-needed' };
  if (unprotected.outcome === 'wrong-password') return { state: 'locked', reason: 'other-password' };
  const encoded = { path, format: 'der', type: 'pkcs8', der: unprotected.pkcs8, encrypted: false } as const;
  return { state: 'open', privateKey: openPrivateKey(encoded) };
}
