import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Connection } from '../config/connection.js';
import { loadConnectionFile } from '../config/connection-file.js';
import { consumerKeyHolder } from '../artifacts/server-artifacts.js';
import { JwtError } from '../errors.js';
import { findKeyFiles, readKeyMaterial } from '../keys/key-files.js';
import type { OrgGateway } from '../org/gateway.js';
import { componentsOf } from '../plan/deploy-groups.js';
import { sha256 } from '../plan/digest.js';
import type { KeyObservation, Observation } from '../plan/observation.js';
import { privateFolder } from './private-folder.js';
import { readJournal } from './journal.js';

export type Gateways = { readonly server: OrgGateway; readonly client?: OrgGateway };

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
    digestFolder(projectRoot, join(projectRoot, 'jwt', connection.name)),
    readJournal(folder),
    observeServer(connection, orgs.server),
    orgs.client && observeClient(connection, orgs.client),
  ]);
  const savedDraft = file.connections[connection.name];
  return { key, savedDraft, files, journal, server, ...(client ? { client } : {}) };
}

async function observeKey(folder: string, name: string): Promise<KeyObservation> {
  const { hasKey, hasCertificate } = await findKeyFiles(folder, name);
  if (!hasKey) return { state: 'absent' };
  if (!hasCertificate) return { state: 'key-only' };
  const { certificate } = await readKeyMaterial(folder, name);
  return { state: 'present', certificatePem: certificate.toString() };
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

async function digestFolder(projectRoot: string, folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const digests = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(projectRoot, path).replaceAll(sep, '/'), sha256(await readFile(path))] as const;
    });
  return Object.fromEntries(await Promise.all(digests));
}
