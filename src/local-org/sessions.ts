import { randomBytes } from 'node:crypto';
import type { LocalOrg, Session } from './model.js';

/**
 * Salesforce ends a session after two hours without use by default, and notes its use only in the second half of that time
 * (Salesforce Help: session settings).
 */
export const sessionTimeoutSeconds = 2 * 60 * 60;

/** Starts a session and returns its access token: `00D<15 characters>!` and a secret, as Salesforce's look. */
export function startSession(org: LocalOrg, userId: string, scope: string): string {
  const token = `${org.id.slice(0, 15)}!AQ${randomBytes(48).toString('base64url').replaceAll('-', '.')}`;
  org.sessions.set(token, { userId, issuedAt: org.now(), scope });
  return token;
}

/** The live session of an access token (from a Bearer header or a SOAP `SessionHeader`), or undefined. */
export function findSession(org: LocalOrg, token: string | undefined): Session | undefined {
  const session = token === undefined ? undefined : org.sessions.get(token);
  if (token === undefined || !session || hasEnded(org, session)) return undefined;
  if (org.records.get('User', session.userId)?.['IsActive'] !== true) return undefined;
  if (ageSeconds(org, session) > sessionTimeoutSeconds / 2)
    org.sessions.set(token, { ...session, issuedAt: org.now() });
  return session;
}

/** The token of an `Authorization: Bearer …` (or jsforce's `OAuth …`) header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
}

/** Forgets sessions that have run out; a state folder would gather them for ever. */
export function endExpiredSessions(org: LocalOrg): void {
  for (const [token, session] of [...org.sessions]) {
    if (hasEnded(org, session)) org.sessions.delete(token);
  }
}

function hasEnded(org: LocalOrg, session: Session): boolean {
  return ageSeconds(org, session) > sessionTimeoutSeconds;
}

function ageSeconds(org: LocalOrg, { issuedAt }: Session): number {
  return (org.now() - issuedAt) / 1000;
}
