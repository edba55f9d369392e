import type { NamedCredentialClient } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { OrgGateway, OrgUser } from '../org/gateway.js';
import { shellQuoted } from '../shell-quoted.js';

/**
 * The user of the client org who is to make callouts: the one that is named, else whom the CLI is logged in as.
 *
 * @throws JwtError `userNotInOrg`, `userInactive`
 */
export async function callerOf(client: NamedCredentialClient, org: OrgGateway): Promise<OrgUser> {
  if (client.username === undefined) return org.currentUser();
  return requireActiveUser(client.username, client.org, org);
}

/** @throws JwtError `userNotInOrg`, `userInactive` */
export async function requireActiveUser(username: string, orgName: string, org: OrgGateway): Promise<OrgUser> {
  const user = await org.findUser(username);
  if (!user) throw new JwtError('userNotInOrg', [username, orgName, shellQuoted(orgName)]);
  if (!user.isActive) throw new JwtError('userInactive', [username, orgName]);
  return user;
}
