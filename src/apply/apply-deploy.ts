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
import { digestOfEdit, editedPaths, withEdits } from '../plan/edits.js';
import { isGenerated } from '../plan/generated-files.js';
import { isWritten, type JournalEntry } from '../plan/journal-state.js';
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
  const generated = wantedFiles(connection, artifacts);
  const seen = { edits: context.edits, journal: journal.state() };
  const files = withEdits(generated, seen);
  await writeFiles(files, editedPaths(generated, seen), context, facts);
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

/** Every file is noted, also one that was there as it should be: it is ours from now on. Those with edits are not. */
async function writeFiles(
  files: readonly WantedFile[],
  edited: readonly string[],
  { connection, projectRoot, journal, force, edits }: ApplyContext,
  { certificatePem }: KnownFacts,
): Promise<void> {
  const isNoted = (path: string, digest: string): boolean => isWritten(journal.state(), path, digest);
  await writeProjectFiles(projectRoot, files, {
    force,
    isOurs: (path, content) =>
      edits[path] === String(content) ||
      isNoted(path, sha256(content)) ||
      isGenerated(connection, { path, content: String(content) }, certificatePem),
    beforeWrite: async (file) => {
      if (!edited.includes(file.path)) await journal.append(writingOf(file));
    },
  });
  for (const file of files) {
    if (!edited.includes(file.path) && !isNoted(file.path, file.sha256)) await journal.append(writingOf(file));
  }
}

function writingOf({ path, content }: Pick<WantedFile, 'path' | 'content'>): JournalEntry {
  const [digest, base] = [sha256(content), digestOfEdit(content)];
  return { event: 'writing', path, sha256: digest, ...(base === digest ? {} : { base }) };
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
