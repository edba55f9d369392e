import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { ApexErrorListener, ApexLexer, ApexParserFactory } from '@apexdevtools/apex-parser';
import { check } from 'prettier';

const require = createRequire(import.meta.url);

class Listener extends ApexErrorListener {
  public readonly problems: string[] = [];

  public override apexSyntaxError(line: number, column: number, message: string): void {
    this.problems.push(`${line}:${column} ${message}`);
  }
}

/** Faults of the lexer and of the parser alike. */
export function apexSyntaxProblems(source: string, kind: 'class' | 'anonymous'): readonly string[] {
  const listener = new Listener();
  const { parser } = ApexParserFactory.createLexerAndParser(source, listener);
  if (kind === 'class') parser.compilationUnit();
  else parser.anonymousUnit();
  return listener.problems;
}

/** The string literals of a source, as an Apex lexer finds them, quotes included. */
export function apexStringLiterals(source: string): {
  readonly literals: readonly string[];
  readonly problems: readonly string[];
} {
  const listener = new Listener();
  const { lexer } = ApexParserFactory.createLexerAndParser(source, listener);
  const literals = lexer
    .getAllTokens()
    .filter(({ type }) => type === ApexLexer.StringLiteral)
    .map(({ text }) => text);
  return { literals, problems: listener.problems };
}

const formatted = new Map<string, Promise<boolean>>();

/**
 * True where Salesforce's own parser takes the source and prettier would leave every byte as it is. A source that was there
 * before is not looked at again: the same class belongs to many connections.
 */
export function isFormattedApex(source: string): Promise<boolean> {
  const found =
    formatted.get(source) ??
    check(source, {
      parser: 'apex',
      plugins: [require.resolve('prettier-plugin-apex')],
      apexStandaloneParser: 'native',
      printWidth: 120,
      tabWidth: 4,
    });
  formatted.set(source, found);
  return found;
}

export const hasJava = spawnSync('java', ['-version']).status === 0;

const javaLibraries = (): string =>
  join(dirname(require.resolve('@salesforce/code-analyzer-pmd-engine/package.json')), 'dist', 'java-lib', '*');

/** Faults that a compiler finds: unknown types, methods and variables, wrong arguments. Needs sfdx-project.json in the folder. */
export function apexCompilerProblems(projectFolder: string): readonly string[] {
  const run = java([
    'io.github.apexdevtools.apexls.CheckForIssues',
    '-n',
    '-d',
    'warnings',
    '-f',
    'json',
    '-w',
    projectFolder,
  ]);
  // One issue a line, between lines that name the files.
  return run.stdout
    .split('\n')
    .filter((line) => line.includes('"message"'))
    .map((line) => line.trim());
}

/** Findings of PMD's security and error-prone rules for Apex, each with its file in front. */
export function pmdProblems(files: readonly string[], workFolder: string): readonly string[] {
  mkdirSync(workFolder, { recursive: true });
  const [rules, input, output] = ['rules.xml', 'input.json', 'output.json'].map((name) => join(workFolder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(
    rules,
    `<?xml version="1.0"?><ruleset name="apex" xmlns="http://pmd.sourceforge.net/ruleset/2.0.0"><description>apex</description>
    <rule ref="category/apex/security.xml"/><rule ref="category/apex/errorprone.xml"/></ruleset>`,
  );
  writeFileSync(
    input,
    JSON.stringify({ ruleSetInputFile: rules, runDataPerLanguage: { apex: { filesToScan: files } } }),
  );
  java(['com.salesforce.sfca.pmdwrapper.PmdWrapper', 'run', input, output]);
  const { violations, processingErrors } = JSON.parse(readFileSync(output, 'utf8')) as {
    violations: { rule: string; message: string; codeLocation: { file: string } }[];
    processingErrors: { message: string }[];
  };
  return [
    ...violations.map(({ rule, message, codeLocation }) => `${basename(codeLocation.file)}: ${rule}: ${message}`),
    ...processingErrors.map(({ message }) => message),
  ];
}

function java(arguments_: readonly string[]): { readonly stdout: string } {
  const run = spawnSync('java', ['-cp', javaLibraries(), ...arguments_], { encoding: 'utf8' });
  // apex-ls exits with 4 when it found something.
  if (run.status !== 0 && run.status !== 4) throw new Error(`java ended with ${run.status}: ${run.stderr}`);
  return run;
}
