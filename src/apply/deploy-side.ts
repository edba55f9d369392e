import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentRef, Side } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { OrgGateway } from '../org/gateway.js';
import { refusalOf } from '../org/refusals.js';
import { deployGroups, ownsFile, type DeployGroup } from '../plan/deploy-groups.js';
import { sha256 } from '../plan/digest.js';
import { digestFiles, sourceRoot, type WantedFile } from '../plan/wanted-files.js';
import { filesBelow } from './connection-files.js';
import { openJournal, type Journal } from './journal.js';
import { gatewayOf, type Gateways } from './observe.js';
import { privateFolder } from './private-folder.js';

export type DeployInput = {
  readonly connection: Connection;
  readonly projectRoot: string;
  readonly orgs: Gateways;
  readonly sides: readonly Side[];
  /** Let the orgs check everything and keep nothing. */
  readonly checkOnly: boolean;
};

export type DeployDeps = {
  readonly now: () => Date;
  readonly onProgress: (side: Side, done: number, total: number) => void;
};

export type SideOutcome = {
  readonly side: Side;
  /** Whom the CLI is logged in as in that org. */
  readonly username: string;
  readonly deployId: string;
  readonly files: readonly string[];
  /** Components that the org has and that are never deployed over, like a certificate whose key the org made. */
  readonly kept: readonly ComponentRef[];
};

type GroupFiles = { readonly group: DeployGroup; readonly files: readonly WantedFile[] };

/** Deploys what stands in one side's source folder, in one deploy. @throws JwtError as `deployConnection` */
export async function deploySide(side: Side, input: DeployInput, deps: DeployDeps): Promise<SideOutcome> {
  const { connection, projectRoot, checkOnly } = input;
  const org = gatewayOf(side, input.orgs);
  const kept = await keptComponents(side, input, org);
  const groups = await groupFiles(side, input, kept);
  const files = groups.flatMap((group) => group.files);
  const journal = await openJournal(privateFolder(projectRoot, connection.name));
  if (!checkOnly) await note('started', groups, org, journal, deps);
  const outcome = await org.deploy({
    paths: files.map(({ path }) => join(projectRoot, path)),
    apiVersion: connection.apiVersion,
    checkOnly,
    tests: groups.flatMap(({ group }) => group.tests?.(connection) ?? []),
    onProgress: (done, total) => deps.onProgress(side, done, total),
  });
  if (!outcome.success) throw refusalOf(outcome, connection, side);
  if (!checkOnly) await note('done', groups, org, journal, deps);
  return { side, username: org.identity.username, deployId: outcome.id, files: files.map(({ path }) => path), kept };
}

function keptComponents(side: Side, { connection }: DeployInput, org: OrgGateway): Promise<readonly ComponentRef[]> {
  const groups = deployGroups.filter((group) => group.side === side && group.whenThere === 'keep');
  return org.existing(groups.flatMap((group) => group.components(connection)));
}

async function groupFiles(
  side: Side,
  { connection, projectRoot }: DeployInput,
  kept: readonly ComponentRef[],
): Promise<readonly GroupFiles[]> {
  const root = sourceRoot(connection.name, side);
  const paths = await filesBelow(projectRoot, root);
  if (paths.length === 0) throw new JwtError('nothingToDeploy', [connection.name, root, connection.name]);
  const isKept = (group: DeployGroup): boolean =>
    group.whenThere === 'keep' &&
    group
      .components(connection)
      .every(({ type, fullName }) =>
        kept.some((component) => component.type === type && component.fullName === fullName),
      );
  const groups = deployGroups.filter((group) => group.side === side && !isKept(group));
  return Promise.all(
    groups.map(async (group) => {
      const own = paths.filter((path) => ownsFile(group, path.slice(root.length + 1)));
      return { group, files: await Promise.all(own.map((path) => readWanted(projectRoot, path))) };
    }),
  );
}

async function readWanted(projectRoot: string, path: string): Promise<WantedFile> {
  const content = await readFile(join(projectRoot, path), 'utf8');
  return { path, content, sha256: sha256(content) };
}

/** A deploy notes its beginning and its end, so that the next setup knows what the org has. */
async function note(
  event: 'started' | 'done',
  groups: readonly GroupFiles[],
  { identity }: OrgGateway,
  journal: Journal,
  { now }: DeployDeps,
): Promise<void> {
  for (const { group, files } of groups.filter((candidate) => candidate.files.length > 0)) {
    const entry = { step: group.kind, at: now().toISOString(), orgId: identity.orgId };
    await journal.append(event === 'done' ? { event, ...entry, digest: digestFiles(files) } : { event, ...entry });
  }
}
