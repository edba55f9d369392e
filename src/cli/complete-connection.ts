import type { Side } from '../artifacts/artifact.js';
import { validateConnection } from '../config/validate.js';
import { isToSalesforce, type Connection, type SalesforceConnection } from '../config/connection.js';
import { mergeDrafts, type ConnectionDraft } from '../config/draft.js';
import type { OrgGateway } from '../org/gateway.js';
import { askForMissing, type UnnamedDraft } from './ask-connection.js';
import { canAsk } from './can-ask.js';
import { requireConnection, type SaidDraft } from './connection-input.js';
import { openGateways, type OrgSession } from './open-orgs.js';
import type { Gateways } from '../apply/observe.js';

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
 * @param sidesOf the sides whose orgs are needed; the orgs of others are not opened, and the contact email, which is for the
 * server side, is made up where that is not needed
 * @throws JwtError `flagsMissing` where nobody can be asked; `flagsUnfit`; `refusedValue`; what the orgs refuse
 */
export async function completeConnection(
  { typed, known, ...said }: UnnamedDraft & Pick<SaidDraft, 'typed' | 'known'>,
  session: OrgSession,
  jsonEnabled: boolean,
  sidesOf: (connection: Connection) => readonly Side[] = () => ['server', 'client'],
): Promise<OpenConnection> {
  const { name, draft } = canAsk(jsonEnabled) ? await askForMissing(said) : said;
  // Everything else is judged before an org is asked for anything.
  const whole = requireConnection({ name, typed, known, draft: mergeDrafts(anyContact, draft) });
  const orgs = await openSides(whole, sidesOf(whole), session);
  if (!isToSalesforce(whole) || orgs.server === undefined) return { connection: whole, orgs, draft };
  const contactEmail = draft.server?.app?.contactEmail ?? (await emailOf(orgs.server));
  return { connection: withContact(whole, contactEmail), orgs, draft };
}

function openSides(connection: Connection, sides: readonly Side[], session: OrgSession): Promise<Gateways> {
  const { server, client, apiVersion } = connection;
  return openGateways(session, {
    server: server.type === 'salesforce' && sides.includes('server') ? server.org : undefined,
    client: client.type !== 'external' && sides.includes('client') ? client.org : undefined,
    apiVersion,
  });
}

const anyContact = { server: { app: { contactEmail: 'unknown@example.com' } } } as const;

const emailOf = async (org: OrgGateway): Promise<string> => (await org.currentUser()).email;

function withContact(connection: SalesforceConnection, contactEmail: string): Connection {
  const { server } = connection;
  return validateConnection({ ...connection, server: { ...server, app: { ...server.app, contactEmail } } });
}
