import type { LocalOrg } from '../model.js';
import { calloutEndpoint } from './callout-endpoint.js';
import { CalloutFault } from './callout-fault.js';
import { exchangeAndCall, faultResult, type ExchangeResult, type Resource } from './exchange.js';
import { readNamedCredential, type NamedCredential } from './named-credential.js';
import { signAssertion } from './sign-assertion.js';

export type NamedCallout = {
  /** The running user. */
  readonly userId: string;
  readonly namedCredential: string;
  readonly method: string;
  /** What stands behind `callout:Name`; begins with a slash. */
  readonly path: string;
};

/**
 * Does what a callout to `callout:Name/path` does in an org: signs with the org's own key, exchanges the assertion for a token and
 * calls the API with it. Needs no remote site setting (Apex Developer Guide: Named Credentials as callout endpoints).
 */
export async function callNamedCredential(
  org: LocalOrg,
  { userId, namedCredential, method, path }: NamedCallout,
  fetch: typeof globalThis.fetch,
): Promise<ExchangeResult> {
  try {
    const credential = readNamedCredential(org, namedCredential, userId);
    const { tokenEndpoint, certificate, scope, contents } = credential.authentication;
    const keyPair = org.keyPairs.get(certificate);
    // Assumption: Named Credentials say here what Apex is known to say.
    if (!keyPair) throw new CalloutFault(`Data Not Available: ${certificate}`, 'System.NoDataFoundException');
    const resource: Resource = { url: resourceUrl(credential, path), method, sendsToken: credential.sendsToken };
    return await exchangeAndCall(
      {
        tokenEndpoint: calloutEndpoint(tokenEndpoint),
        scope,
        assertion: () => signAssertion(contents(), keyPair.privateKeyPem),
        resource: () => resource,
      },
      fetch,
    );
  } catch (error) {
    return { issued: false, ...faultResult(error) };
  }
}

/** Assumption: a slash at the end of the address and one at the beginning of the path are one. */
function resourceUrl({ url }: NamedCredential, path: string): URL {
  return calloutEndpoint(url.replace(/\/$/, '') + path);
}
