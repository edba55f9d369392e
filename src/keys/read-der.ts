import type { AsnType } from 'asn1js';
import { BitString, fromBER, Integer, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import { JwtError } from '../errors.js';
import { asn1Children } from './asn1-children.js';
import { checkIterationsIn } from './encryption-limits.js';
import { damaged, orDamaged } from './faults.js';
import type { InputFile, KeyFileContents } from './key-file.js';
import { parseCertificate } from './parse-certificate.js';
import type { EncodedPrivateKey } from './private-key.js';
import { openPrivateKey } from './private-key.js';
import { printable } from './printable.js';

type DerShape = 'certificate' | 'request' | 'pkcs1' | 'pkcs8' | 'sec1' | 'encrypted-pkcs8' | 'pkcs12';

/** What a DER file holds, by its ASN.1 shape. @throws JwtError as `readKeyFile` */
export async function readDer(file: InputFile, password?: string): Promise<KeyFileContents> {
  const shape = shapeOf(parse(file));
  switch (shape) {
    case 'pkcs12': {
      const { readPkcs12 } = await import('./pkcs12/read.js');
      return readPkcs12(file, password);
    }
    case 'request': {
      const { readCertificateRequest } = await import('./certificate-request.js');
      const request = await readCertificateRequest(file);
      return { kind: 'certificate-request', encoding: 'DER', integrity: 'none', entries: [], request };
    }
    case 'certificate':
      return readCertificate(file);
    case 'encrypted-pkcs8':
      checkEncryptedKey(file);
      return readKey(file, { type: 'pkcs8', encrypted: true }, password);
    case 'pkcs1':
    case 'pkcs8':
    case 'sec1':
      return readKey(file, { type: shape, encrypted: false });
    default:
      throw new JwtError('keyFileNotRecognised', [
        printable(file.path),
        'it is DER, but neither a key nor a certificate nor a store',
      ]);
  }
}

/** @throws JwtError `keyFileDamaged` unless these bytes are an EncryptedPrivateKeyInfo with a bearable count of rounds */
export function checkEncryptedKey(file: InputFile): void {
  const root = parse(file);
  if (shapeOf(root) !== 'encrypted-pkcs8') throw damaged(file.path, 'its encrypted private key cannot be parsed');
  checkIterationsIn(root, file.path);
}

function parse({ path, bytes }: InputFile): AsnType {
  return orDamaged(path, 'its DER cannot be parsed', () => {
    const { offset, result } = fromBER(bytes);
    if (offset === -1) throw damaged(path, 'it is cut off, or its DER cannot be parsed');
    if (offset < bytes.length) throw damaged(path, `${bytes.length - offset} bytes follow after its end`);
    return result;
  });
}

function readCertificate({ path, bytes }: InputFile): KeyFileContents {
  const entry = { certificates: [parseCertificate(bytes, path)] };
  return { kind: 'certificate', encoding: 'DER', integrity: 'none', entries: [entry] };
}

type KeyEncoding = Pick<Extract<EncodedPrivateKey, { format: 'der' }>, 'type' | 'encrypted'>;

function readKey({ path, bytes }: InputFile, encoding: KeyEncoding, password?: string): KeyFileContents {
  const privateKey = openPrivateKey({ path, format: 'der', der: bytes, ...encoding }, password);
  const entry = { key: { state: 'open', privateKey }, certificates: [] } as const;
  return { kind: 'private-key', encoding: 'DER', integrity: 'none', entries: [entry] };
}

/** By the outermost types: RFC 5280, 2986, 8017 (A.1.2), 5958, 5915 and 7292 begin in ways that tell them apart. */
function shapeOf(root: AsnType): DerShape | undefined {
  const [first, second, third] = asn1Children(root);
  if (first instanceof Integer) return numberedShape(second, third);
  if (!(first instanceof Sequence)) return undefined;
  if (second instanceof OctetString) return 'encrypted-pkcs8';
  return second instanceof Sequence && third instanceof BitString ? signedShape(first) : undefined;
}

/** What begins with the number of its version. */
function numberedShape(second: unknown, third: unknown): DerShape | undefined {
  if (second instanceof Integer) return 'pkcs1';
  if (second instanceof OctetString) return 'sec1';
  if (!(second instanceof Sequence)) return undefined;
  if (third instanceof OctetString) return 'pkcs8';
  return asn1Children(second)[0] instanceof ObjectIdentifier ? 'pkcs12' : undefined;
}

/** Version, subject, public key and attributes make a request; a certificate has an algorithm where that has a subject. */
function signedShape(signed: Sequence): DerShape {
  const [version, , , attributes] = asn1Children(signed);
  // In a certificate of version 1, the fourth is its validity: a SEQUENCE.
  return version instanceof Integer && !(attributes instanceof Sequence) ? 'request' : 'certificate';
}
