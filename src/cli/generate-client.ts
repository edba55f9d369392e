import type { Interfaces } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { readJournal } from '../apply/journal.js';
import { ensurePrivateFolder, privateFolder } from '../private-folder.js';
import { writeArtifacts, type WrittenFile } from '../apply/write-artifacts.js';
import { certificateArtifacts, clientArtifacts, grantOf } from '../artifacts/build.js';
import type { ClientType, Connection, OrgClient } from '../config/connection.js';
import { defaultAppName } from '../config/defaults.js';
import type { ConnectionDraft } from '../config/draft.js';
import { JwtError } from '../errors.js';
import type { ServerRecord } from '../plan/journal-state.js';
import { connectionFlags, type ConnectionFlags } from './connection-flags.js';
import { leftoverFiles } from './deploy-sources.js';
import { findProjectRoot, readDraft, resolveConnectionFromFlags, type SaidDraft } from './connection-input.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'generate-client');

const summary = (name: string): { summary: string } => ({ summary: messages.getMessage(`flags.${name}.summary`) });

/** The flags that every command has which generates the calling side. */
export const generateClientFlags = {
  connection: connectionFlags.connection,
  username: connectionFlags.username,
  'server-type': connectionFlags['server-type'],
  'consumer-key': Flags.string({ char: 'i', helpGroup: 'SERVER', ...summary('consumer-key') }),
  'instance-url': Flags.string({ char: 'r', helpGroup: 'SERVER', ...summary('instance-url') }),
  'token-endpoint': connectionFlags['token-endpoint'],
  issuer: connectionFlags.issuer,
  audience: connectionFlags.audience,
  'base-url': connectionFlags['base-url'],
  'token-scope': connectionFlags['token-scope'],
  claim: connectionFlags.claim,
  'client-org': connectionFlags['client-org'],
  'class-prefix': connectionFlags['class-prefix'],
  invocable: connectionFlags.invocable,
  queueable: connectionFlags.queueable,
  'certificate-source': connectionFlags['certificate-source'],
  'certificate-name': connectionFlags['certificate-name'],
  'key-size': connectionFlags['key-size'],
  'api-version': connectionFlags['api-version'],
  force: Flags.boolean({ ...summary('force') }),
} as const;

type OwnFlags = Pick<Interfaces.InferredFlags<typeof generateClientFlags>, 'consumer-key' | 'instance-url' | 'force'>;

type Generated = {
  readonly files: readonly WrittenFile[];
  /** Files of the same folder that the connection does not make. */
  readonly leftovers: readonly string[];
};

export type GenerateClientResult = Generated & { readonly connection: string };

export type GeneratedClient = Generated & {
  readonly connection: Connection;
  /** Where the client asks for tokens. */
  readonly tokenEndpoint: string;
  /** Whether setup has brought the connection to its orgs before. */
  readonly isSetUp: boolean;
};

/**
 * Writes the calling side of a connection into `jwt/<connection>/client`. No org is asked.
 *
 * @param typeOf the client type to generate, where the connection file says the one that is handed in
 * @throws JwtError `flagsMissing` or `orgFactsMissing`, `orgFlagsUnfit`, `refusedValue`, `artifactsDiffer`; what the connection
 * file is refused for
 */
export async function generateClient(
  {
    'consumer-key': consumerKey,
    'instance-url': instanceUrl,
    force,
    ...described
  }: Partial<ConnectionFlags> & OwnFlags,
  typeOf: (saved: ClientType | undefined) => OrgClient['type'],
): Promise<GeneratedClient> {
  const projectRoot = await findProjectRoot();
  const said = await readDraft(described, projectRoot);
  const given = { consumerKey, instanceUrl };
  refuseOrgFlags(said, given);
  const facts = await orgFacts(said, given, projectRoot);
  const flags = { ...described, 'client-type': typeOf(said.draft.client?.type) };
  const missing = isOAuth(said) ? [] : flagsOf(facts, false);
  const connection = await resolveConnectionFromFlags(flags, projectRoot, needs, missing);
  const grant = grantOf(connection.server, facts);
  if (grant === undefined) throw new TypeError('What an org tells of itself is asked for above.');
  const artifacts = [...certificateArtifacts(connection), ...clientArtifacts(connection, grant)];
  const files = await writeArtifacts(projectRoot, connection.name, artifacts, { force });
  // The steps that are printed put a private key there.
  if (connection.certificate.source !== 'platform') {
    await ensurePrivateFolder(projectRoot, privateFolder(projectRoot, connection.name));
  }
  const leftovers = await leftoverFiles(projectRoot, connection, 'client');
  return {
    connection,
    files,
    leftovers,
    tokenEndpoint: grant.tokenEndpoint,
    isSetUp: facts !== given && staysInPlace(described),
  };
}

const needs = ['username', 'token-endpoint', 'issuer', 'base-url'] as const;

/** What only an org can tell; another server is described by its connection. */
type OrgFacts = { readonly consumerKey?: string | undefined; readonly instanceUrl?: string | undefined };

const isOAuth = ({ draft }: SaidDraft): boolean => draft.server?.type === 'oauth2';

const flagsOf = ({ consumerKey, instanceUrl }: OrgFacts, isThere: boolean): readonly string[] =>
  [
    { flag: 'consumer-key', fact: consumerKey },
    { flag: 'instance-url', fact: instanceUrl },
  ].flatMap(({ flag, fact }) => ((fact !== undefined) === isThere ? [flag] : []));

function refuseOrgFlags(said: SaidDraft, given: OrgFacts): void {
  const flags = flagsOf(given, true).map((flag) => `--${flag}`);
  if (!isOAuth(said) || flags.length === 0) return;
  throw new JwtError('orgFlagsUnfit', [said.name ?? 'that you describe', flags.join(', ')], { data: { flags } });
}

/** What setup has noted of a saved connection, as long as nothing of it is said anew: the two belong together. */
async function orgFacts({ name, draft, isSaved }: SaidDraft, given: OrgFacts, projectRoot: string): Promise<OrgFacts> {
  if (!isSaved || name === undefined || flagsOf(given, true).length > 0) return given;
  const { lastVerification } = await readJournal(privateFolder(projectRoot, name));
  const noted = lastVerification?.server;
  return noted && isOf(noted, name, draft) ? noted : given;
}

/** Whether org and key of the client are those of the connection file. */
const staysInPlace = (flags: Partial<ConnectionFlags>): boolean =>
  (['client-org', 'certificate-source', 'certificate-name', 'key-size'] as const).every((flag) => !flags[flag]);

/** The connection file may name another org or app by now. */
const isOf = ({ org, app }: ServerRecord, name: string, { server = {} }: ConnectionDraft): boolean =>
  org === server.org && app === (server.app?.name ?? defaultAppName(name));
