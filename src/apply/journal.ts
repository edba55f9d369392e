import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foldJournal, type JournalEntry, type JournalState } from '../plan/journal-state.js';

export interface Journal {
  readonly state: () => JournalState;
  /** Resolves once the entry is on disk: only then may its effect begin. */
  readonly append: (entry: JournalEntry) => Promise<void>;
}

const journalFile = 'journal.jsonl';

/** What earlier runs noted; nothing where there was none. A line that a killed run left unfinished says nothing. */
export async function readJournal(folder: string): Promise<JournalState> {
  return foldJournal(parseEntries(await readText(folder)));
}

/** Opens the journal of a connection to go on writing. The folder must exist. */
export async function openJournal(folder: string): Promise<Journal> {
  const text = await readText(folder);
  const entries = [...parseEntries(text)];
  let isLineUnfinished = text !== '' && !text.endsWith('\n');
  return {
    state: () => foldJournal(entries),
    append: async (entry) => {
      await appendDurably(join(folder, journalFile), `${isLineUnfinished ? '\n' : ''}${JSON.stringify(entry)}\n`);
      isLineUnfinished = false;
      entries.push(entry);
    },
  };
}

async function appendDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    await file.write(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readText(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, journalFile), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

function parseEntries(text: string): readonly JournalEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const entry: unknown = JSON.parse(line);
      return typeof entry === 'object' && entry !== null ? [entry as JournalEntry] : [];
    } catch {
      return [];
    }
  });
}
