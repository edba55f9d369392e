import { validateConnection } from '../config/validate.js';
import type { Connection } from '../config/connection.js';
import { mergeDrafts } from '../config/draft.js';
import type { OrgGateway } from '../org/gateway.js';
import { askForMissing, type UnnamedDraft } from './ask-connection.js';
import { canAsk } from './can-ask.js';
import { requireConnection } from './connection-input.js';
import { openGateways, type OrgSession } from './open-orgs.js';
import type { Gateways } from '../apply/observe.js';

export type OpenConnection = { readonly connection: Connection; readonly orgs: Gateways };

/**
 * Makes a whole connection of what somebody said about it: asks a person for what is missing, asks the server org for
 * the contact email, and opens the orgs.
 *
 * @throws JwtError `flagsMissing` where nobody can be asked; `refusedValue`; what the orgs refuse
 */
export async function completeConnection(
  said: UnnamedDraft,
  session: OrgSession,
  jsonEnabled: boolean,
): Promise<OpenConnection> {
  const { name, draft } = canAsk(jsonEnabled) ? await askForMissing(said) : said;
  // Everything else is judged before an org is asked for anything.
  const whole = requireConnection({ name, draft: mergeDrafts(anyContact, draft) });
  const clientOrg = whole.client.type === 'external' ? undefined : whole.client.org;
  const { apiVersion, server } = whole;
  const orgs = await openGateways(session, { server: server.org, client: clientOrg, apiVersion });
  return { connection: withContact(whole, draft.server?.app?.contactEmail ?? (await emailOf(orgs.server))), orgs };
}

const anyContact = { server: { app: { contactEmail: 'unknown@example.com' } } } as const;

const emailOf = async (org: OrgGateway): Promise<string> => (await org.currentUser()).email;

function withContact(connection: Connection, contactEmail: string): Connection {
  const { server } = connection;
  return validateConnection({ ...connection, server: { ...server, app: { ...server.app, contactEmail } } });
}
