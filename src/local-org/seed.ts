import type { LocalOrg } from './model.js';
import { startSession } from './sessions.js';
import { salesforceDate } from './store/record-store.js';
import { addUserLogin } from './user-login.js';

/** Aliases of the two orgs that a connection needs: the one that is called, and the one that calls. */
export const defaultAliases = ['jwt-server', 'jwt-client'] as const;

/** Username of an org's System Administrator, like `admin@jwt-server.local`. */
export const adminUsernameOf = (alias: string): string => `admin@${alias}.local`;

/** Username of an org's integration user, like `integration@jwt-server.local`: may do nothing until it is approved. */
export const integrationUsernameOf = (alias: string): string => `integration@${alias}.local`;

export const adminProfileName = 'System Administrator';
export const integrationProfileName = 'Minimum Access - Salesforce';

/** What a new Developer Edition org has: the Organization row, two profiles, an administrator and an integration user. */
export function seedOrg(org: LocalOrg): void {
  org.records.update('Organization', org.id, {
    CreatedDate: salesforceDate(org.now()),
    Name: `Local org ${org.alias}`,
    InstanceName: 'LOCAL',
    IsSandbox: false,
    TrialExpirationDate: null,
    NamespacePrefix: null,
    OrganizationType: 'Developer Edition',
    LanguageLocaleKey: 'en_US',
  });
  const adminProfile = insertProfile(org, adminProfileName, 'X00eAdministrator');
  const integrationProfile = insertProfile(org, integrationProfileName, 'X00eMinimumAccess');
  insertUser(org, {
    username: adminUsernameOf(org.alias),
    firstName: 'Ada',
    lastName: 'Admin',
    profileId: adminProfile,
  });
  insertUser(org, {
    username: integrationUsernameOf(org.alias),
    firstName: 'Ian',
    lastName: 'Integration',
    profileId: integrationProfile,
  });
}

/** A session of the administrator, for the CLI that hosts the org. */
export function startAdminSession(org: LocalOrg): string {
  const admin = org.records.all('User').find(({ Username }) => Username === adminUsernameOf(org.alias));
  if (!admin) throw new TypeError(`The local org ${org.alias} has no administrator`);
  return startSession(org, admin.Id, 'full');
}

/** A profile, and the permission set that Salesforce keeps for each profile. */
function insertProfile(org: LocalOrg, name: string, permissionSetName: string): string {
  const profile = org.records.insert('Profile', { Name: name, UserType: 'Standard' });
  org.records.insert('PermissionSet', {
    Name: permissionSetName,
    Label: permissionSetName,
    IsOwnedByProfile: true,
    ProfileId: profile.Id,
    IsCustom: true,
    Type: 'Profile',
  });
  return profile.Id;
}

type NewUser = {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly profileId: string;
};

function insertUser(org: LocalOrg, user: NewUser): void {
  const { Id } = org.records.insert('User', {
    Username: user.username,
    FirstName: user.firstName,
    LastName: user.lastName,
    Name: `${user.firstName} ${user.lastName}`,
    Email: user.username,
    Alias: user.lastName.slice(0, 5).toLowerCase(),
    IsActive: true,
    ProfileId: user.profileId,
    UserType: 'Standard',
    TimeZoneSidKey: 'Europe/London',
    LocaleSidKey: 'en_GB',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
  });
  addUserLogin(org, Id);
}
