import { openStored } from '../metadata/package/candidate.js';
import { childrenNamed, isTrue, textOf, type XmlElement } from '../metadata/xml/xml-element.js';
import type { LocalOrg } from '../model.js';
import { isSameName } from '../store/names.js';
import { permissionSetsOf } from '../users.js';

/**
 * Whether a user may use a principal of an External Credential: through a permission set of theirs that is deployed and has
 * an enabled `externalCredentialPrincipalAccesses` for it. Salesforce Help asks for read access to User External Credentials
 * besides, which a local org does not have.
 */
export function hasPrincipalAccess(
  org: LocalOrg,
  userId: string,
  externalCredential: string,
  principal: string,
): boolean {
  const user = org.records.get('User', userId);
  if (!user) return false;
  const wanted = `${externalCredential}-${principal}`;
  return permissionSetsOf(org, user)
    .flatMap(({ Name }) => org.components.get('PermissionSet', String(Name)) ?? [])
    .flatMap((stored) => childrenNamed(openStored(stored).root, 'externalCredentialPrincipalAccesses'))
    .some((access) => isEnabledFor(access, wanted));
}

function isEnabledFor(access: XmlElement, wanted: string): boolean {
  return isTrue(access, 'enabled') && isSameName(textOf(access, 'externalCredentialPrincipal') ?? '', wanted);
}
