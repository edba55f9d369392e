import type { KeyObject, X509Certificate } from 'node:crypto';

/** A file to read: its bytes, and its path as the user typed it, for messages. */
export type InputFile = { readonly path: string; readonly bytes: Uint8Array };

/** Salesforce imports none of them as PKCS#12; the rules in `inspect/` say which kind is good for what. */
export type KeyFileKind = 'private-key' | 'certificate' | 'certificate-request' | 'pem-bundle' | 'pkcs12' | 'jks';

/** `none`: the kind has no seal. `unchecked`: it has one, which only a password can verify. */
export type Integrity = 'verified' | 'unchecked' | 'none';

/** What a key file holds. In memory only: it may hold an open private key. */
export type KeyFileContents = {
  readonly kind: KeyFileKind;
  readonly encoding: 'PEM' | 'DER' | 'JKS';
  readonly integrity: Integrity;
  readonly entries: readonly KeyEntry[];
  readonly request?: CertificateRequest;
};

/** A key, a certificate, or both together under one alias. */
export type KeyEntry = {
  /** Stores only. */
  readonly alias?: string;
  readonly key?: EntryKey;
  /** The certificate of the key first, then its issuers. */
  readonly certificates: readonly X509Certificate[];
};

export type EntryKey =
  | { readonly state: 'open'; readonly privateKey: KeyObject }
  | { readonly state: 'locked'; readonly reason: 'password-needed' | 'other-password' };

export type CertificateRequest = {
  /** RFC 4514 text. */
  readonly subject: string;
  readonly publicKey: KeyObject;
  /** Whether the request is signed with the key that it asks a certificate for. */
  readonly signatureValid: boolean;
};
