import type { DeployProblem } from './gateway.js';

/** One item or several: over SOAP a single item may come as an object instead of an array. */
type OneOrMany<T> = T | readonly T[] | null | undefined;

type ComponentFailure = {
  readonly componentType?: string | undefined;
  readonly fullName: string;
  readonly fileName?: string;
  readonly problem?: string;
  readonly lineNumber?: number | string;
  readonly columnNumber?: number | string;
};

type TestFailure = { readonly name: string; readonly methodName?: string; readonly message: string };

/** What is read of a DeployResult (Metadata API Developer Guide, DeployResult). */
export type DeployAnswer = {
  readonly success?: unknown;
  readonly errorMessage?: string;
  readonly details?: {
    readonly componentFailures?: OneOrMany<ComponentFailure>;
    readonly runTestResult?: { readonly failures?: OneOrMany<TestFailure> };
  };
};

/** All that an org says is wrong with a deploy: components, tests, then the deploy as a whole. */
export function collectProblems(answer: DeployAnswer): readonly DeployProblem[] {
  const components = many(answer.details?.componentFailures).map(fromComponent);
  const tests = many(answer.details?.runTestResult?.failures).map(fromTest);
  const whole = answer.errorMessage ? [{ message: answer.errorMessage }] : [];
  return [...components, ...tests, ...whole];
}

function fromComponent(failure: ComponentFailure): DeployProblem {
  return {
    component: { type: failure.componentType ?? '', fullName: failure.fullName },
    message: failure.problem ?? 'The org gave no reason.',
    ...(failure.fileName ? { file: failure.fileName } : {}),
    ...(failure.lineNumber === undefined ? {} : { line: Number(failure.lineNumber) }),
    ...(failure.columnNumber === undefined ? {} : { column: Number(failure.columnNumber) }),
  };
}

function fromTest({ name, methodName, message }: TestFailure): DeployProblem {
  return {
    component: { type: 'ApexClass', fullName: name },
    message: `Test ${name}.${methodName ?? ''} failed: ${message}`,
  };
}

const many = <T>(items: OneOrMany<T>): readonly T[] => [items ?? []].flat() as readonly T[];
