import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeySize } from '../config/connection.js';
import type { CertifyOptions } from './certify.js';
import type { KeyMaterial } from './key-material.js';

export type CreateOptions = CertifyOptions & { readonly keySize: KeySize };

/** Makes an RSA key and a self-signed certificate for it, in memory. @throws JwtError `subjectRefused` */
export async function createKeyMaterial({ keySize, ...options }: CreateOptions): Promise<KeyMaterial> {
  // Loaded while the key is searched for, which happens on another thread.
  const [{ privateKey }, { certifyKey }] = await Promise.all([
    promisify(generateKeyPair)('rsa', { modulusLength: keySize }),
    import('./certify.js'),
  ]);
  return certifyKey(privateKey, options);
}
