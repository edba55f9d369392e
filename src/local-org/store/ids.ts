import { randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const checksumAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** A new 18 character id: key prefix, 12 random characters, checksum. */
export function newId(prefix: string, random: (size: number) => Uint8Array = randomBytes): string {
  const tail = [...random(12)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return toId18(prefix + tail);
}

/**
 * The 18 character form of an id. Its last three characters say which of the first fifteen are upper case, five to a
 * character (Salesforce Help: 18 character record ids), so that tools that ignore case can tell ids apart.
 *
 * @throws TypeError when the id has neither 15 nor 18 characters.
 */
export function toId18(id: string): string {
  if (!isId(id)) throw new TypeError(`Not a Salesforce id: ${id}`);
  const id15 = id.slice(0, 15);
  return id15 + [0, 5, 10].map((start) => checksumCharacter(id15.slice(start, start + 5))).join('');
}

/** Whether a text has the form of a 15 or 18 character id. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text);
}

/** Whether two ids, each of 15 or 18 characters, are the same record's. */
export function isSameId(left: string, right: string): boolean {
  return left.slice(0, 15) === right.slice(0, 15);
}

function checksumCharacter(five: string): string {
  const bits = [...five].reduce((sum, character, index) => sum + (/[A-Z]/.test(character) ? 1 << index : 0), 0);
  return checksumAlphabet[bits] ?? '';
}
