import type { X509Certificate } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import { describeKey, expiryDate, isKeySize } from '../keys/describe-key.js';
import type { InputFile, KeyFileContents } from '../keys/key-file.js';
import { printable } from '../keys/printable.js';
import { readInputFile } from '../keys/read-input-file.js';
import { readKeyFile } from '../keys/read-key-file.js';
import { privateFolder } from '../private-folder.js';

/**
 * Reads the certificate that an earlier command made for a connection.
 *
 * @param now Unix time in milliseconds
 * @throws noCertificateYet, or what `readValidCertificate` throws
 */
export async function readConnectionCertificate(
  projectRoot: string,
  { name, certificate }: Connection,
  now: number,
): Promise<X509Certificate> {
  const path = join(privateFolder(projectRoot, name), `${certificate.name}.crt`);
  try {
    await access(path);
  } catch (cause) {
    throw new JwtError('noCertificateYet', [name, relative(projectRoot, path)], { cause });
  }
  return readValidCertificate(path, now);
}

/**
 * Reads an RSA certificate, as PEM or DER, that is valid now.
 *
 * @param path The file as the user named it, for reading and for messages
 * @param now Unix time in milliseconds
 * @throws all of `readInputFile` and `readKeyFile`; certificateFileNeeded, certificateMissing, keyNotRsa, keySizeRefused,
 * certificateExpired, certificateNotYetValid
 */
export async function readValidCertificate(path: string, now: number): Promise<X509Certificate> {
  const certificate = certificateIn(await contentsOf(await readInputFile(path)), path);
  checkPublicKey(certificate, path);
  if (certificate.validToDate.getTime() < now) {
    throw new JwtError('certificateExpired', [printable(path), expiryDate(certificate.validToDate)]);
  }
  if (certificate.validFromDate.getTime() > now) {
    throw new JwtError('certificateNotYetValid', [printable(path), expiryDate(certificate.validFromDate)]);
  }
  return certificate;
}

/** No password is asked for here: a certificate is public, so that a file which needs one is the wrong file. */
async function contentsOf(file: InputFile): Promise<KeyFileContents> {
  try {
    return await readKeyFile(file);
  } catch (cause) {
    if (!(cause instanceof JwtError) || cause.key !== 'keyPasswordNeeded') throw cause;
    throw fileNeeded(file.path, 'protected with a password', cause);
  }
}

function certificateIn({ kind, entries }: KeyFileContents, path: string): X509Certificate {
  if (kind === 'jks') throw fileNeeded(path, 'a JKS');
  if (kind === 'pkcs12') throw fileNeeded(path, 'a PKCS#12');
  const [certificate] = entries.flatMap(({ certificates }) => certificates);
  if (certificate === undefined) throw new JwtError('certificateMissing', [printable(path)]);
  return certificate;
}

function checkPublicKey({ publicKey }: X509Certificate, path: string): void {
  const { type, bits } = describeKey(publicKey);
  if (type !== 'RSA') throw new JwtError('keyNotRsa', [printable(path), `an ${type} key`]);
  if (!isKeySize(bits)) throw new JwtError('keySizeRefused', [printable(path), String(bits)]);
}

function fileNeeded(path: string, what: string, cause?: unknown): JwtError {
  return new JwtError('certificateFileNeeded', [printable(path), what], { cause });
}
