import { X509Certificate } from 'node:crypto';
import { orDamaged } from './faults.js';

/** Parses the DER of a certificate, down to its dates and its public key. @throws JwtError `keyFileDamaged` */
export function parseCertificate(der: Uint8Array, path: string): X509Certificate {
  return orDamaged(path, 'a certificate in it cannot be parsed', () => {
    const certificate = new X509Certificate(Buffer.from(der));
    // Both are parsed on demand only: a fault in them shall show here and not anywhere later.
    certificate.publicKey.export({ type: 'spki', format: 'der' });
    certificate.validFromDate.toISOString();
    certificate.validToDate.toISOString();
    return certificate;
  });
}
