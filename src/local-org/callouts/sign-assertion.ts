import { createPrivateKey } from 'node:crypto';
import { CalloutFault } from './callout-fault.js';

/** What an assertion says. */
export type AssertionContents = {
  readonly header: { readonly alg: string } & Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
};

/**
 * Signs an assertion (RFC 7515 section 5.1) and returns its compact form.
 *
 * @throws CalloutFault for a header that cannot be signed, like one with `crit` (section 4.1.11). Not a text of Salesforce's
 */
export async function signAssertion({ header, claims }: AssertionContents, privateKeyPem: string): Promise<string> {
  const { SignJWT } = await import('jose');
  const privateKey = createPrivateKey(privateKeyPem);
  try {
    return await new SignJWT({ ...claims }).setProtectedHeader({ ...header }).sign(privateKey);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CalloutFault(`A local org cannot sign this assertion: ${reason}`);
  }
}
