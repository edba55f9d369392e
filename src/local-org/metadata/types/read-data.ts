import { readFileSync } from 'node:fs';

/** Reads a JSON file of this folder when it is first asked for: an org that nobody deploys to does without. */
export function readData<T>(name: string): () => T {
  let data: T | undefined;
  return () => (data ??= JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T);
}
