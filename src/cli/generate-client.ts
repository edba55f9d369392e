import type { Interfaces } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { writeArtifacts, type WrittenFile } from '../apply/write-artifacts.js';
import { certificateArtifacts, clientArtifacts, grantOf } from '../artifacts/build.js';
import type { ClientType, Connection, OrgClient } from '../config/connection.js';
import { JwtError } from '../errors.js';
import { connectionFlags, type ConnectionFlags } from './connection-flags.js';
import { leftoverFiles } from './deploy-sources.js';
import { findProjectRoot, readDraft, resolveConnectionFromFlags } from './connection-input.js';

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

type GeneratedClient = Generated & { readonly connection: Connection };

/**
 * Writes the calling side of a connection into `jwt/<connection>/client`. No org is asked.
 *
 * @param typeOf the client type to generate, where the connection file says the one that is handed in
 * @throws JwtError `flagsMissing`, `orgFlagsUnfit`, `refusedValue`, `artifactsDiffer`; what the connection file is refused for
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
  const { draft, name } = await readDraft(described, projectRoot);
  const facts = { 'consumer-key': consumerKey, 'instance-url': instanceUrl };
  const { given, missing } = orgFlags(facts);
  const isOAuth = draft.server?.type === 'oauth2';
  if (isOAuth && given.length > 0) {
    throw new JwtError('orgFlagsUnfit', [name ?? 'that you describe', given.join(', ')], { data: { flags: given } });
  }
  const flags = { ...described, 'client-type': typeOf(draft.client?.type) };
  const connection = await resolveConnectionFromFlags(flags, projectRoot, needs, isOAuth ? [] : missing);
  const grant = grantOf(connection.server, { consumerKey, instanceUrl });
  if (grant === undefined) throw new TypeError('What an org tells of itself is asked for above.');
  const artifacts = [...certificateArtifacts(connection), ...clientArtifacts(connection, grant)];
  const files = await writeArtifacts(projectRoot, connection.name, artifacts, { force });
  return { connection, files, leftovers: await leftoverFiles(projectRoot, connection, 'client') };
}

const needs = ['username', 'token-endpoint', 'issuer', 'base-url'] as const;

/** What only an org can tell comes as flags here; another server is described by its connection. */
function orgFlags(facts: Omit<OwnFlags, 'force'>) {
  const names = ['consumer-key', 'instance-url'] as const;
  return {
    given: names.filter((name) => facts[name] !== undefined).map((name) => `--${name}`),
    missing: names.filter((name) => facts[name] === undefined),
  };
}
