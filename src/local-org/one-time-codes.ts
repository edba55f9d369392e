import { randomBytes } from 'node:crypto';
import type { LocalOrg } from './model.js';

/** Assumption: how long such a URL works is not documented; a browser opens it at once. */
const lifetimeMilliseconds = 60_000;

type Code = { readonly userId: string; readonly expiresAt: number };

/** Codes live in memory alone: they are worth nothing after the org was stopped. */
const codes = new WeakMap<LocalOrg, Map<string, Code>>();

/** A code that opens one browser session of this user. */
export function issueCode(org: LocalOrg, userId: string): string {
  const known = codes.get(org) ?? new Map<string, Code>();
  codes.set(org, known);
  for (const [code, { expiresAt }] of [...known]) if (expiresAt <= org.now()) known.delete(code);
  const code = randomBytes(32).toString('base64url');
  known.set(code, { userId, expiresAt: org.now() + lifetimeMilliseconds });
  return code;
}

/** Whose code it is; afterwards it is worth nothing. */
export function redeemCode(org: LocalOrg, code: string): string | undefined {
  const found = codes.get(org)?.get(code);
  codes.get(org)?.delete(code);
  return found && found.expiresAt > org.now() ? found.userId : undefined;
}
