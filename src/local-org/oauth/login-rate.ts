import type { LocalOrg } from '../model.js';

type Hour = { readonly startedAt: number; readonly logins: number };

const hours = new WeakMap<LocalOrg, Map<string, Hour>>();
const hourMs = 60 * 60 * 1000;

/**
 * Counts a login of a user, unless there were as many within the hour as a user may have (Salesforce Help, article 000381578:
 * 3,600). Assumption: the hour starts with the first login. What was counted is forgotten when the org ends.
 *
 * @returns whether the login is within the limit
 */
export function countLogin(org: LocalOrg, userId: string): boolean {
  const counted = hours.get(org) ?? new Map<string, Hour>();
  hours.set(org, counted);
  const last = counted.get(userId);
  const age = last ? org.now() - last.startedAt : hourMs;
  const hour = last && age >= 0 && age < hourMs ? last : { startedAt: org.now(), logins: 0 };
  if (hour.logins >= org.settings.loginsPerHour) return false;
  counted.set(userId, { ...hour, logins: hour.logins + 1 });
  return true;
}
