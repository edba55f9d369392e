import type { ContentInfo, SafeBag } from 'pkijs';
import { AuthenticatedSafe, EncryptedData, PFX, SafeContents } from 'pkijs';
import { OctetString } from 'asn1js';
import type { LooseKey } from '../chain.js';
import { assembleEntries } from '../chain.js';
import { checkIterations } from '../encryption-limits.js';
import { damaged, orDamaged, passwordNeeded, unsupported, wrongPassword } from '../faults.js';
import type { InputFile, KeyFileContents } from '../key-file.js';
import { readBags } from './bags.js';
import { decryptContents } from './decrypt.js';

const dataType = '1.2.840.113549.1.7.1';
const encryptedDataType = '1.2.840.113549.1.7.6';
const malformed = 'it is not laid out as a PKCS#12';

/**
 * Opens a PKCS#12 (RFC 7292) as OpenSSL, keytool, macOS and we write it. Without a password, the empty one is tried.
 * @throws JwtError `keyPasswordNeeded`, `keyPasswordWrong`, `keyFileDamaged`, `keyFileUnsupported`
 */
export async function readPkcs12({ path, bytes }: InputFile, password?: string): Promise<KeyFileContents> {
  const pfx = parsePfx(path, bytes);
  const secret = password ?? '';
  const closed = password === undefined ? passwordNeeded(path) : wrongPassword(path);
  const seal = await checkSeal(pfx, secret, path);
  if (seal === 'broken' && password === undefined) throw closed;
  const bags = await openBags(pfx, secret, path);
  if (bags === undefined) throw closed;
  // The password opens what is encrypted, so that it is right, and the store is not what was sealed.
  if (seal === 'broken') throw damaged(path, 'its contents were changed after it was sealed');
  const { keys, certificates } = readBags(bags, password, path);
  // Without a seal, nothing else has proved the password right.
  if (seal === 'none' && password !== undefined && keys.some(isLocked)) throw closed;
  return {
    kind: 'pkcs12',
    encoding: 'DER',
    integrity: integrityBy[seal],
    entries: assembleEntries(keys, certificates),
  };
}

const integrityBy = { fits: 'verified', none: 'none' } as const;

function parsePfx(path: string, bytes: Uint8Array): PFX {
  const pfx = orDamaged(path, malformed, () => PFX.fromBER(bytes));
  if (pfx.authSafe.contentType === dataType) return pfx;
  throw unsupported(path, 'it is sealed with a certificate instead of a password');
}

const isLocked = ({ key }: LooseKey): boolean => key.state === 'locked';

async function checkSeal(pfx: PFX, password: string, path: string): Promise<'fits' | 'broken' | 'none'> {
  if (pfx.macData === undefined) return 'none';
  // pkijs says 0 for a number that is too big for it.
  checkIterations(pfx.macData.iterations === 0 ? Infinity : (pfx.macData.iterations ?? 1), path);
  try {
    await pfx.parseInternalValues({ password: utf8(password), checkIntegrity: true });
    return 'fits';
  } catch (cause) {
    if (cause instanceof Error && cause.message.startsWith('Integrity')) return 'broken';
    throw unsupported(path, 'its seal cannot be verified: it is made in a way that is not known here', cause);
  }
}

/** Undefined where the password does not open an encrypted part. */
async function openBags(pfx: PFX, password: string, path: string): Promise<readonly SafeBag[] | undefined> {
  const safe = orDamaged(path, malformed, () => AuthenticatedSafe.fromBER(octets(pfx.authSafe)));
  const bags: SafeBag[] = [];
  for (const info of safe.safeContents) {
    const contents = await openContents(info, password, path);
    if (contents === undefined) return undefined;
    bags.push(...contents.safeBags);
  }
  return bags;
}

async function openContents(info: ContentInfo, password: string, path: string): Promise<SafeContents | undefined> {
  if (info.contentType === dataType) {
    return orDamaged(path, malformed, () => SafeContents.fromBER(octets(info)));
  }
  if (info.contentType !== encryptedDataType) throw unsupported(path, 'a part of it is not encrypted with a password');
  const encrypted = orDamaged(path, malformed, () => new EncryptedData({ schema: info.content }));
  const plain = await decryptContents(encrypted, password, path);
  try {
    return plain === undefined ? undefined : SafeContents.fromBER(plain);
  } catch {
    // Padding fits by chance for one wrong password in 256, and what comes out is junk.
    return undefined;
  }
}

function octets(info: ContentInfo): ArrayBuffer {
  const content: unknown = info.content;
  if (!(content instanceof OctetString)) throw new TypeError('not an OCTET STRING');
  return content.getValue();
}

function utf8(password: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(password, 'utf8')).buffer;
}
