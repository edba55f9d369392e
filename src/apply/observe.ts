import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Side } from '../artifacts/artifact.js';
import {
  isToSalesforce,
  type CertificateSettings,
  type Connection,
  type SalesforceConnection,
} from '../config/connection.js';
import { loadConnectionFile } from '../config/connection-file.js';
import { consumerKeyHolder } from '../artifacts/server-artifacts.js';
import { JwtError } from '../errors.js';
import { certificatePem } from '../keys/encode-key-files.js';
import type { KeyMaterial } from '../keys/key-material.js';
import { readKeyMaterial, readPrivateKey } from '../keys/stored-keys.js';
import type { OrgGateway } from '../org/gateway.js';
import { abandonedIn } from '../plan/leftovers.js';
import type { JournalState } from '../plan/journal-state.js';
import { componentKey, componentsOf } from '../plan/deploy-groups.js';
import type { KeyObservation, Observation } from '../plan/observation.js';
import { requireActiveUser } from './caller.js';
import { observeClient } from './observe-client.js';
import { observeFiles } from './observe-files.js';
import { openNamedKeyMaterial } from './named-key-material.js';
import { privateFolder } from '../private-folder.js';
import { readJournal } from './journal.js';
import { withSeenDeploys } from './seen-deploys.js';

export type ObserveOptions = {
  /** Of the files that the source `existing` names; undefined where none was given. */
  readonly password: () => Promise<string | undefined>;
  readonly now: () => Date;
};

/** `server` is absent where the server is no org, `client` where the caller is outside Salesforce. */
export type Gateways = { readonly server?: OrgGateway; readonly client?: OrgGateway };

/** The org of one side. @throws TypeError where a connection without such an org is asked for it */
export function gatewayOf(side: Side, { server, client }: Gateways): OrgGateway {
  const org = side === 'server' ? server : client;
  if (!org) throw new TypeError(`there is no ${side} org`);
  return org;
}

/**
 * Looks at all that a plan depends on: the project, the private folder and the orgs. Changes nothing.
 *
 * @throws JwtError `userNotInOrg`, `userInactive`, `cachePartitionMissing`, or what the key files or the orgs refuse
 */
export async function observe(
  connection: Connection,
  projectRoot: string,
  orgs: Gateways,
  how: ObserveOptions,
): Promise<Observation> {
  const folder = privateFolder(projectRoot, connection.name);
  const [key, file, journal] = await Promise.all([
    observeKey(connection, projectRoot, how),
    loadConnectionFile(projectRoot),
    readJournal(folder),
  ]);
  const { connections } = file;
  let seen = journal;
  for (const org of [orgs.server, orgs.client]) if (org) seen = await withSeenDeploys(seen, org);
  const [server, client] = await Promise.all([
    isToSalesforce(connection) ? observeServer(connection, gatewayOf('server', orgs), seen) : undefined,
    orgs.client && observeClient(connection, orgs.client, seen),
  ]);
  const savedDraft = Object.hasOwn(connections, connection.name) ? connections[connection.name] : undefined;
  return {
    key,
    savedDraft,
    ...(await observeFiles(connection, projectRoot, seen)),
    journal: seen,
    ...(server ? { server } : {}),
    ...(client ? { client } : {}),
  };
}

async function observeKey(
  { name, certificate }: Connection,
  projectRoot: string,
  how: ObserveOptions,
): Promise<KeyObservation> {
  const folder = privateFolder(projectRoot, name);
  const [present, isKeyThere] = await readOwnKey(folder, `.sf/jwt/${name}/${certificate.name}.key`, certificate.name);
  const named =
    certificate.source === 'existing' ? await lookAtNamedKey(certificate, projectRoot, how, isKeyThere) : undefined;
  if (!isKeyThere && certificate.source !== 'platform') await refuseLoneCertificate(name, certificate, folder, named);
  const namedPem = named ? { namedPem: certificatePem(named.certificate) } : {};
  if (present) return { state: 'present', certificatePem: certificatePem(present.certificate), ...namedPem };
  return isKeyThere ? { state: 'key-only' } : { state: 'absent', ...namedPem };
}

/** The key material in the private folder, and whether a key is there at all. @throws JwtError `keyFileInTheWay` */
async function readOwnKey(
  folder: string,
  shownPath: string,
  certificateName: string,
): Promise<readonly [KeyMaterial | undefined, boolean]> {
  try {
    const present = await readKeyMaterial(folder, certificateName);
    return [present, present !== undefined || (await readPrivateKey(folder, certificateName)) !== undefined];
  } catch (error) {
    if (!(error instanceof JwtError)) throw error;
    throw new JwtError('keyFileInTheWay', [shownPath, error.tokens.slice(1).join(', ') || error.key, shownPath], {
      cause: error,
    });
  }
}

/**
 * A certificate whose key is gone, or never was here since an org made it, would stay beside the key that comes now.
 *
 * @throws JwtError `keyFileInTheWay`
 */
async function refuseLoneCertificate(
  connectionName: string,
  { name }: CertificateSettings,
  folder: string,
  named: KeyMaterial | undefined,
): Promise<void> {
  const pem = await readFile(join(folder, `${name}.crt`), 'utf8').catch(() => undefined);
  if (pem === undefined || (named && pem.includes(certificatePem(named.certificate).trim()))) return;
  const path = `.sf/jwt/${connectionName}/${name}.crt`;
  throw new JwtError('keyFileInTheWay', [path, 'it is the certificate of a key that is not here', path]);
}

/**
 * Opens the files that the source `existing` names, so that a fault in them is told before anything is done. Once the key
 * is adopted they may be gone, and a password may still be asked for later.
 */
async function lookAtNamedKey(
  certificate: CertificateSettings,
  projectRoot: string,
  { password, now }: ObserveOptions,
  isAdopted: boolean,
): Promise<KeyMaterial | undefined> {
  try {
    return await openNamedKeyMaterial(certificate, projectRoot, { password: await password(), now: now() });
  } catch (error) {
    const mayPass = isAdopted || (error instanceof JwtError && error.key === 'keyPasswordNeeded');
    if (mayPass) return undefined;
    throw error;
  }
}

async function observeServer(
  connection: SalesforceConnection,
  org: OrgGateway,
  journal: JournalState,
): Promise<Observation['server']> {
  const { username, app } = connection.server;
  const user = await requireActiveUser(username, connection.server.org, org);
  const existing = await org.existing(componentsOf(connection, 'server'));
  const keyHolder = consumerKeyHolder(connection.server.app);
  const hasApp = existing.some((component) => componentKey(component) === componentKey(keyHolder));
  return {
    orgId: org.identity.orgId,
    instanceUrl: org.identity.instanceUrl,
    existing,
    abandoned: await org.existing(abandonedIn(connection, org.identity.orgId, journal)),
    userId: user.id,
    isAssigned: await org.hasPermissionSet(user.id, app.permissionSet),
    consumerKey: hasApp ? await org.readConsumerKey(keyHolder) : undefined,
  };
}
