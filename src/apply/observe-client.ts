import type { Connection, NamedCredentialClient } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { OrgGateway } from '../org/gateway.js';
import { componentsOf } from '../plan/deploy-groups.js';
import type { JournalState } from '../plan/journal-state.js';
import { abandonedIn } from '../plan/leftovers.js';
import type { ClientObservation } from '../plan/observation.js';
import { callerOf } from './caller.js';

/**
 * Looks at the client org. Changes nothing.
 *
 * @throws JwtError `userNotInOrg`, `userInactive`, `cachePartitionMissing`, or what the org refuses
 */
export async function observeClient(
  connection: Connection,
  org: OrgGateway,
  journal: JournalState,
): Promise<ClientObservation> {
  const { client, certificate } = connection;
  await requireCachePartition(connection, org);
  const caller = client.type === 'named-credential' ? { caller: await observeCaller(client, org) } : {};
  const existing = await org.existing(componentsOf(connection, 'client'));
  const isListed = existing.some(({ type }) => type === 'Certificate');
  const mayBeThere = certificate.source === 'platform' ? isListed : await org.findCertificate(certificate.name);
  const certificatePem = mayBeThere ? await org.retrieveCertificate(certificate.name) : undefined;
  return {
    orgId: org.identity.orgId,
    instanceUrl: org.identity.instanceUrl,
    existing,
    abandoned: await org.existing(abandonedIn(connection, org.identity.orgId, journal)),
    certificatePem,
    // Only an import needs to know it, and only where it is still to come.
    hasCertificates: certificate.source === 'platform' || certificatePem !== undefined || (await org.hasCertificates()),
    ...caller,
  };
}

async function observeCaller(
  client: NamedCredentialClient,
  org: OrgGateway,
): Promise<NonNullable<ClientObservation['caller']>> {
  const { id, username } = await callerOf(client, org);
  return { userId: id, username, isAssigned: await org.hasPermissionSet(id, client.permissionSet) };
}

/** Apex that names a partition compiles without it, and fails at its first call. */
async function requireCachePartition({ name, client }: Connection, org: OrgGateway): Promise<void> {
  const partition = client.type === 'apex' ? client.cachePartition : undefined;
  // Partitions of a package are named with its namespace, and come with it.
  if (client.type !== 'apex' || !partition?.startsWith('local.')) return;
  const found = await org.findCachePartition(partition.slice('local.'.length));
  if (found === 'present') return;
  const why =
    found === 'missing' ? 'there is no partition of that name' : 'it has no Platform Cache that your user can see';
  throw new JwtError('cachePartitionMissing', [client.org, partition, why, partition.slice('local.'.length), name], {
    data: { org: client.org, partition },
  });
}
