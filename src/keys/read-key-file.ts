import { JwtError } from '../errors.js';
import { unsupported } from './faults.js';
import { jceksMagic, jksMagic } from './jks/codec.js';
import { readJks } from './jks/store.js';
import type { InputFile, KeyFileContents } from './key-file.js';
import { parsePem } from './pem.js';
import { printable } from './printable.js';
import { readPem } from './read-pem.js';

/**
 * Reads a private key, a certificate, a certificate request, a PEM bundle, a PKCS#12 or a JKS, whichever the content is.
 * @throws JwtError `keyFileUnreadable` (empty), `keyFileNotRecognised`, `keyFileDamaged`, `keyFileUnsupported`,
 * `keyPasswordNeeded`, `keyPasswordWrong`
 */
export async function readKeyFile(file: InputFile, password?: string): Promise<KeyFileContents> {
  const { bytes, path } = file;
  if (bytes.length === 0) throw new JwtError('keyFileUnreadable', [printable(path), 'it is empty']);
  const magic = Buffer.concat([bytes.subarray(0, 4), Buffer.alloc(4)]).readUInt32BE();
  if (magic === jksMagic) return readJks(file, password);
  if (magic === jceksMagic) throw unsupported(path, 'it is a store of the type JCEKS, and Salesforce takes JKS only');
  const blocks = parsePem(file);
  if (blocks.length > 0) return readPem(file, blocks, password);
  if (bytes[0] === sequenceTag) {
    const { readDer } = await import('./read-der.js');
    return readDer(file, password);
  }
  throw new JwtError('keyFileNotRecognised', [printable(path), 'it is neither PEM nor DER nor a JKS']);
}

const sequenceTag = 0x30;

/** Whether a password would show more of this file. @throws JwtError as `readKeyFile`, but for `keyPasswordNeeded` */
export async function wantsPassword(file: InputFile): Promise<boolean> {
  try {
    const { integrity, entries } = await readKeyFile(file);
    return integrity === 'unchecked' || entries.some(({ key }) => key?.state === 'locked');
  } catch (error) {
    if (error instanceof JwtError && error.key === 'keyPasswordNeeded') return true;
    throw error;
  }
}
