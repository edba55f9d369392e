import type { Connection } from '../config/connection.js';
import { digestOfEdit } from '../plan/edits.js';
import { certificateIn, isGenerated } from '../plan/generated-files.js';
import { isWritten, type JournalState } from '../plan/journal-state.js';
import type { Observation } from '../plan/observation.js';
import { contentsBelow, digestsOf } from './connection-files.js';

/** Looks at the artifacts of a connection as they stand in the project. */
export async function observeFiles(
  connection: Connection,
  projectRoot: string,
  journal: JournalState,
): Promise<Pick<Observation, 'files' | 'generated' | 'edits' | 'certificateInFiles'>> {
  const contents = await contentsBelow(projectRoot, `jwt/${connection.name}`);
  const files = digestsOf(contents);
  const texts = Object.entries(contents).map(([path, content]) => ({ path, content: String(content) }));
  const anyCertificate = texts.map(({ content }) => certificateIn(content)).find((pem) => pem !== undefined);
  const unknown = texts.filter(({ path }) => !isWritten(journal, path, files[path] ?? ''));
  const generated = unknown.filter((file) => isGenerated(connection, file, anyCertificate)).map(({ path }) => path);
  const edits = unknown
    .filter(({ path, content }) => !generated.includes(path) && journal.edits[path] === digestOfEdit(content))
    .map(({ path, content }) => [path, content] as const);
  return { files, generated, edits: Object.fromEntries(edits), certificateInFiles: anyCertificate };
}
