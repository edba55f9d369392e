import { createPrivateKey } from 'node:crypto';

/** What an assertion says. */
export type AssertionContents = {
  readonly header: { readonly alg: string } & Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
};

/** Signs an assertion (RFC 7515 section 5.1) and returns its compact form. */
export async function signAssertion({ header, claims }: AssertionContents, privateKeyPem: string): Promise<string> {
  const { SignJWT } = await import('jose');
  return new SignJWT({ ...claims }).setProtectedHeader({ ...header }).sign(createPrivateKey(privateKeyPem));
}
