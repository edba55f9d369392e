import { Messages } from '@salesforce/core';
import { filesBelow } from '../apply/connection-files.js';
import type { Side } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import { outlineOfSide } from '../plan/deploy-groups.js';
import { sourceRoot } from '../plan/wanted-files.js';
import { shellQuoted } from '../shell-quoted.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'generate-client');

/**
 * Files in the source folder of one side that the connection does not make, relative to the project: what an earlier run made
 * for other names or another client type, or what somebody put there.
 */
export async function leftoverFiles(
  projectRoot: string,
  connection: Connection,
  side: Side,
): Promise<readonly string[]> {
  const root = sourceRoot(connection.name, side);
  const made = new Set(outlineOfSide(connection, side).map(({ path }) => `${root}/${path}`));
  const there = await filesBelow(projectRoot, root);
  return there.filter((path) => !made.has(path) && !isHidden(path));
}

/** The CLI deploys no such files (`.DS_Store` and the like). */
const isHidden = (path: string): boolean => path.slice(path.lastIndexOf('/') + 1).startsWith('.');

/** What to do with them, for people; nothing where there are none. */
export const leftoverText = (leftovers: readonly string[]): readonly string[] =>
  leftovers.length === 0 ? [] : [messages.getMessage('leftovers', [leftovers.map(shellQuoted).join(' ')])];

/**
 * Folders and files that hold `files` below `folder`, and none of `others`: as few as possible, for `--source-dir`. All paths
 * have `/`.
 */
export function sourcesOf(folder: string, files: readonly string[], others: readonly string[]): readonly string[] {
  const isBelow = (path: string): boolean => path.startsWith(`${folder}/`);
  const own = files.filter(isBelow);
  if (!others.some(isBelow)) return own.length === 0 ? [] : [folder];
  const children = new Set(own.map((path) => path.slice(folder.length + 1).split('/', 1)[0] ?? ''));
  return [...children].flatMap((child) => {
    const path = `${folder}/${child}`;
    if (!own.includes(path)) return sourcesOf(path, own, others);
    return hasContent(path, own) ? [] : [path];
  });
}

/** Whoever names the file with the content deploys its metadata as well. */
const hasContent = (path: string, files: readonly string[]): boolean =>
  path.endsWith('-meta.xml') && files.includes(path.slice(0, -'-meta.xml'.length));
