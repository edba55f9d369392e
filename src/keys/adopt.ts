import type { KeyObject, X509Certificate } from 'node:crypto';
import { JwtError } from '../errors.js';
import { belongsTo, issuersOf } from './chain.js';
import { describeKey, expiryDate, isKeySize } from './describe-key.js';
import { wrongPassword } from './faults.js';
import type { EntryKey, InputFile, KeyFileContents } from './key-file.js';
import type { KeyMaterial } from './key-material.js';
import { printable } from './printable.js';
import { readKeyFile } from './read-key-file.js';

/** A key and a certificate in two files (or one PEM file named twice), or a store that has both. */
export type AdoptOptions = {
  readonly key?: InputFile;
  readonly certificate?: InputFile;
  readonly store?: InputFile;
  /** Of the store, or of an encrypted key. */
  readonly password?: string;
  readonly now: Date;
};

/**
 * Takes over key material that somebody else made.
 * @throws JwtError all of `readKeyFile`; `privateKeyMissing`, `certificateMissing`, `severalPrivateKeys`,
 * `storeKeyPasswordDiffers`, `keyNotRsa`, `keySizeRefused`, `keyNotOfCertificate`, `certificateExpired`,
 * `certificateNotYetValid`
 */
export async function adoptKeyMaterial(options: AdoptOptions): Promise<KeyMaterial> {
  const keyFile = options.store ?? options.key;
  const certificateFile = options.store ?? options.certificate ?? options.key;
  if (keyFile === undefined || certificateFile === undefined)
    throw new TypeError('adoptKeyMaterial needs a key or a store');
  const keyContents = await readKeyFile(keyFile, options.password);
  const certificateContents =
    certificateFile === keyFile ? keyContents : await readKeyFile(certificateFile, options.password);
  const privateKey = theKey(keyContents, keyFile.path);
  checkKey(privateKey, keyFile.path);
  const certificates = certificateContents.entries.flatMap((entry) => entry.certificates);
  const certificate = theCertificate(certificates, privateKey, keyFile.path, certificateFile.path);
  checkValidity(certificate, certificateFile.path, options.now);
  return { privateKey, certificate, chain: issuersOf(certificate, certificates) };
}

/** The one private key in a file. @throws JwtError `privateKeyMissing`, `severalPrivateKeys`, `keyPasswordNeeded`, `storeKeyPasswordDiffers` */
export function theKey(contents: KeyFileContents, path: string): KeyObject {
  const keys = contents.entries.filter((entry) => entry.key !== undefined);
  const [entry] = keys;
  if (entry?.key === undefined) throw new JwtError('privateKeyMissing', [printable(path)]);
  if (keys.length > 1) {
    const names = keys.map((one) => printable(one.alias ?? 'without a name')).join(', ');
    throw new JwtError('severalPrivateKeys', [printable(path), String(keys.length), names]);
  }
  return openKey(entry.key, entry.alias, path);
}

function openKey(key: EntryKey, alias: string | undefined, path: string): KeyObject {
  if (key.state === 'open') return key.privateKey;
  if (key.reason === 'password-needed') throw new JwtError('keyPasswordNeeded', [printable(path)]);
  if (alias === undefined) throw wrongPassword(path);
  throw new JwtError('storeKeyPasswordDiffers', [printable(alias), printable(path)]);
}

function checkKey(privateKey: KeyObject, path: string): void {
  const { type, bits } = describeKey(privateKey);
  if (type !== 'RSA') throw new JwtError('keyNotRsa', [printable(path), `an ${type} key`]);
  if (!isKeySize(bits)) throw new JwtError('keySizeRefused', [printable(path), String(bits)]);
}

function theCertificate(
  certificates: readonly X509Certificate[],
  privateKey: KeyObject,
  keyPath: string,
  certificatePath: string,
): X509Certificate {
  if (certificates.length === 0) throw new JwtError('certificateMissing', [printable(certificatePath)]);
  const certificate = certificates.find((one) => belongsTo(one, privateKey));
  if (certificate === undefined) {
    throw new JwtError('keyNotOfCertificate', [printable(keyPath), printable(certificatePath)]);
  }
  return certificate;
}

function checkValidity(certificate: X509Certificate, path: string, now: Date): void {
  if (certificate.validToDate <= now) {
    throw new JwtError('certificateExpired', [printable(path), expiryDate(certificate.validToDate)]);
  }
  if (certificate.validFromDate > now) {
    throw new JwtError('certificateNotYetValid', [printable(path), expiryDate(certificate.validFromDate)]);
  }
}
