import { join } from 'node:path';
import { consumerKeyHolder } from '../artifacts/server-artifacts.js';
import { JwtError } from '../errors.js';
import type { DeployOutcome, OrgGateway } from '../org/gateway.js';
import { refusalOf } from '../org/refusals.js';
import { deployGroups, type DeployGroup, type DeployStepKind, type KnownFacts } from '../plan/deploy-groups.js';
import { digestFiles, wantedFiles, type WantedFile } from '../plan/wanted-files.js';
import type { ApplyContext } from './context.js';
import { gatewayOf } from './observe.js';
import { writeProjectFiles } from './write-artifacts.js';
import { sha256 } from '../plan/digest.js';

/** Writes the artifacts of one group, deploys them and reads back what the org made of them. */
export async function applyDeploy(kind: DeployStepKind, context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const group = groupOf(kind);
  const artifacts = group.build(context.connection, facts);
  if (!artifacts) throw new TypeError(`${kind} was planned before what it needs is known`);
  const files = wantedFiles(context.connection, artifacts);
  const org = gatewayOf(group.side, context.orgs);
  const { orgId } = org.identity;
  await context.journal.append({ event: 'started', step: kind, at: context.now().toISOString(), orgId });
  await writeProjectFiles(context.projectRoot, files, {
    force: context.force,
    isOurs: (path, content) => context.journal.state().written[path]?.includes(sha256(content)) ?? false,
    beforeWrite: ({ path, content }) => context.journal.append({ event: 'writing', path, sha256: sha256(content) }),
  });
  await deployFiles(group, files, org, context);
  const known = await readBack(kind, org, context, facts);
  const at = context.now().toISOString();
  await context.journal.append({ event: 'done', step: kind, at, orgId, digest: digestFiles(files) });
  return known;
}

async function deployFiles(
  group: DeployGroup,
  files: readonly WantedFile[],
  org: OrgGateway,
  context: ApplyContext,
): Promise<void> {
  const digest = digestFiles(files);
  const pending = context.journal.state().steps[group.kind]?.pending;
  const isResumed = pending?.digest === digest && (await isFinished(org, pending.deployId, context));
  if (isResumed) return;
  const outcome = await org.deploy({
    paths: files.map(({ path }) => join(context.projectRoot, path)),
    apiVersion: context.connection.apiVersion,
    tests: group.tests?.(context.connection) ?? [],
    onStarted: (deployId) => context.journal.append({ event: 'deploying', step: group.kind, deployId, digest }),
    onProgress: (done, total) => context.onProgress({ kind: 'deploy-progress', step: group.kind, done, total }),
  });
  if (!outcome.success) throw refusalOf(outcome, context.connection, group.side);
}

/** Whether a deploy that an earlier run started went through; where it did not, it is done anew. */
async function isFinished(org: OrgGateway, deployId: string, { connection }: ApplyContext): Promise<boolean> {
  try {
    const outcome: DeployOutcome = await org.deploy({
      paths: [],
      apiVersion: connection.apiVersion,
      resumeId: deployId,
    });
    return outcome.success;
  } catch (error) {
    // An org forgets its deploys after some days.
    if (error instanceof JwtError && error.key === 'orgRequestFailed') return false;
    throw error;
  }
}

async function readBack(
  kind: DeployStepKind,
  org: OrgGateway,
  { connection }: ApplyContext,
  facts: KnownFacts,
): Promise<KnownFacts> {
  if (kind === 'deploy-certificate') {
    const certificatePem = await org.retrieveCertificate(connection.certificate.name);
    if (certificatePem === undefined)
      throw new JwtError('certificateNotInOrg', [connection.certificate.name, org.identity.username]);
    return { ...facts, certificatePem };
  }
  if (kind === 'deploy-app') {
    const consumerKey = await org.readConsumerKey(consumerKeyHolder(connection.server.app));
    if (consumerKey === undefined) throw new JwtError('consumerKeyNotReadable', [connection.server.app.name]);
    return { ...facts, consumerKey };
  }
  return facts;
}

function groupOf(kind: DeployStepKind): DeployGroup {
  const group = deployGroups.find((candidate) => candidate.kind === kind);
  if (!group) throw new TypeError(`no such group: ${kind}`);
  return group;
}
