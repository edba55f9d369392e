import type { X509Certificate } from 'node:crypto';

/** The parts of an assertion that the token endpoint looks at, not yet trusted. */
export type Assertion = {
  readonly compact: string;
  readonly algorithm: unknown;
  readonly claims: Readonly<Record<string, unknown>>;
};

/** Takes a JWT apart (RFC 7519 section 7.2), or undefined where it is none. */
export function parseAssertion(compact: string): Assertion | undefined {
  const parts = compact.split('.');
  if (parts.length !== 3) return undefined;
  const [header, claims] = parts.slice(0, 2).map(jsonPart);
  return header && claims ? { compact, algorithm: header['alg'], claims } : undefined;
}

/** Whether the certificate's key made the signature. RS256 only (Salesforce Help: OAuth 2.0 JWT bearer flow). */
export async function isSignedBy(assertion: Assertion, certificate: X509Certificate): Promise<boolean> {
  if (assertion.algorithm !== 'RS256') return false;
  const { compactVerify } = await import('jose');
  try {
    await compactVerify(assertion.compact, certificate.publicKey, { algorithms: ['RS256'] });
    return true;
  } catch {
    return false;
  }
}

function jsonPart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
