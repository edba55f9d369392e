import { X509Certificate } from 'node:crypto';

export type AppCertificate =
  | { readonly kind: 'certificate'; readonly certificate: X509Certificate }
  | { readonly kind: 'fault'; readonly problem: string };

/** Metadata API Developer Guide, ConnectedApp: a certificate of an app has at most 4 KB. */
const maxCertificateBytes = 4096;

/**
 * Reads the certificate of an app in any of the encodings that orgs are seen to take: PEM, the base64 body alone, the
 * base64 of a whole PEM. Texts of refusals are assumptions, that there are such refusals is documented.
 */
export function readAppCertificate(text: string): AppCertificate {
  if (Buffer.byteLength(text.trim()) > maxCertificateBytes)
    return fault('Certificate is too large: the maximum is 4 KB');
  if (text.includes('PRIVATE KEY')) return fault('Invalid certificate: it holds a private key');
  const certificate = parse(text.trim());
  if (!certificate) return fault('Invalid certificate: it is no X.509 certificate in PEM format');
  if (certificate.publicKey.asymmetricKeyType !== 'rsa') return fault('Invalid certificate: its key is not an RSA key');
  return { kind: 'certificate', certificate };
}

function parse(text: string): X509Certificate | undefined {
  if (text.startsWith('-----BEGIN')) return tryParse(text);
  if (!/^[A-Za-z0-9+/=\s]+$/.test(text)) return undefined;
  return tryParse(Buffer.from(text, 'base64'));
}

function tryParse(encoded: string | Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(encoded);
  } catch {
    return undefined;
  }
}

function fault(problem: string): AppCertificate {
  return { kind: 'fault', problem };
}
