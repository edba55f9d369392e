import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeySize } from '../config/connection.js';
import type { KeyMaterial } from './key-material.js';
import type { CertifyOptions } from './self-signed.js';

export type CreateOptions = CertifyOptions & { readonly keySize: KeySize };

/** Makes an RSA key and a self-signed certificate for it, in memory. @throws JwtError `subjectRefused` */
export async function createKeyMaterial({ keySize, ...options }: CreateOptions): Promise<KeyMaterial> {
  // pkijs is loaded while the key is searched for, which happens on another thread.
  const [{ privateKey }, { selfSign }] = await Promise.all([
    promisify(generateKeyPair)('rsa', { modulusLength: keySize }),
    import('./self-signed.js'),
  ]);
  return selfSign(privateKey, options);
}
