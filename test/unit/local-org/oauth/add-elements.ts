import type { LocalOrg } from '../../../../src/local-org/model.js';
import { putComponent, userId } from '../hosted-org.js';

/** Adds elements to a component that is there, at the end of its root. */
export function addElements(org: LocalOrg, type: string, elements: string, fullName = 'Crm'): void {
  const stored = org.components.get(type, fullName);
  if (!stored) throw new Error(`no ${type} ${fullName}`);
  const files = [...stored.files].map(
    ([path, content]) =>
      [
        path,
        Buffer.from(
          Buffer.from(content)
            .toString('utf8')
            .replace(/<\/\w+>\s*$/, (end) => elements + end),
        ),
      ] as const,
  );
  org.components.put({ ...stored, files: new Map(files) });
}

/** Has an External Client App issue JWTs. */
export function issueJwts(org: LocalOrg): void {
  addElements(org, 'ExtlClntAppGlobalOauthSettings', '<isNamedUserJwtEnabled>true</isNamedUserJwtEnabled>');
}

/** Puts the profile of the integration user into the org, with what it says of logins. */
export function putProfile(org: LocalOrg, inner: string): void {
  const name = 'Minimum Access - Salesforce';
  putComponent(org, 'Profile', name, `profiles/${name}.profile`, inner);
}

export function putSessionSetting(org: LocalOrg, inner: string): void {
  const profile = '<profile>minimum access - salesforce</profile>';
  const path = 'profileSessionSettings/Integration.profileSessionSetting';
  putComponent(org, 'ProfileSessionSetting', 'Integration', path, `${profile}${inner}`);
}

/** Id of the row that freezes a user. */
export function userLoginId(org: LocalOrg, username: string): string {
  const id = userId(org, username);
  return org.records.all('UserLogin').find(({ UserId }) => UserId === id)?.Id ?? '';
}
