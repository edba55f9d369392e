import type { KeyObject, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { JwtError } from '../errors.js';
import { belongsTo, issuersOf } from './chain.js';
import type { InputFile } from './key-file.js';
import type { KeyMaterial } from './key-material.js';
import { printable } from './printable.js';
import { readIfThere } from './read-input-file.js';
import { readKeyFile } from './read-key-file.js';

/** The private key in `<directory>/<name>.key`, or undefined where there is no such file. @throws JwtError as `readKeyFile` */
export async function readPrivateKey(
  directory: string,
  name: string,
  password?: string,
): Promise<KeyObject | undefined> {
  const file = await readIfThere(join(directory, `${name}.key`));
  return file === undefined ? undefined : privateKeyIn(file, password);
}

/**
 * Reads back what `encodeKeyFiles` wrote: `<name>.key` and `<name>.crt`, with the chain of `<name>.pem` where that is there.
 * Undefined where the key or the certificate is missing.
 * @throws JwtError as `readKeyFile`; `privateKeyMissing`, `certificateMissing`, `keyNotOfCertificate`
 */
export async function readKeyMaterial(
  directory: string,
  name: string,
  password?: string,
): Promise<KeyMaterial | undefined> {
  const [keyFile, certificateFile, pemFile] = await Promise.all(
    ['key', 'crt', 'pem'].map((suffix) => readIfThere(join(directory, `${name}.${suffix}`))),
  );
  if (keyFile === undefined || certificateFile === undefined) return undefined;
  const privateKey = await privateKeyIn(keyFile, password);
  const [certificate] = await certificatesIn(certificateFile);
  if (certificate === undefined) throw new JwtError('certificateMissing', [printable(certificateFile.path)]);
  if (!belongsTo(certificate, privateKey)) {
    throw new JwtError('keyNotOfCertificate', [printable(keyFile.path), printable(certificateFile.path)]);
  }
  const others = pemFile === undefined ? [] : await certificatesIn(pemFile);
  const isOther = (one: X509Certificate): boolean => one.fingerprint256 !== certificate.fingerprint256;
  return { privateKey, certificate, chain: issuersOf(certificate, others.filter(isOther)) };
}

async function privateKeyIn(file: InputFile, password?: string): Promise<KeyObject> {
  const contents = await readKeyFile(file, password);
  const key = contents.entries.find((entry) => entry.key !== undefined)?.key;
  if (key?.state !== 'open') throw new JwtError('privateKeyMissing', [printable(file.path)]);
  return key.privateKey;
}

async function certificatesIn(file: InputFile): Promise<readonly X509Certificate[]> {
  return (await readKeyFile(file)).entries.flatMap((entry) => entry.certificates);
}
