import type { Connection } from '../config/connection.js';
import { deployGroups, type DeployGroup, type KnownFacts } from './deploy-groups.js';
import { buildWith, withPlaceholders } from './generated-files.js';
import type { Observation } from './observation.js';
import { wantedFiles, type WantedFile } from './wanted-files.js';

type Seen = Pick<Observation, 'certificateInFiles'>;

/**
 * What we would write for a group, to be held against edits before anything is done: with placeholders for what an org
 * makes in an earlier step, and with whichever certificate is at hand, as that is not for anybody to edit.
 */
export function forecastOf(
  group: DeployGroup,
  connection: Connection,
  facts: KnownFacts,
  { certificateInFiles }: Seen,
): readonly WantedFile[] {
  const certificatePem = facts.certificatePem ?? certificateInFiles;
  return wantedFiles(connection, buildWith({ ...withPlaceholders(facts), certificatePem }, connection, group));
}

/** The same for all groups. */
export const forecastFiles = (connection: Connection, facts: KnownFacts, seen: Seen): readonly WantedFile[] =>
  deployGroups.flatMap((group) => forecastOf(group, connection, facts, seen));
