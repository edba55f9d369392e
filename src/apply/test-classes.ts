import type { WantedFile } from '../plan/wanted-files.js';

/** Strings and comments of Apex, which may hold anything. */
const said = /'(?:\\.|[^'\\])*'|\/\*[^]*?\*\/|\/\/[^\n]*/g;

/** The test classes among some files, generated or not: those that are annotated so before their body begins. */
export const testClassesIn = (files: readonly Pick<WantedFile, 'path' | 'content'>[]): readonly string[] =>
  files.flatMap(({ path, content }) => {
    const name = /([^/]+)\.cls$/.exec(path)?.[1];
    const [head = ''] = content.replaceAll(said, ' ').split('{', 1);
    return name !== undefined && /@\s*istest\b/i.test(head) ? [name] : [];
  });
