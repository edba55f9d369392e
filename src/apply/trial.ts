import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseConnectionFile } from '../config/connection-file.js';
import type { ConnectionDraft } from '../config/draft.js';
import { privateFolder } from '../private-folder.js';

/**
 * What earlier trials of a connection were told, which is the base of the next one; nothing where there was none. A trial has
 * no place in the connection file.
 *
 * @throws JwtError `configNotJson` or `configInvalid`, where somebody has edited the file
 */
export async function readTrial(projectRoot: string, name: string): Promise<ConnectionDraft> {
  const path = trialFile(privateFolder(projectRoot, name));
  const text = await readIfThere(path);
  if (text === undefined) return {};
  return (await parseConnectionFile(text, relative(projectRoot, path))).connections[name] ?? {};
}

/** Whether there was a trial of that name. */
export const hasTrial = async (projectRoot: string, name: string): Promise<boolean> =>
  (await readIfThere(trialFile(privateFolder(projectRoot, name)))) !== undefined;

/** Keeps what a trial was told, in the form of the connection file: its entry can be copied there. The folder must exist. */
export async function saveTrial(folder: string, name: string, draft: ConnectionDraft): Promise<void> {
  const text = `${JSON.stringify({ connections: { [name]: draft } }, undefined, 2)}\n`;
  await writeFile(trialFile(folder), text, { mode: 0o600 });
}

const trialFile = (folder: string): string => join(folder, 'trial.json');

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
