import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import { transpileApex } from './apex-transpile.js';

const runtime = ['apex-runtime.mjs', 'apex-platform.mjs']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('\n');

export type ApexRun = {
  /** What each test method that failed said. */
  readonly failures: readonly string[];
  readonly tests: number;
  /** Lines of the class under test with a statement that no test ran. */
  readonly uncovered: readonly number[];
  readonly coverage: number;
  /** Each token endpoint that the exchange of the platform sent an assertion to. */
  readonly askedAt: readonly string[];
  /** Which methods of a partition of the org's cache were called. */
  readonly usesCache: readonly string[];
};

/** A record of a Custom Metadata Type. */
export type ApexRecord = {
  readonly type: string;
  readonly developerName: string;
  readonly values: Readonly<Record<string, string | number | null>>;
};

/** What an org may do, when the exchange of the platform is used in a test, as far as nobody says that it does not. */
export const strangeExchanges = [
  'is reached by Test.setMock alone',
  'takes no mock',
  'makes no callout in a test',
  'fails in a way of its own',
  'has no token in a test',
  'has a token of its own',
  'shows the mock no request',
  'shows the mock an empty request',
] as const;

/** What the org has in which the tests run. */
export type ApexOrg = {
  /** Name of its certificate, if it has one. */
  readonly certificate?: string;
  readonly partitions: readonly string[];
  readonly records: readonly ApexRecord[];
  /** By default, the mock for it is asked and believed, as the Apex Reference Guide has it (HttpCalloutMockUtil). */
  readonly exchange?: (typeof strangeExchanges)[number];
};

/**
 * Runs each test method of a class as an org does, in a world of its own, on a small stand-in for the platform.
 *
 * @param sources All classes; the one under test first, its test class second
 */
export function runApexTests(
  sources: readonly string[],
  { certificate, partitions, records, exchange }: ApexOrg,
): ApexRun {
  const classes = sources.map(transpiled);
  const [subject, test] = sources.map((source) => /^p\w+(?: with sharing)? class (\w+)/m.exec(source)?.[1] ?? '');
  const hits = new Set<number>();
  const askedAt = new Set<string>();
  const usesCache = new Set<string>();
  // Apex loads a class when it is used; here the ones that others use at once come first.
  const scripts = [...classes.slice(2), ...classes.slice(0, 2)].map(({ script }) => script).join('\n');
  const methods = [...(sources[1] ?? '').matchAll(/@IsTest\n {4}static void (\w+)/g)].map(([, name]) => name);
  const failures = methods.flatMap((method) => {
    const context = createContext({
      $certificate: certificate ?? null,
      $partitions: partitions,
      $records: records,
      $exchange: exchange ?? 'asks its mock',
      $askedAt: (tokenEndpoint: string) => void askedAt.add(tokenEndpoint),
      $usesCache: (method: string) => void usesCache.add(method),
      $digest: (algorithm: string, text: string) => createHash(algorithm).update(text).digest(),
      $hit: (name: string, line: number) => void (name === subject && hits.add(line)),
    });
    const main = `$deferred.forEach((action) => action()); ${test}.${method}();`;
    try {
      new Script(`${runtime}\n${scripts}\n${main}`).runInContext(context);
      return [];
    } catch (error) {
      return [`${method}: ${describe(error)}`];
    }
  });
  const lines = [...(classes[0]?.lines ?? [])];
  const uncovered = lines.filter((line) => !hits.has(line));
  const coverage = 1 - uncovered.length / lines.length;
  return {
    failures,
    tests: methods.length,
    uncovered,
    coverage,
    askedAt: [...askedAt],
    usesCache: [...usesCache].sort(),
  };
}

const known = new Map<string, ReturnType<typeof transpileApex>>();

/** Most classes stay the same from one run to the next. */
function transpiled(source: string): ReturnType<typeof transpileApex> {
  const made = known.get(source) ?? transpileApex(source);
  known.set(source, made);
  return made;
}

const describe = (error: unknown): string => {
  const { message } = error as { message?: string };
  return message ?? String(error);
};
