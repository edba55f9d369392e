import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import { transpileApex } from './apex-transpile.js';

const runtime = readFileSync(new URL('apex-runtime.mjs', import.meta.url), 'utf8');

export type ApexRun = {
  /** What each test method that failed said. */
  readonly failures: readonly string[];
  readonly tests: number;
  /** Lines of the class under test with a statement that no test ran. */
  readonly uncovered: readonly number[];
  readonly coverage: number;
};

/** What the org has in which the tests run. */
export type ApexOrg = { readonly hasCertificate: boolean; readonly partitions: readonly string[] };

/**
 * Runs each test method of a class as an org does, in a world of its own, on a small stand-in for the platform.
 *
 * @param sources All classes; the one under test first, its test class second
 */
export function runApexTests(sources: readonly string[], { hasCertificate, partitions }: ApexOrg): ApexRun {
  const classes = sources.map(transpileApex);
  const [subject, test] = sources.map((source) => /^p\w+(?: with sharing)? class (\w+)/m.exec(source)?.[1] ?? '');
  const hits = new Set<number>();
  // Apex loads a class when it is used; here the ones that others use at once come first.
  const scripts = [...classes.slice(2), ...classes.slice(0, 2)].map(({ script }) => script).join('\n');
  const methods = [...(sources[1] ?? '').matchAll(/@IsTest\n {4}static void (\w+)/g)].map(([, name]) => name);
  const failures = methods.flatMap((method) => {
    const context = createContext({
      $hasCertificate: hasCertificate,
      $partitions: partitions,
      $hit: (name: string, line: number) => void (name === subject && hits.add(line)),
    });
    const settings = [...scripts.matchAll(/\w+__mdt/g)].map(([name]) => name);
    const types = [...new Set(settings)].map((name) => `var ${name} = { getInstance: () => null };`).join('\n');
    const main = `$deferred.forEach((action) => action()); ${test}.${method}();`;
    try {
      new Script(`${runtime}\n${types}\n${scripts}\n${main}`).runInContext(context);
      return [];
    } catch (error) {
      return [`${method}: ${describe(error)}`];
    }
  });
  const lines = [...(classes[0]?.lines ?? [])];
  const uncovered = lines.filter((line) => !hits.has(line));
  return { failures, tests: methods.length, uncovered, coverage: 1 - uncovered.length / lines.length };
}

const describe = (error: unknown): string => {
  const { message } = error as { message?: string };
  return message ?? String(error);
};
