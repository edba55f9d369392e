import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { sha256 } from '../plan/digest.js';

/** Files below a folder of the project, relative to the project, with `/`, sorted. None where there is no such folder. */
export async function filesBelow(projectRoot: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(projectRoot, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

/** Each file below a folder, by its path relative to the project. */
export async function contentsBelow(projectRoot: string, folder: string): Promise<Readonly<Record<string, Buffer>>> {
  const paths = await filesBelow(projectRoot, folder);
  const contents = paths.map(async (path) => [path, await readFile(join(projectRoot, path))] as const);
  return Object.fromEntries(await Promise.all(contents));
}

/** SHA-256 of each of some files. */
export const digestsOf = (contents: Readonly<Record<string, Buffer>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(contents).map(([path, content]) => [path, sha256(content)]));

/** What a setup keeps beside the key files, and nobody else reads. */
const bookkeeping = /\/(journal\.jsonl|lock)$/;

/** Every file that belongs to a connection: artifacts and key files. */
export async function connectionFiles(projectRoot: string, connectionName: string): Promise<readonly string[]> {
  const [artifacts, keyFiles] = await Promise.all([
    filesBelow(projectRoot, `jwt/${connectionName}`),
    filesBelow(projectRoot, `.sf/jwt/${connectionName}`),
  ]);
  return [...artifacts, ...keyFiles.filter((path) => !bookkeeping.test(path))];
}
