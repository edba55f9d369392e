import { validateConnection } from '../config/validate.js';
import { isToSalesforce, type Connection, type SalesforceConnection } from '../config/connection.js';
import { mergeDrafts, type ConnectionDraft } from '../config/draft.js';
import type { OrgGateway } from '../org/gateway.js';
import { askForMissing, type UnnamedDraft } from './ask-connection.js';
import { canAsk } from './can-ask.js';
import { requireConnection } from './connection-input.js';
import { openGateways, type OrgSession } from './open-orgs.js';
import type { TypedFlags } from './unfit-flags.js';
import { gatewayOf, type Gateways } from '../apply/observe.js';

export type OpenConnection = {
  readonly connection: Connection;
  readonly orgs: Gateways;
  /** All that was said, with the answers of whoever was asked. */
  readonly draft: ConnectionDraft;
};

/**
 * Makes a whole connection of what somebody said about it: asks a person for what is missing, asks the server org for
 * the contact email, and opens the orgs.
 *
 * @throws JwtError `flagsMissing` where nobody can be asked; `flagsUnfit`; `refusedValue`; what the orgs refuse
 */
export async function completeConnection(
  { typed, ...said }: UnnamedDraft & { readonly typed: TypedFlags },
  session: OrgSession,
  jsonEnabled: boolean,
): Promise<OpenConnection> {
  const { name, draft } = canAsk(jsonEnabled) ? await askForMissing(said) : said;
  // Everything else is judged before an org is asked for anything.
  const whole = requireConnection({ name, typed, draft: mergeDrafts(anyContact, draft) });
  const clientOrg = whole.client.type === 'external' ? undefined : whole.client.org;
  const serverOrg = isToSalesforce(whole) ? whole.server.org : undefined;
  const orgs = await openGateways(session, { server: serverOrg, client: clientOrg, apiVersion: whole.apiVersion });
  if (!isToSalesforce(whole)) return { connection: whole, orgs, draft };
  const contactEmail = draft.server?.app?.contactEmail ?? (await emailOf(gatewayOf('server', orgs)));
  return { connection: withContact(whole, contactEmail), orgs, draft };
}

const anyContact = { server: { app: { contactEmail: 'unknown@example.com' } } } as const;

const emailOf = async (org: OrgGateway): Promise<string> => (await org.currentUser()).email;

function withContact(connection: SalesforceConnection, contactEmail: string): Connection {
  const { server } = connection;
  return validateConnection({ ...connection, server: { ...server, app: { ...server.app, contactEmail } } });
}
