import { createHash } from 'node:crypto';
import type { KeyObject, X509Certificate } from 'node:crypto';
import { BmpString, OctetString } from 'asn1js';
import {
  Attribute,
  AuthenticatedSafe,
  CertBag,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
} from 'pkijs';
import type { KeyMaterial } from '../key-material.js';

/** As many rounds as JDK 17 makes, which every reader of a store bears. */
const storeRounds = 10_000;
/** OWASP Password Storage Cheat Sheet, for PBKDF2 with SHA-256. A store gains nothing: its seal is as quick to try. */
const keyRounds = 600_000;

/** PBES2 (RFC 8018): AES-256-CBC with a key from PBKDF2. */
const encryption = {
  contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256 },
  hmacHashAlgorithm: 'SHA-256',
} as const;

const keyBagType = '1.2.840.113549.1.12.10.1.2';
const certBagType = '1.2.840.113549.1.12.10.1.3';
const x509Type = '1.2.840.113549.1.9.22.1';

/** A PKCS#12 (RFC 7292) with one key under this alias, its certificate and chain. */
export async function writePkcs12(material: KeyMaterial, alias: string, password: string): Promise<Uint8Array> {
  const secret = utf8(password);
  const names = bagAttributes(alias, material.certificate);
  const certificates = [material.certificate, ...material.chain].map((certificate, index) =>
    certificateBag(certificate, index === 0 ? names : []),
  );
  const key = new SafeBag({
    bagId: keyBagType,
    bagValue: await shroudKey(material.privateKey, secret, storeRounds),
    bagAttributes: names,
  });
  const authenticatedSafe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        { privacyMode: 1, value: new SafeContents({ safeBags: certificates }) },
        { privacyMode: 0, value: new SafeContents({ safeBags: [key] }) },
      ],
    },
  });
  await authenticatedSafe.makeInternalValues({
    safeContents: [{ password: secret, ...encryption, iterationCount: storeRounds }, {}],
  });
  const pfx = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe } });
  await pfx.makeInternalValues({
    password: secret,
    iterations: storeRounds,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  });
  return new Uint8Array(pfx.toSchema().toBER(false));
}

/** DER of a private key as EncryptedPrivateKeyInfo (RFC 5958) with PBES2 and AES-256-CBC. */
export async function encryptPrivateKey(privateKey: KeyObject, password: string): Promise<Uint8Array> {
  const bag = await shroudKey(privateKey, utf8(password), keyRounds);
  return new Uint8Array(bag.toSchema().toBER(false));
}

async function shroudKey(
  privateKey: KeyObject,
  password: ArrayBuffer,
  iterationCount: number,
): Promise<PKCS8ShroudedKeyBag> {
  const info = PrivateKeyInfo.fromBER(privateKey.export({ type: 'pkcs8', format: 'der' }));
  const bag = new PKCS8ShroudedKeyBag({ parsedValue: info });
  await bag.makeInternalValues({ password, ...encryption, iterationCount });
  return bag;
}

function certificateBag(certificate: X509Certificate, bagAttributes: Attribute[]): SafeBag {
  const bagValue = new CertBag({ certId: x509Type, certValue: new OctetString({ valueHex: certificate.raw }) });
  return new SafeBag({ bagId: certBagType, bagValue, bagAttributes });
}

/** Name and key id, by which readers put key and certificate together. */
function bagAttributes(alias: string, certificate: X509Certificate): Attribute[] {
  const keyId = createHash('sha1').update(certificate.raw).digest();
  return [
    new Attribute({ type: '1.2.840.113549.1.9.20', values: [new BmpString({ value: alias })] }),
    new Attribute({ type: '1.2.840.113549.1.9.21', values: [new OctetString({ valueHex: keyId })] }),
  ];
}

function utf8(password: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(password, 'utf8')).buffer;
}
