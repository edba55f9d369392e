import type { LocalOrg } from './model.js';
import { isSameId } from './store/ids.js';

/** The `UserLogin` row that each user has (Object Reference: UserLogin): an update of it freezes or unlocks the user. */
export function addUserLogin(org: LocalOrg, userId: string): void {
  org.records.insert('UserLogin', { UserId: userId, IsFrozen: false, IsPasswordLocked: false });
}

/** Whether a user may not log in for now, being frozen or locked. */
export function isLocked(org: LocalOrg, userId: string): boolean {
  const login = org.records.all('UserLogin').find(({ UserId }) => isSameId(String(UserId), userId));
  return login?.['IsFrozen'] === true || login?.['IsPasswordLocked'] === true;
}
