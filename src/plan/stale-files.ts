import type { Connection } from '../config/connection.js';
import { deployGroups, pathsOfGroup } from './deploy-groups.js';
import type { Observation } from './observation.js';
import type { Step } from './step.js';

/**
 * Files that earlier runs made for names that the connection no longer has. Deployed once more, they would bring the old
 * app or class along. A file that somebody changed is not ours to remove.
 */
export function staleFiles(
  connection: Connection,
  { files, journal }: Pick<Observation, 'files' | 'journal'>,
): readonly string[] {
  const current = new Set(deployGroups.flatMap((group) => pathsOfGroup(group, connection)));
  return Object.entries(files)
    .filter(([path, sha256]) => journal.written[path]?.includes(sha256))
    .map(([path]) => path)
    .filter((path) => !current.has(path));
}

/** A step that removes them; none where there are none. The components of those names stay in the orgs. */
export function planRemoval(connection: Connection, observation: Observation): readonly Step[] {
  const stale = staleFiles(connection, observation);
  if (stale.length === 0) return [];
  const subject = stale.length === 1 ? '1 file of an earlier name' : `${stale.length} files of earlier names`;
  const reason = 'remove from the project; the org keeps what was deployed';
  return [{ kind: 'remove-files', place: 'local', action: 'update', subject, reason }];
}
