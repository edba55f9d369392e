import {
  apexClassName,
  certificateName,
  developerName,
  emailAddress,
  label,
  refused,
  scopes,
  username,
} from '../artifacts/names.js';
import { maxAppName } from '../artifacts/server-artifacts.js';
import { JwtError } from '../errors.js';
import type { Connection } from './connection.js';

/**
 * Refuses values that Salesforce or the flow would refuse, by the field's name.
 *
 * @returns the connection as it is
 * @throws JwtError `refusedValue`; `certificateSourceUnfit` where the client cannot use such a certificate;
 * `certificateFilesUnfit` where key files are named for a key that is to be made
 */
export function validateConnection(connection: Connection): Connection {
  const { name, server, client, certificate } = connection;
  connectionName(name);
  username('username', server.username);
  developerName('app name', server.app.name, maxAppName);
  label('app label', server.app.label);
  emailAddress('contact email', server.app.contactEmail);
  scopes('scope', server.app.scopes);
  developerName('permission set', server.app.permissionSet);
  certificateName('certificate name', certificate.name);
  if (client.type !== 'external') apexClassName('class name', client.className);
  refuseUnfitCertificate(connection);
  return connection;
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
  if (client.type !== 'external' && certificate.source !== 'platform') {
    const why = 'importing a key store into the client org is not supported yet';
    throw new JwtError('certificateSourceUnfit', [certificate.source, client.type, why]);
  }
  if (certificate.source === 'platform' && certificate.keySize === 3072) {
    throw new JwtError('platformKeySize', [String(certificate.keySize)]);
  }
}
