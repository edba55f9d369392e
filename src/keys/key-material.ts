import type { KeyObject, X509Certificate } from 'node:crypto';

/** A private key and the certificate that belongs to it. In memory only: whoever writes it decides on file modes. */
export type KeyMaterial = {
  readonly privateKey: KeyObject;
  readonly certificate: X509Certificate;
  /** Issuers above the certificate, nearest first; empty for a self-signed one. */
  readonly chain: readonly X509Certificate[];
};
