import { readFileSync } from 'node:fs';
import { createKeyMaterial } from '../../../src/keys/create.js';
import type { InputFile } from '../../../src/keys/key-file.js';
import type { KeyMaterial } from '../../../src/keys/key-material.js';

/** Of the files in test/fixtures/keys, but for those with utf8 in their name. */
export const fixturePassword = 'changeit1';
export const utf8Password = 'pässwörd 1 €';

/** The clock of these tests: the fixtures are valid then. */
export const now = new Date('2027-06-01T12:00:00Z');

/** A file that openssl or keytool made, see test/fixtures/keys/make.sh. */
export function fixture(name: string): InputFile {
  return { path: name, bytes: readFileSync(new URL(`../../fixtures/keys/${name}`, import.meta.url)) };
}

let shared: Promise<KeyMaterial> | undefined;

/** Key material that all tests may share, since nothing changes it: searching a key takes a while. */
export function sharedMaterial(): Promise<KeyMaterial> {
  shared ??= createKeyMaterial({ keySize: 2048, validDays: 365, subject: { CN: 'Shared', O: 'Acme' }, now });
  return shared;
}
