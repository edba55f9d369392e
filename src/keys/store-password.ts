import { JwtError } from '../errors.js';

/** keytool makes no store with a shorter password, so that nobody could change such a store later. */
const minPasswordLength = 6;

/** Returns a password that a new store may have, as given. @throws JwtError `storePasswordRefused` */
export function checkStorePassword(password: string): string {
  if ([...password].length < minPasswordLength) {
    throw new JwtError('storePasswordRefused', [
      `it has fewer than ${minPasswordLength} characters, and keytool demands as many`,
    ]);
  }
  if (/\p{Cc}/u.test(password)) throw new JwtError('storePasswordRefused', ['it holds a control character']);
  return password;
}
