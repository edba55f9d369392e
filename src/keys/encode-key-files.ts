import { randomBytes } from 'node:crypto';
import type { X509Certificate } from 'node:crypto';
import { JwtError } from '../errors.js';
import { checkKeyName } from './key-name.js';
import type { KeyMaterial } from './key-material.js';
import { toPem } from './pem.js';
import { checkStorePassword } from './store-password.js';

export const keyFileSuffixes = ['key', 'csr', 'crt', 'pem', 'p12', 'jks'] as const;
export type KeyFileSuffix = (typeof keyFileSuffixes)[number];

/** A file to write. */
export type KeyFile = {
  readonly suffix: KeyFileSuffix;
  /** File name in the directory that the user chose, like `my_cert.key`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Permission bits from the moment of creation: files that hold a private key are their owner's alone. */
  readonly mode: 0o600 | 0o644;
};

export type EncodeOptions = {
  /** Of the stores, and of the key when it is encrypted. Without one, no stores are made. */
  readonly password?: string;
  readonly encryptKey?: boolean;
  readonly now?: Date;
  readonly random?: (size: number) => Uint8Array;
};

/**
 * Whether files of this name can be encoded with these options; to be asked before a key is made.
 * @throws JwtError `keyNameRefused`, `storePasswordRefused`, `keyEncryptionPasswordMissing`
 */
export function checkEncoding(name: string, { password, encryptKey }: EncodeOptions): void {
  checkKeyName(name);
  if (password !== undefined) checkStorePassword(password);
  else if (encryptKey === true) throw new JwtError('keyEncryptionPasswordMissing', [`${name}.key`]);
}

/**
 * Encodes key material as `<name>.key` (PKCS#8), `.csr`, `.crt` (the certificate), `.pem` (with its chain) and, with a
 * password, `.p12` and `.jks` under the alias `<name>`.
 * @throws JwtError `keyNameRefused`, `storePasswordRefused`, `keyEncryptionPasswordMissing`
 */
export async function encodeKeyFiles(
  name: string,
  material: KeyMaterial,
  options: EncodeOptions = {},
): Promise<readonly KeyFile[]> {
  checkEncoding(name, options);
  const { password } = options;
  const { writeCertificateRequest } = await import('./certificate-request.js');
  const { certificate, chain } = material;
  return [
    privateFile(name, 'key', Buffer.from(await encodeKey(material, options))),
    publicFile(name, 'csr', toPem('CERTIFICATE REQUEST', writeCertificateRequest(material))),
    publicFile(name, 'crt', certificatePem(certificate)),
    publicFile(name, 'pem', [certificate, ...chain].map(certificatePem).join('')),
    ...(password === undefined ? [] : await encodeStores(name, material, password, options)),
  ];
}

async function encodeStores(
  alias: string,
  material: KeyMaterial,
  password: string,
  { now = new Date(), random = randomBytes }: EncodeOptions,
): Promise<readonly KeyFile[]> {
  const [{ writePkcs12 }, { writeJks }] = await Promise.all([import('./pkcs12/write.js'), import('./jks/store.js')]);
  return [
    privateFile(alias, 'p12', await writePkcs12(material, alias, password)),
    privateFile(alias, 'jks', writeJks(material, { alias, password, now, random })),
  ];
}

async function encodeKey({ privateKey }: KeyMaterial, { encryptKey, password }: EncodeOptions): Promise<string> {
  if (encryptKey !== true || password === undefined) {
    return toPem('PRIVATE KEY', privateKey.export({ type: 'pkcs8', format: 'der' }));
  }
  const { encryptPrivateKey } = await import('./pkcs12/write.js');
  return toPem('ENCRYPTED PRIVATE KEY', await encryptPrivateKey(privateKey, password));
}

/** PEM of a certificate, with a newline at the end. */
export function certificatePem(certificate: X509Certificate): string {
  return toPem('CERTIFICATE', certificate.raw);
}

function privateFile(name: string, suffix: KeyFileSuffix, bytes: Uint8Array): KeyFile {
  return { suffix, name: `${name}.${suffix}`, bytes, mode: 0o600 };
}

function publicFile(name: string, suffix: KeyFileSuffix, text: string): KeyFile {
  return { suffix, name: `${name}.${suffix}`, bytes: Buffer.from(text), mode: 0o644 };
}
