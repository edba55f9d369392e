import type { X509Certificate } from 'node:crypto';
import { isIssuedBy } from './chain.js';
import type { KeyDescription } from './describe-key.js';
import { describeKey } from './describe-key.js';
import { formatNodeName } from './name-format.js';
import { printable } from './printable.js';

/** What may be told of a certificate. */
export type CertificateFacts = {
  /** RFC 4514 text. */
  readonly subject: string;
  readonly issuer: string;
  readonly selfSigned: boolean;
  /** Hexadecimal. */
  readonly serialNumber: string;
  readonly fingerprint256: string;
  readonly fingerprint1: string;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: KeyDescription;
};

export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: printable(formatNodeName(certificate.subject)),
    issuer: printable(formatNodeName(certificate.issuer)),
    selfSigned: isIssuedBy(certificate, certificate),
    serialNumber: certificate.serialNumber,
    fingerprint256: certificate.fingerprint256,
    fingerprint1: certificate.fingerprint,
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    key: describeKey(certificate.publicKey),
  };
}
