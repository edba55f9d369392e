import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentRef, Side } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import type { OrgGateway, OrgSource } from '../org/gateway.js';
import { componentsOfGroup, deployGroups, type KnownFacts } from '../plan/deploy-groups.js';
import { withEdits } from '../plan/edits.js';
import { withPlaceholders } from '../plan/generated-files.js';
import type { Observation } from '../plan/observation.js';
import type { Conflict } from '../plan/step.js';
import { sourceRoot, wantedFiles, type WantedFile } from '../plan/wanted-files.js';
import { gatewayOf, type Gateways } from './observe.js';
import { pairSources, sourcesOf, type Wanted } from './org-sources.js';
import { differenceOf, type Difference } from './unified-diff.js';

type Seen = Pick<Observation, 'edits' | 'journal'>;

type Where = {
  readonly connection: Connection;
  readonly projectRoot: string;
  readonly orgs: Gateways;
  readonly seen: Seen;
};

/**
 * How what is in the way of a plan differs from what is wanted. Reads the project and the orgs.
 *
 * Left out is what cannot be compared: content that depends on a certificate that is not there yet, and components that an
 * org gives out in other files than the project has, like the fields of an object.
 */
export async function differencesInTheWay(
  conflicts: readonly Conflict[],
  facts: KnownFacts,
  where: Where,
): Promise<readonly Difference[]> {
  if (conflicts.length === 0) return [];
  const { connection, projectRoot, orgs, seen } = where;
  const wanted = wantedOf(connection, withPlaceholders(facts), seen);
  const paths = conflicts.flatMap((conflict) => ('path' in conflict ? [conflict.path] : []));
  const files = wanted.filter(({ path }) => paths.includes(path));
  const sides = (['server', 'client'] as const).filter((side) => orgs[side] !== undefined);
  const inOrgs = sides.map((side) => {
    const components = componentsInTheWay(conflicts, connection, side);
    return differencesInOrg(gatewayOf(side, orgs), components, wanted, sourceRoot(connection.name, side));
  });
  return [...(await differencesOfFiles(projectRoot, files)), ...(await Promise.all(inOrgs)).flat()];
}

/** How the components of an org differ from our files of them. None where the org does not give them out. */
export async function differencesInOrg(
  org: OrgGateway,
  components: readonly ComponentRef[],
  files: readonly Wanted[],
  root: string,
): Promise<readonly Difference[]> {
  const { madeByOrgs } = await import('../plan/xml-tree.js');
  const differences = pairSources(files, await sourcesOf(org, components), root).map(({ file, source }) =>
    differenceOf({ path: file.path, where: 'org' }, asWritten(source, file, madeByOrgs), file.content),
  );
  return (await Promise.all(differences)).filter(({ diff, path }) => diff !== '' || !path.endsWith('-meta.xml'));
}

/** An org trims classes (forcedotcom/cli#306), which makes no difference, and no deploy takes away what it made itself. */
function asWritten({ path, content }: OrgSource, ours: Wanted, madeByOrgs: readonly string[]): string {
  if (/\.cls$/i.test(path)) return `${content.replaceAll('\r\n', '\n').trim()}\n`;
  const names = madeByOrgs.filter((name) => !ours.content.includes(`<${name}>`)).join('|');
  return content.replaceAll(new RegExp(`\\n?[ \\t]*<(${names})>[^<]*</\\1>`, 'g'), '');
}

function differencesOfFiles(projectRoot: string, files: readonly Wanted[]): Promise<readonly Difference[]> {
  const differences = files.map(async ({ path, content }) =>
    differenceOf({ path, where: 'file' }, await readFile(join(projectRoot, path), 'utf8'), content),
  );
  return Promise.all(differences);
}

/** What is to be deployed of all groups whose facts are known, with the edits that stay. */
export const wantedOf = (connection: Connection, facts: KnownFacts, seen: Seen): readonly WantedFile[] =>
  withEdits(
    deployGroups.flatMap((group) => wantedFiles(connection, group.build(connection, facts) ?? [])),
    seen,
  );

function componentsInTheWay(
  conflicts: readonly Conflict[],
  connection: Connection,
  side: Side,
): readonly ComponentRef[] {
  const names = conflicts.flatMap((conflict) =>
    'component' in conflict && conflict.place === side ? [conflict.component] : [],
  );
  return deployGroups
    .filter((group) => group.side === side)
    .flatMap((group) => componentsOfGroup(group, connection))
    .filter(({ type, fullName }) => names.includes(`${type} ${fullName}`));
}
