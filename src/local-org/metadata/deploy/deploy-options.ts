import { isTrue, textOf, textsOf, type XmlElement } from '../xml/xml-element.js';

export const testLevels = [
  'NoTestRun',
  'RunSpecifiedTests',
  'RunLocalTests',
  'RunAllTestsInOrg',
  'RunRelevantTests',
] as const;
export type TestLevel = (typeof testLevels)[number];

/** The options of a deploy that a local org heeds. The others have nothing to act on there, and are taken silently. */
export type DeployOptions = {
  readonly allowMissingFiles: boolean;
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly rollbackOnError: boolean;
  readonly singlePackage: boolean;
  readonly testLevel: TestLevel | undefined;
  readonly runTests: readonly string[];
};

export type ReadOptions =
  { readonly kind: 'options'; readonly options: DeployOptions } | { readonly kind: 'fault'; readonly message: string };

/** Whether a deploy is to run tests: by a level, or in the way from before there were levels, by names alone. */
export function asksForTests({ testLevel, runTests }: DeployOptions): boolean {
  return testLevel === undefined ? runTests.length > 0 : testLevel !== 'NoTestRun';
}

/** The test classes that a deploy asks for by name. */
export function namedTests({ testLevel, runTests }: DeployOptions): readonly string[] {
  return testLevel === undefined || testLevel === 'RunSpecifiedTests' ? runTests : [];
}

/** Reads the `DeployOptions` of a SOAP call; all of them are optional. */
export function readSoapOptions(element: XmlElement | undefined): ReadOptions {
  const flag = (name: string): boolean => element !== undefined && isTrue(element, name);
  return readOptions(flag, element && textOf(element, 'testLevel'), element ? textsOf(element, 'runTests') : []);
}

/** Reads the `deployOptions` of a REST call: outside data, so every type is looked at. */
export function readJsonOptions(value: unknown): ReadOptions {
  if (value === undefined || value === null) return readOptions(() => false, undefined, []);
  if (typeof value !== 'object' || Array.isArray(value)) return refuse('deployOptions must be an object');
  const options = new Map<string, unknown>(Object.entries(value));
  const testLevel = options.get('testLevel');
  const runTests = options.get('runTests');
  if (testLevel !== undefined && testLevel !== null && typeof testLevel !== 'string') {
    return refuse('testLevel must be a string');
  }
  const tests = Array.isArray(runTests) ? runTests.filter((name): name is string => typeof name === 'string') : [];
  return readOptions(
    (name) => options.get(name) === true || options.get(name) === 'true',
    testLevel ?? undefined,
    tests,
  );
}

function readOptions(
  flag: (name: string) => boolean,
  testLevel: string | undefined,
  runTests: readonly string[],
): ReadOptions {
  const level = testLevels.find((name) => name === testLevel);
  if (testLevel !== undefined && level === undefined) {
    return refuse(`'${testLevel}' is not a valid value for the enum 'TestLevel'`);
  }
  const tests = runTests.filter((name) => name !== '');
  if (level === 'RunSpecifiedTests' && tests.length === 0) {
    // Word for word as orgs have it.
    return refuse('runTests must not be empty when a testLevel of RunSpecifiedTests is used');
  }
  const options: DeployOptions = {
    allowMissingFiles: flag('allowMissingFiles'),
    checkOnly: flag('checkOnly'),
    ignoreWarnings: flag('ignoreWarnings'),
    rollbackOnError: flag('rollbackOnError'),
    singlePackage: flag('singlePackage'),
    testLevel: level,
    runTests: tests,
  };
  return { kind: 'options', options };
}

function refuse(message: string): ReadOptions {
  return { kind: 'fault', message };
}
