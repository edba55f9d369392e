import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Certificate, CertificationRequest, PublicKeyInfo } from 'pkijs';
import { signingKey } from './certify.js';
import { orDamaged } from './faults.js';
import type { CertificateRequest, InputFile } from './key-file.js';
import type { KeyMaterial } from './key-material.js';
import { formatName } from './name-format.js';

/** DER of a certificate request (PKCS#10, RFC 2986) for the key, with the subject of its certificate. */
export async function writeCertificateRequest({ privateKey, certificate }: KeyMaterial): Promise<Uint8Array> {
  const request = new CertificationRequest({
    version: 0,
    subject: Certificate.fromBER(certificate.raw).subject,
    subjectPublicKeyInfo: PublicKeyInfo.fromBER(createPublicKey(privateKey).export({ type: 'spki', format: 'der' })),
    attributes: [],
  });
  await request.sign(signingKey(privateKey), 'SHA-256');
  return new Uint8Array(request.toSchema(true).toBER(false));
}

/** Reads the DER of a certificate request. @throws JwtError `keyFileDamaged` */
export async function readCertificateRequest({ path, bytes }: InputFile): Promise<CertificateRequest> {
  const request = orDamaged(path, 'its certificate request cannot be parsed', () => CertificationRequest.fromBER(bytes));
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
