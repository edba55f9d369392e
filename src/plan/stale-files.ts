import type { Connection } from '../config/connection.js';
import { deployGroups, pathsOfGroup } from './deploy-groups.js';
import { isWritten } from './journal-state.js';
import { leftovers } from './leftovers.js';
import type { Observation } from './observation.js';
import type { Step } from './step.js';

type Seen = Pick<Observation, 'files' | 'journal'>;

/**
 * Files that earlier runs made for names that the connection no longer has. Deployed once more, they would bring the old
 * app or class along. A file that somebody changed is not ours to remove.
 */
export function staleFiles(connection: Connection, seen: Seen): readonly string[] {
  const current = pathsOf(connection);
  const renamed = filesInOldCase(connection, seen).map(({ from }) => from);
  return Object.entries(seen.files)
    .filter(([path, sha256]) => isWritten(seen.journal, path, sha256))
    .map(([path]) => path)
    .filter((path) => !current.includes(path) && !renamed.includes(path));
}

/**
 * Files whose names differ from what is wanted in case alone, where the wanted one is not there beside them: either it is
 * still to be written, or the file system takes both names for one, so that the file is the wanted one.
 */
export function filesInOldCase(
  connection: Connection,
  { files, journal }: Seen,
): readonly { readonly from: string; readonly to: string }[] {
  return pathsOf(connection).flatMap((to) => {
    if (files[to] !== undefined) return [];
    const from = Object.keys(files).find((path) => path.toLowerCase() === to.toLowerCase());
    return from !== undefined && isWritten(journal, from, files[from] ?? '') ? [{ from, to }] : [];
  });
}

/** A step that removes such files; unchanged, where only the orgs keep something of earlier settings. */
export function planRemoval(connection: Connection, observation: Observation): readonly Step[] {
  const stale = [
    ...staleFiles(connection, observation),
    ...filesInOldCase(connection, observation).map(({ from }) => from),
  ];
  const kept = leftovers(connection, observation, stale).join('; ');
  const step = { kind: 'remove-files', place: 'local' } as const;
  if (stale.length === 0) {
    return kept === ''
      ? []
      : [{ ...step, action: 'none', subject: 'What earlier settings left in orgs', reason: kept }];
  }
  const subject = stale.length === 1 ? '1 file of an earlier name' : `${stale.length} files of earlier names`;
  const reason = ['remove from the project', ...(kept === '' ? [] : [kept])].join('; ');
  return [{ ...step, action: 'update', subject, reason }];
}

const pathsOf = (connection: Connection): readonly string[] =>
  deployGroups.flatMap((group) => pathsOfGroup(group, connection));
