import { JwtError } from '../errors.js';
import type { LooseCertificate, LooseKey } from './chain.js';
import { assembleEntries } from './chain.js';
import type { InputFile, KeyFileContents, KeyFileKind } from './key-file.js';
import type { PemBlock } from './pem.js';
import { parseCertificate } from './parse-certificate.js';
import { openPrivateKey } from './private-key.js';
import { printable } from './printable.js';

type BlockRole = 'certificate' | 'key' | 'request';

/** Labels of RFC 7468, and those that OpenSSL and keytool write besides. */
const roles: ReadonlyMap<string, BlockRole> = new Map([
  ['CERTIFICATE', 'certificate'],
  ['X509 CERTIFICATE', 'certificate'],
  ['PRIVATE KEY', 'key'],
  ['ENCRYPTED PRIVATE KEY', 'key'],
  ['RSA PRIVATE KEY', 'key'],
  ['EC PRIVATE KEY', 'key'],
  ['CERTIFICATE REQUEST', 'request'],
  ['NEW CERTIFICATE REQUEST', 'request'],
]);

/** What the blocks of a PEM file hold. @throws JwtError as `readKeyFile` */
export async function readPem(
  file: InputFile,
  blocks: readonly PemBlock[],
  password?: string,
): Promise<KeyFileContents> {
  const keyBlocks = withRole(blocks, 'key');
  const certificateBlocks = withRole(blocks, 'certificate');
  const [requestBlock] = withRole(blocks, 'request');
  if (keyBlocks.length + certificateBlocks.length === 0) {
    if (requestBlock === undefined) throw unknownBlocks(file, blocks);
    return readRequest(file, requestBlock);
  }
  const keys: LooseKey[] = [];
  for (const block of keyBlocks) keys.push(await readKey(block, file.path, password));
  const certificates = certificateBlocks.map(({ der }): LooseCertificate => ({
    certificate: parseCertificate(der, file.path),
  }));
  const kind = kindOf(keyBlocks.length, certificateBlocks.length);
  return { kind, encoding: 'PEM', integrity: 'none', entries: assembleEntries(keys, certificates) };
}

function kindOf(keys: number, certificates: number): KeyFileKind {
  if (keys === 1 && certificates === 0) return 'private-key';
  return keys === 0 && certificates === 1 ? 'certificate' : 'pem-bundle';
}

async function readRequest(file: InputFile, block: PemBlock): Promise<KeyFileContents> {
  const { readCertificateRequest } = await import('./certificate-request.js');
  const request = await readCertificateRequest({ path: file.path, bytes: block.der });
  return { kind: 'certificate-request', encoding: 'PEM', integrity: 'none', entries: [], request };
}

async function readKey(block: PemBlock, path: string, password?: string): Promise<LooseKey> {
  if (block.label === 'ENCRYPTED PRIVATE KEY') {
    const { checkEncryptedKey } = await import('./read-der.js');
    checkEncryptedKey({ path, bytes: block.der });
  }
  const { text, encrypted } = block;
  return { key: { state: 'open', privateKey: openPrivateKey({ path, format: 'pem', text, encrypted }, password) } };
}

function withRole(blocks: readonly PemBlock[], role: BlockRole): readonly PemBlock[] {
  return blocks.filter((block) => roles.get(block.label) === role);
}

function unknownBlocks(file: InputFile, blocks: readonly PemBlock[]): JwtError {
  const labels = [...new Set(blocks.map((block) => `"${block.label}"`))].join(', ');
  return new JwtError('keyFileNotRecognised', [printable(file.path), `it is a PEM file that holds ${labels} only`]);
}
