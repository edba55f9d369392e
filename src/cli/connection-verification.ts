import { readJournal } from '../apply/journal.js';
import { privateFolder } from '../private-folder.js';
import { consumerKeyHolder } from '../artifacts/server-artifacts.js';
import { isToSalesforce, type SalesforceConnection } from '../config/connection.js';
import { mergeDrafts } from '../config/draft.js';
import { JwtError } from '../errors.js';
import type { ServerRecord } from '../plan/journal-state.js';
import type { VerificationInput } from '../verification.js';
import { readDraft, requireConnection, requireSaved } from './connection-input.js';
import { realOrgs, type OrgSession } from './open-orgs.js';

export type ConnectionRequest = {
  readonly name: string;
  readonly projectRoot: string;
  readonly deadlineSeconds: number;
};

/**
 * All that is needed to verify a connection that was set up before. Opens an org only where there is no other way: the
 * client org, when its Apex signs, and the server org, when no earlier run noted the consumer key of this org's app.
 *
 * @throws JwtError `connectionUnknown`, `connectionNotSetUp`, or what an org refuses
 */
export async function resolveConnectionVerification(
  { name, projectRoot, deadlineSeconds }: ConnectionRequest,
  orgs?: OrgSession,
): Promise<VerificationInput> {
  const said = await requireSaved(await readDraft({ connection: name }, projectRoot), projectRoot);
  const connection = requireConnection({ ...said, draft: mergeDrafts(anyContact, said.draft) });
  const session = orgs ?? realOrgs();
  const { lastVerification } = await readJournal(privateFolder(projectRoot, name));
  // The local orgs of a trial may listen elsewhere than when it was noted.
  const noted = said.isSaved ? lastVerification?.server : undefined;
  const server = isToSalesforce(connection) ? await serverOf(connection, noted, session) : undefined;
  const { client } = connection;
  const clientOrg = client.type === 'external' ? undefined : await session.open(client.org, connection.apiVersion);
  return {
    connection,
    projectRoot,
    ...(server ? { server } : {}),
    ...(clientOrg ? { clientOrg } : {}),
    deadlineSeconds,
  };
}

/** The contact email reaches the app alone, and a trial may not have been told one. */
const anyContact = { server: { app: { contactEmail: 'unknown@example.com' } } } as const;

/** The connection file may name another org or app by now than the one that was noted. */
const serverOf = (
  connection: SalesforceConnection,
  noted: ServerRecord | undefined,
  session: OrgSession,
): ServerRecord | Promise<ServerRecord> =>
  noted?.org === connection.server.org && noted.app === connection.server.app.name
    ? noted
    : askServer(connection, session);

async function askServer(
  { name, server, apiVersion }: SalesforceConnection,
  session: OrgSession,
): Promise<ServerRecord> {
  const org = await session.open(server.org, apiVersion);
  const consumerKey = await org.readConsumerKey(consumerKeyHolder(server.app));
  if (consumerKey === undefined) throw new JwtError('connectionNotSetUp', [name, server.app.name, server.org, name]);
  const { orgId, instanceUrl } = org.identity;
  return { orgId, instanceUrl, consumerKey, org: server.org, app: server.app.name };
}
