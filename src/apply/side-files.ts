import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentRef, Side } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { OrgGateway } from '../org/gateway.js';
import { componentsOfGroup, deployGroups, ownsFile, pathsOfGroup, type DeployGroup } from '../plan/deploy-groups.js';
import { sha256 } from '../plan/digest.js';
import { sourceRoot, type WantedFile } from '../plan/wanted-files.js';
import { filesBelow } from './connection-files.js';
import { isSame } from './deploy-guards.js';
import type { GroupFiles } from './deploy-job.js';

type Where = { readonly connection: Connection; readonly projectRoot: string };

/** Whether there is anything to deploy to the org of a side. */
export async function hasFiles(side: Side, { connection, projectRoot }: Where): Promise<boolean> {
  return (await filesBelow(projectRoot, sourceRoot(connection.name, side))).length > 0;
}

/**
 * What stands in the source folder of a side, by the groups to which it belongs. A component that is kept is left out once
 * the org has it.
 *
 * @throws JwtError `nothingToDeploy`
 */
export async function readSide(
  side: Side,
  { connection, projectRoot }: Where,
  { org, existing }: { readonly org: OrgGateway; readonly existing: readonly ComponentRef[] },
): Promise<readonly GroupFiles[]> {
  const { name } = connection;
  const root = sourceRoot(name, side);
  const paths = await filesBelow(projectRoot, root);
  const otherSide = side === 'server' ? 'client' : 'server';
  if (paths.length === 0) throw new JwtError('nothingToDeploy', [name, root, name, name, otherSide]);
  const isThere = (component: ComponentRef): boolean => existing.some((other) => isSame(other, component));
  const isKept = (group: DeployGroup): boolean =>
    group.whenThere === 'keep' && componentsOfGroup(group, connection).every(isThere);
  const groups = deployGroups.filter((group) => group.side === side);
  const withFiles = groups.map(async (group): Promise<GroupFiles> => {
    const left = isKept(group) ? pathsOfGroup(group, connection) : [];
    const own = paths.filter((path) => ownsFile(group, path.slice(root.length + 1)) && !left.includes(path));
    const files = await Promise.all(own.map((path) => readWanted(projectRoot, path)));
    return { group, files, components: await org.componentsIn(own.map((path) => join(projectRoot, path))) };
  });
  return (await Promise.all(withFiles)).filter(({ files }) => files.length > 0);
}

async function readWanted(projectRoot: string, path: string): Promise<WantedFile> {
  const content = await readFile(join(projectRoot, path), 'utf8');
  return { path, content, sha256: sha256(content) };
}
