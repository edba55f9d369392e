import type { App } from '../apps.js';
import type { LocalOrg, SObjectRecord } from '../model.js';
import { isSameId } from '../store/ids.js';
import { isSameName } from '../store/names.js';
import { permissionSetsOf } from '../users.js';

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

function namesIt(app: App, permissionSet: SObjectRecord): boolean {
  return app.permissionSets.some(
    (name) => isSameName(name, String(permissionSet['Name'])) || isSameId(name, permissionSet.Id),
  );
}

function givesAccess(org: LocalOrg, app: App, permissionSet: SObjectRecord): boolean {
  return org.records
    .all('SetupEntityAccess')
    .some(
      ({ ParentId, SetupEntityId }) =>
        isSameId(String(ParentId), permissionSet.Id) && app.ids.some((id) => isSameId(id, String(SetupEntityId))),
    );
}

/** What Salesforce keeps of an approval (Object Reference: OauthToken); it names apps by their names. */
const approvals = 'OauthToken';

/** Whether a user approved an app for themselves, where users may. */
export function hasApproved(org: LocalOrg, app: App, user: SObjectRecord): boolean {
  return org.records
    .all(approvals)
    .some(({ AppName, UserId }) => isSameName(String(AppName), app.name) && isSameId(String(UserId), user.Id));
}

/** Keeps an approval as the approval page of an org would: once for each app and user. */
export function approve(org: LocalOrg, app: App, user: SObjectRecord): void {
  if (!hasApproved(org, app, user)) org.records.insert(approvals, { AppName: app.name, UserId: user.Id, UseCount: 0 });
}
