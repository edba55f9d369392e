import { isSameName } from '../../store/names.js';
import type { Candidate } from '../package/candidate.js';
import { childrenNamed, isTrue, textOf, type XmlElement } from '../xml/xml-element.js';
import type { DeployContext } from './handler.js';

/**
 * Why a certificate cannot be deleted, or undefined where it can. That those in use must be released first was seen in the
 * field, of an identity provider; that credentials use theirs in the same way, and the text, are assumptions.
 */
export function certificateInUse(fullName: string, all: DeployContext['all']): string | undefined {
  const users = [
    ...all('Settings').filter(
      ({ fullName: name, root }) => name === 'IdentityProvider' && isProviderWith(root, fullName),
    ),
    ...all('ExternalCredential').filter(({ root }) => names(root, 'externalCredentialParameters', fullName)),
    ...all('NamedCredential').filter(({ root }) => names(root, 'namedCredentialParameters', fullName)),
  ];
  if (users.length === 0) return undefined;
  return `The certificate ${fullName} is in use and cannot be deleted: ${users.map(nameOf).join(', ')}`;
}

function isProviderWith(root: XmlElement, certificate: string): boolean {
  return isTrue(root, 'enableIdentityProvider') && isNamed(root, 'certificateName', certificate);
}

function names(root: XmlElement, parameters: string, certificate: string): boolean {
  return [root, ...childrenNamed(root, parameters)].some(
    (element) => isNamed(element, 'certificate', certificate) || isNamed(element, 'jwtSigningCertificate', certificate),
  );
}

function isNamed(element: XmlElement, field: string, certificate: string): boolean {
  return isSameName(textOf(element, field) ?? '', certificate);
}

function nameOf({ type, fullName }: Candidate): string {
  return `${type.name} ${fullName}`;
}
