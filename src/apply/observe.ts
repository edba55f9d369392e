import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Side } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import { loadConnectionFile } from '../config/connection-file.js';
import { consumerKeyHolder } from '../artifacts/server-artifacts.js';
import { JwtError } from '../errors.js';
import { certificatePem } from '../keys/encode-key-files.js';
import { readKeyMaterial, readPrivateKey } from '../keys/stored-keys.js';
import type { OrgGateway } from '../org/gateway.js';
import { componentsOf } from '../plan/deploy-groups.js';
import { sha256 } from '../plan/digest.js';
import type { KeyObservation, Observation } from '../plan/observation.js';
import { filesBelow } from './connection-files.js';
import { privateFolder } from './private-folder.js';
import { readJournal } from './journal.js';

export type Gateways = { readonly server: OrgGateway; readonly client?: OrgGateway };

/** The org of one side. @throws TypeError where a connection without a client org is asked for it */
export function gatewayOf(side: Side, { server, client }: Gateways): OrgGateway {
  const org = side === 'server' ? server : client;
  if (!org) throw new TypeError('there is no client org');
  return org;
}

/**
 * Looks at all that a plan depends on: the project, the private folder and the orgs. Changes nothing.
 *
 * @throws JwtError `userNotInOrg`, `userInactive`, or what the key files or the orgs refuse
 */
export async function observe(connection: Connection, projectRoot: string, orgs: Gateways): Promise<Observation> {
  const folder = privateFolder(projectRoot, connection.name);
  const [key, file, files, journal, server, client] = await Promise.all([
    observeKey(folder, connection.certificate.name),
    loadConnectionFile(projectRoot),
    digestFiles(projectRoot, `jwt/${connection.name}`),
    readJournal(folder),
    observeServer(connection, orgs.server),
    orgs.client && observeClient(connection, orgs.client),
  ]);
  const savedDraft = file.connections[connection.name];
  return { key, savedDraft, files, journal, server, ...(client ? { client } : {}) };
}

async function observeKey(folder: string, name: string): Promise<KeyObservation> {
  const material = await readKeyMaterial(folder, name);
  if (material) return { state: 'present', certificatePem: certificatePem(material.certificate) };
  return (await readPrivateKey(folder, name)) ? { state: 'key-only' } : { state: 'absent' };
}

async function observeServer(connection: Connection, org: OrgGateway): Promise<Observation['server']> {
  const { username, app } = connection.server;
  const user = await org.findUser(username);
  if (!user) throw new JwtError('userNotInOrg', [username, connection.server.org]);
  if (!user.isActive) throw new JwtError('userInactive', [username, connection.server.org]);
  const existing = await org.existing(componentsOf(connection, 'server'));
  const keyHolder = consumerKeyHolder(connection.server.app);
  const hasApp = existing.some(({ type, fullName }) => type === keyHolder.type && fullName === keyHolder.fullName);
  return {
    orgId: org.identity.orgId,
    instanceUrl: org.identity.instanceUrl,
    existing,
    userId: user.id,
    isAssigned: await org.hasPermissionSet(user.id, app.permissionSet),
    consumerKey: hasApp ? await org.readConsumerKey(keyHolder) : undefined,
  };
}

async function observeClient(connection: Connection, org: OrgGateway): Promise<Observation['client']> {
  const existing = await org.existing(componentsOf(connection, 'client'));
  const hasCertificate = existing.some(({ type }) => type === 'Certificate');
  return {
    orgId: org.identity.orgId,
    instanceUrl: org.identity.instanceUrl,
    existing,
    certificatePem: hasCertificate ? await org.retrieveCertificate(connection.certificate.name) : undefined,
  };
}

async function digestFiles(projectRoot: string, folder: string): Promise<Readonly<Record<string, string>>> {
  const paths = await filesBelow(projectRoot, folder);
  const digests = paths.map(async (path) => [path, sha256(await readFile(join(projectRoot, path)))] as const);
  return Object.fromEntries(await Promise.all(digests));
}
