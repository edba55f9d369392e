import { consumerKeyHolder } from '../artifacts/build.js';
import { isToSalesforce, type Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { OrgGateway } from '../org/gateway.js';
import {
  componentsOfGroup,
  deployGroups,
  type DeployGroup,
  type DeployStepKind,
  type KnownFacts,
} from '../plan/deploy-groups.js';
import { sha256 } from '../plan/digest.js';
import { isGenerated } from '../plan/generated-files.js';
import { isWritten } from '../plan/journal-state.js';
import { wantedFiles, type WantedFile } from '../plan/wanted-files.js';
import type { ApplyContext } from './context.js';
import { runDeployJob } from './deploy-job.js';
import { gatewayOf } from './observe.js';
import { writeProjectFiles } from './write-artifacts.js';

/** Writes the artifacts of one group, deploys them and reads back what the org made of them. */
export async function applyDeploy(kind: DeployStepKind, context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const { connection, projectRoot, journal, now } = context;
  const group = groupOf(kind);
  const artifacts = group.build(connection, facts);
  // The certificate comes from a step of the same plan; the consumer key is the org's to tell.
  if (!artifacts) throw new JwtError('consumerKeyNotReadable', [appNameOf(connection)]);
  const files = wantedFiles(connection, artifacts);
  await writeFiles(files, context, facts);
  const org = gatewayOf(group.side, context.orgs);
  let known = facts;
  const { warnings } = await runDeployJob({
    groups: [{ group, files, components: componentsOfGroup(group, connection) }],
    ...{ org, connection, projectRoot, journal, now },
    onProgress: (done, total) => context.onProgress({ kind: 'deploy-progress', step: kind, done, total }),
    afterwards: async () => {
      known = { ...facts, ...(await readBack(kind, org, context)) };
    },
  });
  for (const message of warnings) context.onProgress({ kind: 'deploy-warning', step: kind, message });
  return known;
}

/** Every file is noted, also one that was there as it should be: it is ours from now on. */
async function writeFiles(
  files: readonly WantedFile[],
  { connection, projectRoot, journal, force }: ApplyContext,
  { certificatePem }: KnownFacts,
): Promise<void> {
  const isNoted = (path: string, digest: string): boolean => isWritten(journal.state(), path, digest);
  await writeProjectFiles(projectRoot, files, {
    force,
    isOurs: (path, content) =>
      isNoted(path, sha256(content)) || isGenerated(connection, { path, content: String(content) }, certificatePem),
    beforeWrite: ({ path, content }) => journal.append({ event: 'writing', path, sha256: sha256(content) }),
  });
  for (const { path, sha256: digest } of files) {
    if (!isNoted(path, digest)) await journal.append({ event: 'writing', path, sha256: digest });
  }
}

/** What the org made when it took a component: its own certificate, or the consumer key of the app. */
async function readBack(
  kind: DeployStepKind,
  org: OrgGateway,
  { connection }: ApplyContext,
): Promise<Partial<KnownFacts>> {
  if (kind === 'deploy-certificate') {
    const { name } = connection.certificate;
    const certificatePem = await org.retrieveCertificate(name);
    if (certificatePem === undefined) throw new JwtError('certificateNotInOrg', [name, org.identity.username]);
    return { certificatePem };
  }
  if (kind === 'deploy-app' && isToSalesforce(connection)) {
    const consumerKey = await org.readConsumerKey(consumerKeyHolder(connection.server.app));
    if (consumerKey === undefined) throw new JwtError('consumerKeyNotReadable', [appNameOf(connection)]);
    return { consumerKey };
  }
  return {};
}

const appNameOf = ({ server }: Connection): string => (server.type === 'salesforce' ? server.app.name : server.issuer);

function groupOf(kind: DeployStepKind): DeployGroup {
  const group = deployGroups.find((candidate) => candidate.kind === kind);
  if (!group) throw new TypeError(`no such group: ${kind}`);
  return group;
}
