import type { RouteHandler } from '../http.js';
import type { LocalOrg } from '../model.js';
import { RestRefusal } from '../rest/refusal.js';
import { isAdmin, permissionSetsOf } from '../users.js';
import { openStored } from './package/candidate.js';
import { childrenNamed, isTrue, textOf } from './xml/xml-element.js';

/** Either of them is enough (Salesforce Help, "Modify Metadata Through Metadata API Functions"). */
const permissions: readonly string[] = ['ModifyAllData', 'ModifyMetadata'];

/** What an org says to a user who may not use the Metadata API. */
export const noMetadataAccess =
  'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';

/** Whether a user may use the Metadata API: administrators, and whoever has a permission set that grants it. */
export function mayUseMetadata(org: LocalOrg, userId = ''): boolean {
  if (isAdmin(org, userId)) return true;
  const user = org.records.get('User', userId);
  if (!user) return false;
  return permissionSetsOf(org, user)
    .flatMap(({ Name }) => org.components.get('PermissionSet', String(Name)) ?? [])
    .flatMap((stored) => childrenNamed(openStored(stored).root, 'userPermissions'))
    .some((granted) => isTrue(granted, 'enabled') && permissions.includes(textOf(granted, 'name') ?? ''));
}

/** A handler of the REST side for those users. That it refuses others as the SOAP side does is an assumption. */
export const withMetadataAccess =
  (handler: RouteHandler): RouteHandler =>
  (request, org) => {
    if (!mayUseMetadata(org, request.userId)) throw new RestRefusal(403, 'INSUFFICIENT_ACCESS', noMetadataAccess);
    return handler(request, org);
  };
