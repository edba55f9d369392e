import type { X509Certificate } from 'node:crypto';
import { BmpString, OctetString } from 'asn1js';
import type { Attribute, SafeBag } from 'pkijs';
import { CertBag, PKCS8ShroudedKeyBag, PrivateKeyInfo, SafeContents } from 'pkijs';
import type { LooseCertificate, LooseKey } from '../chain.js';
import { checkIterationsIn } from '../encryption-limits.js';
import { damaged } from '../faults.js';
import type { EntryKey } from '../key-file.js';
import { parseCertificate } from '../parse-certificate.js';
import { openPrivateKey } from '../private-key.js';

const friendlyName = '1.2.840.113549.1.9.20';
const localKeyId = '1.2.840.113549.1.9.21';
const maxNesting = 8;

export type LooseContents = { readonly keys: readonly LooseKey[]; readonly certificates: readonly LooseCertificate[] };

/** Keys and certificates of some safe bags (RFC 7292 section 4.2); CRLs and secrets are skipped. @throws JwtError */
export function readBags(
  bags: readonly SafeBag[],
  password: string | undefined,
  path: string,
  nesting = 0,
): LooseContents {
  if (nesting > maxNesting) throw damaged(path, 'its contents are nested too deep');
  const parts = bags.map((bag) => readBag(bag, password, path, nesting));
  return {
    keys: parts.flatMap((part) => part.keys),
    certificates: parts.flatMap((part) => part.certificates),
  };
}

function readBag(bag: SafeBag, password: string | undefined, path: string, nesting: number): LooseContents {
  const names = attributes(bag);
  const value: unknown = bag.bagValue;
  if (value instanceof SafeContents) return readBags(value.safeBags, password, path, nesting + 1);
  if (value instanceof CertBag)
    return { keys: [], certificates: [{ ...names, certificate: readCertificate(value, path) }] };
  if (value instanceof PKCS8ShroudedKeyBag) {
    return { keys: [{ ...names, key: unshroud(value, password, path) }], certificates: [] };
  }
  if (value instanceof PrivateKeyInfo)
    return { keys: [{ ...names, key: readPlainKey(value, path) }], certificates: [] };
  return { keys: [], certificates: [] };
}

function readCertificate(bag: CertBag, path: string): X509Certificate {
  // The octets as they are: encoded anew, a certificate might lose its signature.
  const octets = bag.certValue instanceof OctetString ? bag.certValue.getValue() : new ArrayBuffer(0);
  return parseCertificate(new Uint8Array(octets), path);
}

function unshroud(bag: PKCS8ShroudedKeyBag, password: string | undefined, path: string): EntryKey {
  checkIterationsIn(bag.encryptionAlgorithm.toSchema(), path);
  const der = new Uint8Array(bag.toSchema().toBER(false));
  try {
    const privateKey = openPrivateKey({ path, format: 'der', type: 'pkcs8', der, encrypted: true }, password ?? '');
    return { state: 'open', privateKey };
  } catch {
    return { state: 'locked', reason: password === undefined ? 'password-needed' : 'other-password' };
  }
}

function readPlainKey(info: PrivateKeyInfo, path: string): EntryKey {
  const der = new Uint8Array(info.toSchema().toBER(false));
  return { state: 'open', privateKey: openPrivateKey({ path, format: 'der', type: 'pkcs8', der, encrypted: false }) };
}

function attributes(bag: SafeBag): { readonly alias?: string; readonly localKeyId?: string } {
  const all = bag.bagAttributes ?? [];
  return { alias: textValue(all, friendlyName), localKeyId: hexValue(all, localKeyId) };
}

function textValue(all: readonly Attribute[], type: string): string | undefined {
  const value = firstValue(all, type);
  return value instanceof BmpString ? value.getValue() : undefined;
}

function hexValue(all: readonly Attribute[], type: string): string | undefined {
  const value = firstValue(all, type);
  return value instanceof OctetString ? Buffer.from(value.getValue()).toString('hex') : undefined;
}

function firstValue(all: readonly Attribute[], type: string): unknown {
  return all.find((attribute) => attribute.type === type)?.values[0];
}
