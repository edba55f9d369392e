import {
  additionalClaims,
  apiUrl,
  cachePartition,
  certificateName,
  claimText,
  classPrefix,
  developerName,
  emailAddress,
  label,
  refused,
  scopes,
  username,
  webUrl,
} from '../artifacts/names.js';
import { refuseUnfitServer } from '../artifacts/named-credential-values.js';
import { maxAppName } from '../artifacts/server-artifacts.js';
import { JwtError } from '../errors.js';
import type { Connection, OAuthServer, OrgClient, SalesforceServer, Server } from './connection.js';

/**
 * Refuses values that Salesforce or the flow would refuse, by the field's name.
 *
 * @returns the connection as it is
 * @throws JwtError `refusedValue`; `clientTypeUnfit` or `legacyCredentialClaims` where such a client cannot call such a server;
 * `certificateSourceUnfit` where the client cannot use such a certificate; `certificateFilesUnfit` where key files are named for
 * a key that is to be made
 */
export function validateConnection(connection: Connection): Connection {
  const { name, server, client, certificate } = connection;
  connectionName(name);
  if (server.type === 'salesforce') validateSalesforce(server);
  else validateOAuth(server);
  certificateName('certificate name', certificate.name);
  if (client.type !== 'external') validateClient(client, server);
  if (client.type === 'external' && server.type === 'oauth2') throw new JwtError('clientTypeUnfit', [name]);
  refuseUnfitCertificate(connection);
  return connection;
}

function validateSalesforce(server: SalesforceServer): void {
  username('username', server.username);
  developerName('app name', server.app.name, maxAppName);
  label('app label', server.app.label);
  emailAddress('contact email', server.app.contactEmail);
  scopes('scope', server.app.scopes);
  developerName('permission set', server.app.permissionSet);
}

function validateOAuth(server: OAuthServer): void {
  claimText('username', server.username);
  claimText('issuer', server.issuer);
  claimText('audience', server.audience);
  webUrl('token endpoint', server.tokenEndpoint);
  apiUrl('base URL', server.baseUrl);
  if (server.scope !== undefined) claimText('token scope', server.scope);
  additionalClaims('claim', server.claims ?? {});
}

function validateClient(client: OrgClient, server: Server): void {
  classPrefix('class prefix', client.classPrefix);
  if (client.type === 'apex') {
    if (client.cachePartition !== undefined) cachePartition('cache partition', client.cachePartition);
    return;
  }
  developerName('named credential', client.namedCredential);
  refuseUnfitServer(client, server);
  if (client.type === 'legacy-named-credential') return;
  developerName('principal', client.principal);
  developerName('callout permission set', client.permissionSet);
  if (client.username !== undefined) username('client username', client.username);
}

/** The name of a connection becomes a folder. @throws JwtError `refusedValue` */
export function connectionName(name: string): string {
  const rule = 'a name is a letter, then letters, digits, - or _, 40 characters at most';
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(name)) throw refused('connection', name, rule);
  return name;
}

function refuseUnfitCertificate({ client, certificate }: Connection): void {
  if (certificate.files && certificate.source !== 'existing') {
    const files = Object.values(certificate.files).filter((file) => file !== undefined);
    throw new JwtError('certificateFilesUnfit', [certificate.source, files.join(', ')]);
  }
  if (client.type === 'external' && certificate.source === 'platform') {
    throw new JwtError('certificateSourceUnfit', [
      'platform',
      'external',
      'the key would stay in an org, and the client is outside Salesforce',
    ]);
  }
  if (certificate.source === 'platform' && certificate.keySize === 3072) {
    throw new JwtError('platformKeySize', [String(certificate.keySize)]);
  }
}
