import { StateAggregator, type Connection } from '@salesforce/core';
import { JwtError } from '../errors.js';
import { shellQuoted } from '../shell-quoted.js';
import { loginCommand } from './login-command.js';
import { missingPermission, permissions, type Permission } from './permissions.js';
import { troubleIn, type Trouble } from './trouble.js';

/**
 * Runs one request to an org and turns what the org or the network refuses into an error of ours.
 *
 * @param needed what the user must be permitted to for this request
 * @throws JwtError `permissionMissing`; `loginEnded`, `loginRateReached`, `requestLimitReached`, `orgUnavailable` and
 * `recordLocked`, where another time or another login would do; `orgRequestFailed` for all else
 */
export async function asRefusal<T>(
  connection: Connection,
  request: () => Promise<T>,
  needed: Permission = permissions.read,
): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof JwtError) throw error;
    throw await toRefusal(connection, error, needed);
  }
}

async function toRefusal(connection: Connection, cause: unknown, needed: Permission): Promise<JwtError> {
  const who = connection.getUsername() ?? connection.instanceUrl;
  const message = wordsOfOrg(cause);
  const permission = missingPermission(message, needed);
  if (permission !== undefined)
    return new JwtError('permissionMissing', [who, message, permission], { cause, data: { permission } });
  const trouble = troubleIn(message);
  if (trouble === undefined) return new JwtError('orgRequestFailed', [who, message, shellQuoted(who)], { cause });
  return new JwtError(trouble, [who, message, ...(await wayOut(trouble, connection, who))], { cause });
}

/** What the actions of a trouble need to know. */
async function wayOut(trouble: Trouble, connection: Connection, who: string): Promise<readonly string[]> {
  if (trouble === 'loginEnded') return [await loginCommandOf(connection)];
  return trouble === 'requestLimitReached' ? [shellQuoted(who)] : [];
}

async function loginCommandOf(connection: Connection): Promise<string> {
  const { instanceUrl } = connection;
  const { username, clientId, privateKey, refreshToken } = connection.getAuthInfoFields();
  const { aliases } = await StateAggregator.getInstance();
  const alias = username === undefined ? undefined : aliases.get(username);
  return loginCommand({ username, alias, instanceUrl, clientId, privateKey, refreshToken });
}

/** An org that is down answers with a web page: its words, without what a browser would make of the rest. */
function withoutMarkup(message: string): string {
  if (!/<html|<!doctype/i.test(message)) return message;
  return message
    .replaceAll(/<(style|script)\b[^]*?<\/\1>/gi, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .trim()
    .slice(0, 300);
}

/** What an org or a library said, in one line: an org marks a place in a query with several. */
export function wordsOfOrg(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : undefined;
  const message = withoutMarkup(error.message).replaceAll(/\s+/g, ' ').trim();
  return code === undefined || message.includes(code) ? message : `${code}: ${message}`;
}
