import type { Connection } from '@salesforce/core';
import { JwtError } from '../errors.js';
import { shellQuoted } from '../shell-quoted.js';
import { missingPermission, permissions, type Permission } from './permissions.js';

/**
 * Runs one request to an org and turns what the org or the network refuses into an error of ours.
 *
 * @param needed what the user must be permitted to for this request
 * @throws JwtError `permissionMissing`, `orgRequestFailed`
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
    const who = connection.getUsername() ?? connection.instanceUrl;
    const message = messageOf(error);
    const permission = missingPermission(message, needed);
    if (permission === undefined)
      throw new JwtError('orgRequestFailed', [who, message, shellQuoted(who)], { cause: error });
    throw new JwtError('permissionMissing', [who, message, permission], { cause: error, data: { permission } });
  }
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

/** In one line: an org marks a place in a query with several. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : undefined;
  const message = withoutMarkup(error.message).replaceAll(/\s+/g, ' ').trim();
  return code === undefined || message.includes(code) ? message : `${code}: ${message}`;
}
