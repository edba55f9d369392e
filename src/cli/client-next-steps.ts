import { Messages } from '@salesforce/core';
import { importPage } from '../apply/import-key-store.js';
import { certificateArtifacts, clientOutline, testClasses } from '../artifacts/build.js';
import type { ArtifactOutline } from '../artifacts/artifact.js';
import type { Connection, OrgClient } from '../config/connection.js';
import { defaultKeySize, defaultValidDays } from '../config/defaults.js';
import { formatSubject } from '../keys/subject.js';
import { sourceRoot } from '../plan/wanted-files.js';
import { openCommand } from '../org/open-command.js';
import { shellQuoted } from '../shell-quoted.js';
import { leftoverText, sourcesOf } from './deploy-sources.js';
import type { GeneratedClient } from './generate-client.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'generate-client');

/** What was generated; no command deploys files of the same folder that the connection does not make. */
type Generated = Pick<GeneratedClient, 'connection' | 'leftovers' | 'tokenEndpoint' | 'isSetUp'>;

/** What to do with the generated calling side, in order, with commands to paste. */
export function nextSteps({ connection, leftovers, tokenEndpoint, isSetUp }: Generated): readonly string[] {
  const { client } = connection;
  if (client.type === 'external') return [];
  // What was generated anew is deployed as before: the key and all that is done once are there.
  const deploys = isSetUp
    ? [messages.getMessage('deployAgain', [connection.name])]
    : firstSteps(connection, client, leftovers, tokenEndpoint);
  const steps = [...leftoverText(leftovers), ...deploys];
  return ['', messages.getMessage('next'), ...steps.map((step, at) => `${at + 1}. ${step.replaceAll('\n', '\n   ')}`)];
}

function firstSteps(
  connection: Connection,
  client: OrgClient,
  leftovers: readonly string[],
  tokenEndpoint: string,
): readonly string[] {
  // Only an org on this machine calls one on this machine.
  const open = (path: string): string => openCommand({ org: client.org, path, url: tokenEndpoint });
  return [
    ...(isMadeByOrg(connection)
      ? certificateSteps(connection, client, leftovers)
      : [importStep(connection, client, open)]),
    registerStep(connection),
    deployStep(connection, client, leftovers),
    ...accessSteps(client, open),
  ];
}

type Open = (path: string) => string;

const isMadeByOrg = ({ certificate }: Connection): boolean => certificate.source === 'platform';

/** Where the CLI puts what it retrieves, below the project and outside its packages. */
const fetchFolder = 'fetched';

/** The certificate has a deploy of its own, since a later one could make the org change the key under the app. */
function certificateSteps(connection: Connection, { org }: OrgClient, leftovers: readonly string[]): readonly string[] {
  const { name } = connection.certificate;
  const sources = sourceFlags(connection, certificateArtifacts(connection), [
    ...pathsOf(connection, clientOutline(connection)),
    ...leftovers,
  ]);
  const to = shellQuoted(org);
  return [
    messages.getMessage('certificate', [name, sources, to]),
    messages.getMessage('fetch', [name, fetchFolder, to]),
  ];
}

function deployStep(connection: Connection, { org }: OrgClient, leftovers: readonly string[]): string {
  const sources = sourceFlags(connection, clientOutline(connection), [
    ...pathsOf(connection, certificateArtifacts(connection)),
    ...leftovers,
  ]);
  const tests = testClasses(connection).map((test) => ` --tests ${test}`);
  return messages.getMessage('deploy', [sources, shellQuoted(org), tests.join('')]);
}

const pathsOf = ({ name }: Connection, outline: readonly ArtifactOutline[]): readonly string[] =>
  outline.map(({ path }) => `${sourceRoot(name, 'client')}/${path}`);

const sourceFlags = (connection: Connection, outline: readonly ArtifactOutline[], others: readonly string[]): string =>
  sourcesOf(sourceRoot(connection.name, 'client'), pathsOf(connection, outline), others)
    .map((source) => `--source-dir ${source}`)
    .join(' ');

/** The key has to be in the org before anything is deployed that names its certificate. */
function importStep(connection: Connection, client: OrgClient, open: Open): string {
  const { source, name: alias } = connection.certificate;
  const store = `${keyFolder(connection)}/${alias}.jks`;
  const made =
    source === 'existing'
      ? adoptText(connection, client, store)
      : messages.getMessage('create', [store, keyFolder(connection), alias, keySettings(connection)]);
  return messages.getMessage('import', [alias, made, store, open(importPage)]);
}

/** Setup refuses a key that has other settings than the connection. */
function keySettings({ certificate: { subject, keySize, validDays } }: Connection): string {
  return [
    ` --subject ${shellQuoted(formatSubject(subject))}`,
    keySize === defaultKeySize ? '' : ` --key-size ${keySize}`,
    validDays === defaultValidDays ? '' : ` --valid-days ${validDays}`,
  ].join('');
}

function adoptText(connection: Connection, client: OrgClient, store: string): string {
  const { name, certificate } = connection;
  const { name: alias, files } = certificate;
  const key = shellQuoted(files?.key ?? 'my.key');
  const crt = shellQuoted(certificateFile(connection));
  const folder = keyFolder(connection);
  const p12 = `${folder}/${alias}.p12`;
  const org = shellQuoted(client.org);
  const tokens = [alias, name, client.type, org, alias, key, crt, folder, key, crt, alias, p12, p12, store];
  return messages.getMessage('adopt', tokens);
}

const keyFolder = ({ name }: Connection): string => `.sf/jwt/${name}`;

function registerStep(connection: Connection): string {
  const { name, server } = connection;
  const file = certificateFile(connection);
  if (server.type === 'oauth2') return messages.getMessage('registerAtServer', [file, server.issuer]);
  const { app, org } = server;
  const email = shellQuoted(app.contactEmail);
  return messages.getMessage('registerInApp', [file, app.name, name, email, shellQuoted(file), name, shellQuoted(org)]);
}

function certificateFile(connection: Connection): string {
  const { source, name, files } = connection.certificate;
  if (source === 'platform') return `${fetchFolder}/certs/${name}.crt`;
  return source === 'existing' ? (files?.certificate ?? 'my.crt') : `${keyFolder(connection)}/${name}.crt`;
}

/** Only the permission set of an External Credential is ours to hold access to a class. */
function accessSteps(client: OrgClient, open: Open): readonly string[] {
  const action = `${client.classPrefix}FlowAction`;
  if (client.type !== 'named-credential') {
    return client.invocable
      ? [messages.getMessage('flowAccess', [action, open('/lightning/setup/PermSets/home')])]
      : [];
  }
  const { permissionSet, org, username } = client;
  const forFlow = client.invocable ? ` ${messages.getMessage('assignForFlow', [action]).trim()}` : '';
  const user = username === undefined ? '' : ` --on-behalf-of ${shellQuoted(username)}`;
  return [messages.getMessage('assign', [forFlow, permissionSet, shellQuoted(org), user])];
}
