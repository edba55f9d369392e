import type { ApexClient, Connection } from '../config/connection.js';
import type { Artifact, ComponentRef, ServerFacts } from './artifact.js';
import { certificateCatalog, clientCatalog, componentOf, makeArtifact } from './catalog.js';
import {
  apexClassName,
  apiVersion,
  certificateName,
  consumerKey,
  label,
  orgOrigin,
  refused,
  username,
} from './names.js';
import type { TemplateValues } from './render.js';

/**
 * What the client org needs besides the certificate; nothing for a client outside Salesforce.
 *
 * @param facts What only the server org could tell
 * @throws refusedValue for a name or value that Salesforce would not take
 */
export function clientArtifacts(connection: Connection, facts: ServerFacts): readonly Artifact[] {
  const { client } = connection;
  if (client.type === 'external') return [];
  const values = apexValues(connection, client, facts);
  return clientCatalog[client.type].map((row) => makeArtifact(row, values));
}

/** What `clientArtifacts` makes, by type and name, each once: known before the app is there. @throws refusedValue */
export function clientComponents(connection: Connection): readonly ComponentRef[] {
  const { client } = connection;
  if (client.type === 'external') return [];
  apiVersion(connection.apiVersion);
  const names = classNames(client);
  const components = clientCatalog[client.type].map((row) => componentOf(row, names));
  return [...new Map(components.map((component) => [`${component.type}:${component.fullName}`, component])).values()];
}

/**
 * The certificate of the client org, deployed before everything else: only for the source `platform`, where that org
 * makes the key pair. Keys of other sources are imported by hand, as the Metadata API carries no private key.
 *
 * @throws refusedValue for a name or key size that Salesforce would not take
 */
export function certificateArtifacts(connection: Connection): readonly Artifact[] {
  const { certificate, client } = connection;
  if (certificate.source !== 'platform' || client.type === 'external') return [];
  if (certificate.keySize === 3072) {
    throw refused('key size', '3072', 'a key that Salesforce makes has 2048 or 4096 bits');
  }
  const values = {
    certificateName: certificateName('certificate name', certificate.name),
    keySize: String(certificate.keySize),
  };
  return certificateCatalog.map((row) => makeArtifact(row, values));
}

function apexValues(connection: Connection, client: ApexClient, facts: ServerFacts): TemplateValues {
  const instanceUrl = orgOrigin('instance URL', facts.instanceUrl);
  return {
    ...classNames(client),
    apiVersion: apiVersion(connection.apiVersion),
    appLabel: label('app label', connection.server.app.label),
    instanceUrl,
    allowsHttp: instanceUrl.startsWith('http:'),
    settings: settings(connection, facts, instanceUrl),
  };
}

function classNames(client: ApexClient) {
  const className = apexClassName('class name', client.className);
  return { className, testClassName: `${className}Test` };
}

/** What the token provider class is told, in the order in which it stands there. */
function settings(connection: Connection, facts: ServerFacts, instanceUrl: string) {
  const rows = [
    ['INSTANCE_URL', instanceUrl, 'Origin of the org that is called'],
    ['TOKEN_ENDPOINT', `${instanceUrl}/services/oauth2/token`, 'Where an assertion is swapped for a token'],
    ['AUDIENCE', instanceUrl, 'aud of the assertion: the org that is called'],
    ['CONSUMER_KEY', consumerKey('consumer key', facts.consumerKey), 'iss of the assertion: the app in that org'],
    ['USERNAME', username('username', connection.server.username), 'sub of the assertion: the user in that org'],
    [
      'CERTIFICATE_NAME',
      certificateName('certificate name', connection.certificate.name),
      'Certificate of this org that signs, in Setup under Certificate and Key Management',
    ],
  ] as const;
  return rows.map(([name, value, description]) => ({ name, value, description }));
}
