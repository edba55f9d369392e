import type { LocalOrg } from './model.js';

/**
 * How many sessions a user has at most. No rule of Salesforce's, but one of local orgs: a client that logs in again and again
 * would fill the memory and the state folder.
 */
const mostSessionsOfUser = 100;

const millisecondsBetweenSweeps = 60_000;

/** Tokens of each user, the one that was used longest ago first. Some may have ended. */
const used = new WeakMap<LocalOrg, Map<string, Set<string>>>();

const swept = new WeakMap<LocalOrg, number>();

/** Notes that a session was used just now. */
export function markUsed(org: LocalOrg, token: string, userId: string): void {
  const ofUser = tokensOf(org, userId);
  ofUser.delete(token);
  ofUser.add(token);
}

/** Ends the session of this user that was used longest ago, where they have too many. */
export function limitSessions(org: LocalOrg, userId: string): void {
  const ofUser = tokensOf(org, userId);
  if (ofUser.size <= mostSessionsOfUser) return;
  for (const token of ofUser) if (!org.sessions.has(token)) ofUser.delete(token);
  for (const token of [...ofUser].slice(0, -mostSessionsOfUser)) {
    ofUser.delete(token);
    org.sessions.delete(token);
  }
}

/** Whether it is time to look for sessions that have run out: at first, and then once a minute. */
export function isSweepDue(org: LocalOrg): boolean {
  const last = swept.get(org) ?? -Infinity;
  // A virtual clock may have been turned back.
  const isDue = Math.abs(org.now() - last) >= millisecondsBetweenSweeps;
  if (isDue) swept.set(org, org.now());
  return isDue;
}

function tokensOf(org: LocalOrg, userId: string): Set<string> {
  const users = used.get(org) ?? usersOf(org);
  used.set(org, users);
  return addedTo(users, userId);
}

function usersOf(org: LocalOrg): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const [token, { userId }] of org.sessions) addedTo(users, userId).add(token);
  return users;
}

function addedTo(users: Map<string, Set<string>>, userId: string): Set<string> {
  const ofUser = users.get(userId) ?? new Set<string>();
  users.set(userId, ofUser);
  return ofUser;
}
