import { failed, passed, skipped, warning, type Finding } from './finding.js';
import { missingScopes } from './oauth-scopes.js';
import { quotable } from './server-text.js';
import type { Identity } from './token-use.js';

/** Whether a token acts for the user and in the org that are meant. Unknown expectations are only reported. */
export function lookAtUserAndOrg(seen: Identity, expected: Identity): Finding {
  const username = quotable(seen.username ?? '');
  const orgId = quotable(seen.orgId ?? '');
  if (differ(seen.orgId, expected.orgId, isSameId)) {
    return failed(`The token is for org ${orgId}, not for ${quotable(expected.orgId ?? '')}.`, [
      'Use the instance URL of the org that is meant: sf org display --target-org MY_ORG',
    ]);
  }
  if (differ(seen.username, expected.username, isSameUser)) {
    return failed(`The token acts for ${username}, not for ${quotable(expected.username ?? '')}.`, [
      'Check the username: it must be the exact username of the integration user in that org, which is not the email address.',
    ]);
  }
  const inOrg = orgId === '' ? 'an org that did not tell its id' : `org ${orgId}`;
  if (username === '') {
    return warning(`The token is for ${inOrg}; which user it acts for could not be read.`, [
      'Add the scope openid to the app (in metadata: OpenID), if that shall be checked.',
    ]);
  }
  return passed(`The token acts for ${username} in ${inOrg}.`);
}

/** Whether a token has the scopes that are expected; without an expectation they are only reported. */
export function lookAtScopes(scope: string | undefined, expected: readonly string[] | undefined): Finding {
  if (scope === undefined) return skipped('The answer does not name the scopes of the token.');
  const granted = namesIn(scope);
  const shown = quotable(granted.join(', '));
  const missing = missingScopes(expected ?? [], granted);
  if (missing.length > 0) {
    return failed(`The token has the scopes ${shown}; ${missing.join(', ')} missing.`, [
      `Add to the scopes of the app: ${missing.join(', ')}. A change takes a few minutes to be known.`,
    ]);
  }
  return passed(`The token has the scopes ${shown}.`);
}

/**
 * Whether a server that is no org granted what was asked for. Names are compared as they are (RFC 6749 section 3.3).
 *
 * @param asked the `scope` parameter of the request
 */
export function lookAtGrantedScope(scope: string | undefined, asked: string | undefined): Finding {
  const wanted = namesIn(asked ?? '');
  if (scope === undefined) {
    const meaning = wanted.length > 0 ? `: then it has those that were asked for (RFC 6749 section 5.1)` : '';
    return skipped(`The answer does not name the scopes of the token${meaning}.`);
  }
  const granted = namesIn(scope);
  const missing = wanted.filter((name) => !granted.includes(name));
  if (missing.length > 0) {
    return failed(`The token has the scopes ${quotable(granted.join(', '))}; ${missing.join(', ')} missing.`, [
      'Grant the client these scopes at the server, or take them out of server.scope in config/jwt-connections.json.',
    ]);
  }
  return passed(`The token has the scopes ${quotable(granted.join(', '))}.`);
}

const namesIn = (scope: string): readonly string[] => scope.split(/[\s,]+/).filter(Boolean);

/** Only what is known on both sides can differ. */
const differ = (
  seen: string | undefined,
  expected: string | undefined,
  isSame: (one: string, other: string) => boolean,
): boolean => seen !== undefined && expected !== undefined && !isSame(seen, expected);

/** An id has 15 characters, or 18 with a checksum of their case at the end. */
const isSameId = (one: string, other: string): boolean => one.slice(0, 15) === other.slice(0, 15);

/** Usernames do not distinguish case. */
const isSameUser = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
