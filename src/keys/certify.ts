import type { KeyObject } from 'node:crypto';
import type { KeyMaterial } from './key-material.js';
import type { CertifyOptions } from './self-signed.js';

/**
 * Makes a self-signed certificate for a key that is there already, for a run that goes on where another one was killed.
 * @throws JwtError `subjectRefused`
 */
export async function certifyKey(privateKey: KeyObject, options: CertifyOptions): Promise<KeyMaterial> {
  const { selfSign } = await import('./self-signed.js');
  return selfSign(privateKey, options);
}
