import { isTrue, textOf, textsOf, type XmlElement } from '../xml/xml-element.js';

export const testLevels = [
  'NoTestRun',
  'RunSpecifiedTests',
  'RunLocalTests',
  'RunAllTestsInOrg',
  'RunRelevantTests',
] as const;
export type TestLevel = (typeof testLevels)[number];

/** The options of a deploy that a local org heeds. */
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

/** The options that are true or false. Some of them have nothing to act on in a local org: they are read all the same. */
const flags: ReadonlySet<string> = new Set([
  'allowMissingFiles',
  'autoUpdatePackage',
  'checkOnly',
  'ignoreWarnings',
  'performRetrieve',
  'purgeOnDelete',
  'rollbackOnError',
  'singlePackage',
]);

/** Reads the `DeployOptions` of a SOAP call; all of them are optional. */
export function readSoapOptions(element: XmlElement | undefined): ReadOptions {
  if (!element) return readOptions(() => false, undefined, []);
  const fault = faultOfElements(element);
  if (fault !== undefined) return refuse(fault);
  return readOptions((name) => isTrue(element, name), textOf(element, 'testLevel'), textsOf(element, 'runTests'));
}

/** What is misspelt is refused: a validation that is saved after all changes the org. */
function faultOfElements({ children }: XmlElement): string | undefined {
  const seen = new Set<string>();
  for (const { name, namespace, text, attributes } of children) {
    if (!flags.has(name) && name !== 'testLevel' && name !== 'runTests')
      return `Element {${namespace}}${name} invalid at this location in type DeployOptions`;
    if (seen.has(name) && name !== 'runTests')
      return `Element ${name} is duplicated at this location in type DeployOptions`;
    const isNil = attributes['nil'] === 'true';
    if (flags.has(name) && !isNil && !/^(?:true|false|0|1)$/.test(text.trim()))
      return `'${text.trim()}' is not valid for the type xsd:boolean`;
    seen.add(name);
  }
  return undefined;
}

/** Reads the `deployOptions` of a REST call: outside data, so every type is looked at. */
export function readJsonOptions(value: unknown): ReadOptions {
  if (value === undefined || value === null) return readOptions(() => false, undefined, []);
  if (typeof value !== 'object' || Array.isArray(value)) return refuse('deployOptions must be an object');
  // Clients send null for what nobody chose.
  const options = new Map<string, unknown>(Object.entries(value).filter(([, content]) => content !== null));
  const testLevel = options.get('testLevel');
  const runTests = options.get('runTests') ?? [];
  const fault = faultOfMembers(options);
  if (fault !== undefined) return refuse(fault);
  if (testLevel !== undefined && typeof testLevel !== 'string') return refuse('testLevel must be a string');
  if (!isTexts(runTests)) return refuse('runTests must be an array of strings');
  return readOptions((name) => options.get(name) === true, testLevel, runTests);
}

function faultOfMembers(options: ReadonlyMap<string, unknown>): string | undefined {
  const names = [...options.keys()].filter((name) => name !== 'testLevel' && name !== 'runTests');
  const unknown = names.find((name) => !flags.has(name));
  if (unknown !== undefined) return `Unknown deploy option: ${unknown}`;
  const wrong = names.find((name) => typeof options.get(name) !== 'boolean');
  return wrong === undefined ? undefined : `${wrong} must be true or false`;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
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
