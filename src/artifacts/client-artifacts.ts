import type { Connection, OrgClient } from '../config/connection.js';
import { apexNames, apexValues } from './apex-values.js';
import type { Artifact, ArtifactOutline } from './artifact.js';
import { makeArtifact, outlineOf } from './catalog.js';
import { certificateCatalog, clientRows } from './client-catalog.js';
import type { Grant } from './grant.js';
import { namedCredentialNames, namedCredentialValues } from './named-credential-values.js';
import { apiVersion, certificateName, refused } from './names.js';
import type { TemplateValues } from './render.js';

/**
 * What the client org needs besides the certificate; nothing for a client outside Salesforce.
 *
 * @throws refusedValue for a name or value that Salesforce would not take
 */
export function clientArtifacts(connection: Connection, grant: Grant): readonly Artifact[] {
  const { client, server } = connection;
  if (client.type === 'external') return [];
  const values = clientValues(connection, client, grant);
  return clientRows(client, server).map((row) => makeArtifact(row, values));
}

/** What `clientArtifacts` makes, without its content: known before the app is there. @throws refusedValue */
export function clientOutline({ apiVersion: version, client, server }: Connection): readonly ArtifactOutline[] {
  if (client.type === 'external') return [];
  apiVersion(version);
  const names = clientNames(client);
  return clientRows(client, server).map((row) => outlineOf(row, names));
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

function clientNames(client: OrgClient): TemplateValues {
  return { ...apexNames(client), ...(client.type === 'apex' ? {} : namedCredentialNames(client)) };
}

function clientValues(connection: Connection, client: OrgClient, grant: Grant): TemplateValues {
  return {
    ...clientNames(client),
    apiVersion: apiVersion(connection.apiVersion),
    certificateName: certificateName('certificate name', connection.certificate.name),
    ...apexValues(connection, client, grant),
    ...(client.type === 'apex' ? {} : namedCredentialValues(client, grant)),
  };
}
