import type { WrittenFile } from '../apply/write-artifacts.js';

/** One line a file: what happened to it, and where it is. */
export function fileLines(files: readonly WrittenFile[]): readonly string[] {
  const width = Math.max(...files.map(({ action }) => action.length));
  return files.map(({ path, action }) => `  ${action.padEnd(width)}  ${path}`);
}
