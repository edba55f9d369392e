import { isToSalesforce } from '../config/connection.js';
import type { OrgGateway } from '../org/gateway.js';
import type { KnownFacts } from '../plan/deploy-groups.js';
import { callerOf } from './caller.js';
import type { ApplyContext } from './context.js';
import { gatewayOf } from './observe.js';

/** Lets the integration user use the app. */
export async function assignPermissionSet({ connection, orgs }: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  if (!isToSalesforce(connection)) return facts;
  const { username, app } = connection.server;
  const org = gatewayOf('server', orgs);
  const user = await org.findUser(username);
  if (user) await assignOnce(org, user.id, app.permissionSet);
  return facts;
}

/** Lets a user of the client org make callouts through the Named Credential. */
export async function assignCalloutPermissionSet(
  { connection: { client }, orgs }: ApplyContext,
  facts: KnownFacts,
): Promise<KnownFacts> {
  if (client.type !== 'named-credential') return facts;
  const org = gatewayOf('client', orgs);
  const { id } = await callerOf(client, org);
  await assignOnce(org, id, client.permissionSet);
  return facts;
}

async function assignOnce(org: OrgGateway, userId: string, permissionSet: string): Promise<void> {
  if (!(await org.hasPermissionSet(userId, permissionSet))) await org.assignPermissionSet(userId, permissionSet);
}
