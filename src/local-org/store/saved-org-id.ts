import { open } from 'node:fs/promises';
import { stateFileOf } from './state-file.js';

/**
 * The id of the org whose state a folder keeps under an alias, also while that org runs; undefined where there is none. It is
 * the first one in the file, whatever else its first line holds. Whoever starts the org is told what is wrong with its file.
 */
export async function savedOrgId(stateDir: string, alias: string): Promise<string | undefined> {
  const file = await open(stateFileOf(stateDir, alias)).catch(() => undefined);
  if (!file) return undefined;
  try {
    for await (const line of file.readLines({ autoClose: false })) return /"id":"(\w{15,18})"/.exec(line)?.[1];
    return undefined;
  } finally {
    await file.close();
  }
}
