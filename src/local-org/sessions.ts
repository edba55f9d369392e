import { randomBytes } from 'node:crypto';
import type { LocalOrg, Session } from './model.js';
import { isSweepDue, limitSessions, markUsed } from './session-limit.js';

/**
 * Salesforce ends a session after two hours without use by default, and notes its use only in the second half of that time
 * (Salesforce Help: session settings).
 */
const sessionTimeoutSeconds = 2 * 60 * 60;

/** Starts a session and returns its access token: `00D<15 characters>!` and a secret, as Salesforce's look. */
export function startSession(
  org: LocalOrg,
  userId: string,
  scope: string,
  app: Pick<Session, 'clientId' | 'timeoutSeconds'> = {},
): string {
  const token = `${org.id.slice(0, 15)}!AQ${randomBytes(48).toString('base64url').replaceAll('-', '.')}`;
  keepSession(org, token, { userId, issuedAt: org.now(), scope, ...app });
  return token;
}

/** Keeps a new session. Those that have run out go, and that of a user with too many that was used longest ago. */
export function keepSession(org: LocalOrg, token: string, session: Session): void {
  if (isSweepDue(org)) endExpiredSessions(org);
  org.sessions.set(token, session);
  markUsed(org, token, session.userId);
  limitSessions(org, session.userId);
}

/** The live session of an access token (from a Bearer header), or undefined. That it is asked for counts as its use. */
export function findSession(org: LocalOrg, token: string | undefined): Session | undefined {
  const session = peekSession(org, token);
  if (token === undefined || !session) return undefined;
  markUsed(org, token, session.userId);
  if (session.expiresAt === undefined && ageSeconds(org, session) > timeoutOf(session) / 2)
    org.sessions.set(token, { ...session, startedAt: session.startedAt ?? session.issuedAt, issuedAt: org.now() });
  return session;
}

/** The live session of an access token, or undefined, without using it. */
export function peekSession(org: LocalOrg, token: string | undefined): Session | undefined {
  const session = token === undefined ? undefined : org.sessions.get(token);
  if (!session || hasEnded(org, session)) return undefined;
  return org.records.get('User', session.userId)?.['IsActive'] === true ? session : undefined;
}

/**
 * Whether a session may use the APIs: tokens of apps need the scope `api`, or `full` (Salesforce Help, OAuth tokens and scopes).
 */
export function opensApis({ clientId, scope }: Session): boolean {
  return clientId === undefined || scope.split(' ').some((name) => name === 'api' || name === 'full');
}

/** SOAP takes JWTs as sessions from this API version on (`@salesforce/source-deploy-retrieve`: warning_jwt_api_version). */
const firstSoapVersionWithJwt = 68;

/** The live session of a SOAP `SessionHeader`, or undefined. */
export function findSoapSession(
  org: LocalOrg,
  token: string | undefined,
  apiVersion: string | number | undefined,
): Session | undefined {
  const session = findSession(org, token);
  return session?.expiresAt !== undefined && Number(apiVersion) < firstSoapVersionWithJwt ? undefined : session;
}

/** When a session ends if it is not used from now on, in Unix milliseconds. */
export function endOfSession(session: Session): number {
  return session.expiresAt ?? session.issuedAt + timeoutOf(session) * 1000;
}

/** The token of an `Authorization: Bearer …` (or jsforce's `OAuth …`) header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
}

/** Nobody asks for most of them again: memory and state folder would gather them for ever. */
function endExpiredSessions(org: LocalOrg): void {
  for (const [token, session] of [...org.sessions]) {
    if (hasEnded(org, session)) org.sessions.delete(token);
  }
}

function hasEnded(org: LocalOrg, session: Session): boolean {
  return org.now() > endOfSession(session);
}

function timeoutOf({ timeoutSeconds = sessionTimeoutSeconds }: Session): number {
  return timeoutSeconds;
}

function ageSeconds(org: LocalOrg, { issuedAt }: Session): number {
  return (org.now() - issuedAt) / 1000;
}
