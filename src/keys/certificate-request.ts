import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Constructed, Integer, Sequence } from 'asn1js';
import { Certificate, CertificationRequest, PublicKeyInfo } from 'pkijs';
import { orDamaged } from './faults.js';
import type { CertificateRequest, InputFile } from './key-file.js';
import type { KeyMaterial } from './key-material.js';
import { formatName } from './name-format.js';
import { signDer } from './sign-der.js';

/** DER of a certificate request (PKCS#10, RFC 2986) for the key, with the subject of its certificate. */
export function writeCertificateRequest({ privateKey, certificate }: KeyMaterial): Uint8Array {
  const publicKey = PublicKeyInfo.fromBER(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
  const noAttributes = new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [] });
  const subject = Certificate.fromBER(certificate.raw).subject.toSchema();
  const value = [new Integer({ value: 0 }), subject, publicKey.toSchema(), noAttributes];
  return signDer(new Sequence({ value }), privateKey);
}

/** Reads the DER of a certificate request. @throws JwtError `keyFileDamaged` */
export async function readCertificateRequest({ path, bytes }: InputFile): Promise<CertificateRequest> {
  const request = orDamaged(path, 'its certificate request cannot be parsed', () =>
    CertificationRequest.fromBER(bytes),
  );
  const publicKey = orDamaged(path, 'the public key in it cannot be parsed', () => publicKeyOf(request));
  const subject = formatName(request.subject);
  return { subject, publicKey, signatureValid: await isSignedWithItsKey(request) };
}

function publicKeyOf(request: CertificationRequest): KeyObject {
  const key = Buffer.from(request.subjectPublicKeyInfo.toSchema().toBER(false));
  return createPublicKey({ key, type: 'spki', format: 'der' });
}

async function isSignedWithItsKey(request: CertificationRequest): Promise<boolean> {
  try {
    return await request.verify();
  } catch {
    return false;
  }
}
