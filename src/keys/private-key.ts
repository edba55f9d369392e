import type { KeyObject } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import { damaged, passwordNeeded, wrongPassword } from './faults.js';

/** A private key as it stands in a file. */
export type EncodedPrivateKey = {
  readonly path: string;
  readonly encrypted: boolean;
} & (
  | { readonly format: 'pem'; readonly text: string }
  | { readonly format: 'der'; readonly type: 'pkcs1' | 'pkcs8' | 'sec1'; readonly der: Uint8Array }
);

/**
 * Opens a private key of any type.
 * @throws JwtError `keyPasswordNeeded`, `keyPasswordWrong`, `keyFileDamaged`
 */
export function openPrivateKey(encoded: EncodedPrivateKey, password?: string): KeyObject {
  if (encoded.encrypted && password === undefined) throw passwordNeeded(encoded.path);
  const passphrase = encoded.encrypted ? password : undefined;
  try {
    return encoded.format === 'pem'
      ? createPrivateKey({ key: encoded.text, format: 'pem', passphrase })
      : createPrivateKey({ key: Buffer.from(encoded.der), format: 'der', type: encoded.type, passphrase });
  } catch (cause) {
    // OpenSSL cannot tell a wrong password from damage behind the encryption.
    if (encoded.encrypted) throw wrongPassword(encoded.path, cause);
    throw damaged(encoded.path, 'its private key cannot be parsed', cause);
  }
}
