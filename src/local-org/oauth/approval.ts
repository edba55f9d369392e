import type { App } from '../apps.js';
import type { LocalOrg, SObjectRecord } from '../model.js';
import { isSameId } from '../store/ids.js';

/**
 * Whether an administrator approved this user for this app in advance: through a permission set or profile that the app
 * names, or through one that a `SetupEntityAccess` row gives the app to.
 */
export function isPreApproved(org: LocalOrg, app: App, user: SObjectRecord): boolean {
  const profile = org.records.get('Profile', String(user['ProfileId']));
  if (app.profiles.includes(String(profile?.['Name']))) return true;
  return permissionSetsOf(org, user).some(
    (permissionSet) => namesIt(app, permissionSet) || givesAccess(org, app, permissionSet),
  );
}

/** The permission sets assigned to a user, and the one that stands for their profile. */
function permissionSetsOf(org: LocalOrg, user: SObjectRecord): readonly SObjectRecord[] {
  const assigned = org.records
    .all('PermissionSetAssignment')
    .filter(({ AssigneeId, IsActive }) => IsActive !== false && isSameId(String(AssigneeId), user.Id))
    .map(({ PermissionSetId }) => String(PermissionSetId));
  const isAssigned = ({ Id }: SObjectRecord): boolean => assigned.some((id) => isSameId(id, Id));
  const isOfProfile = ({ ProfileId }: SObjectRecord): boolean =>
    typeof ProfileId === 'string' && isSameId(ProfileId, String(user['ProfileId']));
  return org.records.all('PermissionSet').filter((row) => isAssigned(row) || isOfProfile(row));
}

function namesIt(app: App, permissionSet: SObjectRecord): boolean {
  return app.permissionSets.some((name) => name === permissionSet['Name'] || isSameId(name, permissionSet.Id));
}

function givesAccess(org: LocalOrg, app: App, permissionSet: SObjectRecord): boolean {
  return org.records
    .all('SetupEntityAccess')
    .some(
      ({ ParentId, SetupEntityId }) =>
        isSameId(String(ParentId), permissionSet.Id) && app.ids.some((id) => isSameId(id, String(SetupEntityId))),
    );
}
