import { OctetString, Sequence } from 'asn1js';
import type { EncryptedContentInfo, EncryptedData } from 'pkijs';
import { checkIterationsIn } from '../encryption-limits.js';
import { unsupported } from '../faults.js';

const pbes2 = '1.2.840.113549.1.5.13';
/** PBE with SHA-1 of PKCS#12 itself (RFC 7292 appendix C), which OpenSSL before 3, macOS and old JDKs write. */
const pkcs12Pbe: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.12.1.3',
  '1.2.840.113549.1.12.1.4',
  '1.2.840.113549.1.12.1.6',
]);

/**
 * Opens an encrypted part of a PKCS#12. Returns undefined where the password does not open it.
 * @throws JwtError `keyFileUnsupported`, `keyFileDamaged`
 */
export async function decryptContents(
  encrypted: EncryptedData,
  password: string,
  path: string,
): Promise<Uint8Array | undefined> {
  const content = encrypted.encryptedContentInfo;
  const { contentEncryptionAlgorithm } = content;
  const { algorithmId } = contentEncryptionAlgorithm;
  checkIterationsIn(contentEncryptionAlgorithm.toSchema(), path);
  if (algorithmId === pbes2) return decryptPbes2(encrypted, password);
  if (pkcs12Pbe.has(algorithmId)) return decryptPkcs12Pbe(content, password);
  throw unsupported(path, `it is encrypted with the algorithm ${algorithmId}, which is not known here`);
}

async function decryptPbes2(encrypted: EncryptedData, password: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await encrypted.decrypt({ password: new Uint8Array(Buffer.from(password, 'utf8')).buffer }));
  } catch {
    return undefined;
  }
}

/**
 * pkijs knows PBES2 only, and Node's OpenSSL has no RC2, so that old stores are opened by node-forge. It does so for private
 * keys, whose envelope (RFC 5958 section 3) is the same algorithm and octets as here.
 */
async function decryptPkcs12Pbe(content: EncryptedContentInfo, password: string): Promise<Uint8Array | undefined> {
  const { default: forge } = await import('node-forge');
  const octets = new OctetString({ valueHex: content.getEncryptedContent() });
  const envelope = new Sequence({ value: [content.contentEncryptionAlgorithm.toSchema(), octets] });
  try {
    const opened = forge.pki.decryptPrivateKeyInfo(forge.asn1.fromDer(binary(envelope.toBER(false))), password);
    return opened === null ? undefined : Buffer.from(forge.asn1.toDer(opened).getBytes(), 'latin1');
  } catch {
    return undefined;
  }
}

function binary(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('latin1');
}
