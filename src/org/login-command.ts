import { shellQuoted } from '../shell-quoted.js';
import { isLoopback } from './loopback.js';

/** What the CLI keeps of a login; where it keeps a key or a token, nothing more than that is looked at. */
export type KeptLogin = {
  readonly username?: string | undefined;
  readonly alias?: string | null | undefined;
  readonly instanceUrl?: string | undefined;
  readonly clientId?: string | undefined;
  /** Path of the key file of a login by JWT. */
  readonly privateKey?: string | undefined;
  readonly refreshToken?: string | undefined;
};

/** The command that repeats a login, for a POSIX shell. A local org logs the CLI in when it starts. */
export function loginCommand({ username, alias, instanceUrl, clientId, privateKey, refreshToken }: KeptLogin): string {
  if (instanceUrl !== undefined && isLoopback(instanceUrl)) return 'sf jwt local start';
  const flags = (given: Readonly<Record<string, string | null | undefined>>): string =>
    Object.entries(given)
      .flatMap(([name, value]) => (value ? [` --${name} ${shellQuoted(value)}`] : []))
      .join('');
  const org = { 'instance-url': instanceUrl, alias };
  if (refreshToken === undefined && privateKey !== undefined)
    return `sf org login jwt${flags({ username, 'client-id': clientId, 'jwt-key-file': privateKey, ...org })}`;
  return `sf org login web${flags(org)}`;
}
