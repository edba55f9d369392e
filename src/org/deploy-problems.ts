import type { DeployProblem } from './gateway.js';

/** One item or several: over SOAP a single item may come as an object instead of an array. */
type OneOrMany<T> = T | readonly T[] | null | undefined;

type ComponentMessage = {
  readonly componentType?: string | undefined;
  readonly fullName: string;
  readonly fileName?: string;
  readonly problem?: string | null;
  readonly problemType?: string | null;
  readonly lineNumber?: number | string;
  readonly columnNumber?: number | string;
};

type TestFailure = {
  readonly name: string;
  readonly methodName?: string;
  readonly message: string;
  readonly stackTrace?: string | null;
};

type CoverageWarning = { readonly name?: string | null; readonly message: string };

/** What is read of a DeployResult (Metadata API Developer Guide, DeployResult and RunTestsResult). */
export type DeployAnswer = {
  readonly success?: unknown;
  readonly errorMessage?: string;
  readonly details?: {
    readonly componentFailures?: OneOrMany<ComponentMessage>;
    readonly componentSuccesses?: OneOrMany<ComponentMessage>;
    readonly runTestResult?: {
      readonly failures?: OneOrMany<TestFailure>;
      readonly codeCoverageWarnings?: OneOrMany<CoverageWarning>;
      readonly numTestsRun?: number | string;
    };
  };
};

/**
 * All that an org says is wrong with a deploy: components, tests, then the deploy as a whole. A deploy that failed with
 * tests that cover too little says so in warnings alone.
 */
export function collectProblems({ success, errorMessage, details }: DeployAnswer): readonly DeployProblem[] {
  const components = many(details?.componentFailures).map(fromComponent);
  const tests = many(details?.runTestResult?.failures).map(fromTest);
  const coverage = isTrue(success) ? [] : coverageWarnings(details).filter(isOfCoverage).map(fromCoverage);
  const whole = errorMessage ? [{ message: errorMessage }] : [];
  return [...components, ...tests, ...coverage, ...whole];
}

/** What an org says about a deploy that it took: components that it warns of, and tests that cover too little or did not run. */
export function collectWarnings({ success, details }: DeployAnswer): readonly string[] {
  if (!isTrue(success)) return [];
  const components = many(details?.componentSuccesses).flatMap(({ componentType, fullName, problem }) =>
    problem ? [`${componentType ?? ''} ${fullName}: ${problem}`.trim()] : [],
  );
  const coverage = coverageWarnings(details).map(({ name, message }) => (name ? `${name}: ${message}` : message));
  return [...new Set([...components, ...coverage])];
}

/** How many test methods the org ran. */
export const countTests = ({ details }: DeployAnswer): number => Number(details?.runTestResult?.numTestsRun ?? 0);

function fromComponent(failure: ComponentMessage): DeployProblem {
  return {
    component: { type: failure.componentType ?? '', fullName: failure.fullName },
    message: failure.problem ?? 'The org gave no reason.',
    ...(failure.fileName ? { file: failure.fileName } : {}),
    ...place(failure.lineNumber, failure.columnNumber),
  };
}

function fromTest({ name, methodName, message, stackTrace }: TestFailure): DeployProblem {
  const frame = frameIn(name, stackTrace ?? '');
  return {
    kind: 'test',
    component: { type: 'ApexClass', fullName: name },
    message: `Test ${name}.${methodName ?? ''} failed: ${message}`,
    file: `classes/${name}.cls`,
    ...place(frame?.[1], frame?.[2]),
  };
}

function fromCoverage({ name, message }: CoverageWarning): DeployProblem {
  return {
    kind: 'coverage',
    message,
    ...(name ? { component: { type: 'ApexClass', fullName: name }, file: `classes/${name}.cls` } : {}),
  };
}

/** Like `Class.ErpClientTest.works: line 12, column 1`, also with a namespace or an inner class in between. */
function frameIn(className: string, stackTrace: string): RegExpExecArray | null {
  const name = className.replaceAll(/[^\w]/g, '');
  return new RegExp(`^Class\\.(?:\\w+\\.)?${name}\\..*: line (\\d+), column (\\d+)$`, 'm').exec(stackTrace);
}

/** An org that knows no place says nothing, or zero. */
function place(line: unknown, column: unknown): Pick<DeployProblem, 'line' | 'column'> {
  if (!(Number(line) > 0)) return {};
  return { line: Number(line), ...(Number(column) > 0 ? { column: Number(column) } : {}) };
}

const coverageWarnings = (details: DeployAnswer['details']): readonly CoverageWarning[] =>
  many(details?.runTestResult?.codeCoverageWarnings);

/** A local org tells with such a warning that it runs no tests, which makes no deploy fail. */
const isOfCoverage = ({ message }: CoverageWarning): boolean => /coverage/i.test(message);

/** Over SOAP a boolean may come as text. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';

const many = <T>(items: OneOrMany<T>): readonly T[] => [items ?? []].flat() as readonly T[];
