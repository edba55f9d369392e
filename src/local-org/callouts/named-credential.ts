import { openStored } from '../metadata/package/candidate.js';
import { childrenNamed, textOf, type XmlElement } from '../metadata/xml/xml-element.js';
import type { LocalOrg } from '../model.js';
import { CalloutFault } from './callout-fault.js';
import { readExternalCredential } from './external-credential.js';
import { readLegacyCredential } from './legacy-credential.js';
import type { AssertionContents } from './sign-assertion.js';

/** How a Named Credential has its calls authenticated. */
export type Authentication = {
  readonly tokenEndpoint: string;
  /** Developer name of the certificate that signs. */
  readonly certificate: string;
  readonly scope?: string;
  /** Says anew what the assertion says, for it holds the time. @throws CalloutFault */
  readonly contents: () => AssertionContents;
};

/** A Named Credential as a callout needs it. */
export type NamedCredential = {
  /** Address of the API; the path of a callout goes behind it. */
  readonly url: string;
  readonly sendsToken: boolean;
  readonly authentication: Authentication;
};

/**
 * Reads a deployed Named Credential, on behalf of a user. Custom headers are not looked at.
 *
 * @throws CalloutFault where there is none, or where this user must not use it
 */
export function readNamedCredential(org: LocalOrg, name: string, userId: string): NamedCredential {
  const stored = org.components.get('NamedCredential', name);
  // Seen in the field: several public threads and projects quote it.
  if (!stored) {
    throw new CalloutFault(
      `The callout couldn't access the endpoint. You might not have the required permissions, or the named credential "${name}" might not exist.`,
    );
  }
  const { root } = openStored(stored);
  // Not a text of Salesforce's: none was found.
  if (textOf(root, 'calloutStatus') === 'Disabled') {
    throw new CalloutFault(`The named credential "${name}" is not enabled for callouts.`);
  }
  const sendsToken = textOf(root, 'generateAuthorizationHeader') !== 'false';
  if (textOf(root, 'namedCredentialType') === 'SecuredEndpoint') return { ...secured(org, root, userId), sendsToken };
  return { url: textOf(root, 'endpoint') ?? '', sendsToken, authentication: readLegacyCredential(org, root) };
}

function secured(org: LocalOrg, root: XmlElement, userId: string): Omit<NamedCredential, 'sendsToken'> {
  const parameters = childrenNamed(root, 'namedCredentialParameters');
  const ofType = (type: string): XmlElement | undefined =>
    parameters.find((parameter) => textOf(parameter, 'parameterType') === type);
  const url = ofType('Url');
  const authentication = ofType('Authentication');
  const credential = (authentication && textOf(authentication, 'externalCredential')) ?? '';
  return {
    url: (url && textOf(url, 'parameterValue')) ?? '',
    authentication: readExternalCredential(org, credential, userId),
  };
}
