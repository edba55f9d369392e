import type { Connection, OrgClient } from '../config/connection.js';
import type { Artifact, ArtifactOutline } from './artifact.js';
import { makeArtifact, outlineOf } from './catalog.js';
import { certificateCatalog, clientRows } from './client-catalog.js';
import type { Grant } from './grant.js';
import { apiVersion, certificateName, classPrefix, refused } from './names.js';
import type { TemplateValues } from './render.js';

/**
 * What the client org needs besides the certificate; nothing for a client outside Salesforce.
 *
 * @throws refusedValue for a name or value that Salesforce would not take
 */
export function clientArtifacts(connection: Connection, grant: Grant): readonly Artifact[] {
  const { client } = connection;
  if (client.type === 'external') return [];
  const values = clientValues(connection, client, grant);
  return clientRows(client).map((row) => makeArtifact(row, values));
}

/** What `clientArtifacts` makes, without its content: known before the app is there. @throws refusedValue */
export function clientOutline({ apiVersion: version, client }: Connection): readonly ArtifactOutline[] {
  if (client.type === 'external') return [];
  apiVersion(version);
  const names = clientNames(client);
  return clientRows(client).map((row) => outlineOf(row, names));
}

/** Names of the test classes that a deploy of the client side runs. */
export function testClasses(connection: Connection): readonly string[] {
  return clientOutline(connection)
    .filter(({ path }) => path.endsWith('Test.cls'))
    .map(({ component }) => component.fullName);
}

/**
 * The certificate of the client org, deployed before everything else: only for the source `platform`, where that org
 * makes the key pair. Keys of other sources are imported by hand, as the Metadata API carries no private key.
 *
 * @throws refusedValue for a name or key size that Salesforce would not take
 */
export function certificateArtifacts({ certificate, client }: Connection): readonly Artifact[] {
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

function clientNames({ classPrefix: prefix }: OrgClient): TemplateValues {
  const checked = classPrefix('class prefix', prefix);
  return { tokenProvider: `${checked}TokenProvider`, tokenProviderTest: `${checked}TokenProviderTest` };
}

function clientValues({ apiVersion: version, server, certificate }: Connection, client: OrgClient, grant: Grant) {
  return {
    ...clientNames(client),
    apiVersion: apiVersion(version),
    serverLabel: server.type === 'salesforce' ? server.app.label : grant.issuer,
    baseUrl: grant.baseUrl,
    allowsHttp: grant.baseUrl.startsWith('http:'),
    settings: settings(grant, certificateName('certificate name', certificate.name)),
  };
}

/** What the token provider class is told, in the order in which it stands there. */
function settings(grant: Grant, certificate: string) {
  const rows = [
    ['INSTANCE_URL', grant.baseUrl, 'Origin of the org that is called'],
    ['TOKEN_ENDPOINT', grant.tokenEndpoint, 'Where an assertion is swapped for a token'],
    ['AUDIENCE', grant.audience, 'aud of the assertion: the org that is called'],
    ['CONSUMER_KEY', grant.issuer, 'iss of the assertion: the app in that org'],
    ['USERNAME', grant.subject, 'sub of the assertion: the user in that org'],
    [
      'CERTIFICATE_NAME',
      certificate,
      'Certificate of this org that signs, in Setup under Certificate and Key Management',
    ],
  ] as const;
  return rows.map(([name, value, description]) => ({ name, value, description }));
}
