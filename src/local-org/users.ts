import type { LocalOrg, SObjectRecord } from './model.js';
import { adminProfileName } from './seed.js';
import { isSameId } from './store/ids.js';

/** Whether a user is a System Administrator. */
export function isAdmin(org: LocalOrg, userId = ''): boolean {
  const user = org.records.get('User', userId);
  return org.records.get('Profile', String(user?.['ProfileId']))?.['Name'] === adminProfileName;
}

/** The permission sets assigned to a user whose assignment has not expired, and the one that stands for their profile. */
export function permissionSetsOf(org: LocalOrg, user: SObjectRecord): readonly SObjectRecord[] {
  const assigned = org.records
    .all('PermissionSetAssignment')
    .filter((row) => isSameId(String(row['AssigneeId']), user.Id) && isInForce(org, row))
    .map(({ PermissionSetId }) => String(PermissionSetId));
  const isAssigned = ({ Id }: SObjectRecord): boolean => assigned.some((id) => isSameId(id, Id));
  const isOfProfile = ({ ProfileId }: SObjectRecord): boolean =>
    typeof ProfileId === 'string' && isSameId(ProfileId, String(user['ProfileId']));
  return org.records.all('PermissionSet').filter((row) => isAssigned(row) || isOfProfile(row));
}

function isInForce(org: LocalOrg, { IsActive, ExpirationDate }: SObjectRecord): boolean {
  const end = typeof ExpirationDate === 'string' ? Date.parse(ExpirationDate) : Infinity;
  return IsActive !== false && !(end <= org.now());
}
