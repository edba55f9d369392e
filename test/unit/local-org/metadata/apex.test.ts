import { expect } from 'chai';
import { apexNotExecuted } from '../../../../src/local-org/apex/not-executed.js';
import { calloutPermissionSet, classFile } from './client-files.js';
import { openMetadataOrg, zipOf, manifestOf, type MetadataOrg } from './metadata-org.js';
import { packageXml, type Files } from './metadata-xml.js';
import { classFiles } from './sample-files.js';

const invalidTest = (name: string) =>
  `This class name's value is invalid: ${name}. Provide the name of an Apex class that has test methods.`;
const client = classFile('ErpClient', 'public class ErpClient {}');
const test = classFile('ErpClientTest', '@IsTest\nprivate class ErpClientTest {}');

describe('local-org/metadata: Apex', () => {
  it('has no class of a version that there is not', async () => {
    const local = openMetadataOrg();
    const meta = classFiles['classes/Pricing.cls-meta.xml'].replace('67.0', '99.0');
    const { details } = await local.deploy({ ...classFiles, 'classes/Pricing.cls-meta.xml': meta });
    expect(details.componentFailures[0]).to.include({ problem: 'Invalid version specified:99.0', lineNumber: 3 });
  });

  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const good: readonly (readonly [string, string])[] = [
    ['a class', 'public with sharing class A { Integer i = 1; }'],
    ['an interface', '/** Doc. */ public interface A { void run(); }'],
    ['an enum', 'public enum A { ONE, TWO }'],
    ['a class behind a byte order mark', '\uFEFFpublic class A {}'],
    ['a class of a full test', "@IsTest private class A { @IsTest static void m() { Assert.areEqual('\\'', ''); } }"],
  ];
  for (const [what, source] of good) {
    it(`takes ${what}`, async () => {
      expect(await local.problems(classFile('A', source))).to.deep.equal([]);
    });
  }

  const bad: readonly (readonly [string, string, string, number, number])[] = [
    ['a brace that is missing', 'public class A {\n  void m() {\n}\n', "extraneous input '<EOF>'", 4, 1],
    ['a word too much', 'public class A {} garbage', "extraneous input 'garbage' expecting <EOF>", 1, 19],
    [
      'a character of no token',
      'public class A {\n    Integer i = 1 \u0001;\n}',
      "token recognition error at: '\u0001'",
      2,
      19,
    ],
    ['a bad escape', "public class A {\n    String s = '\\q';\n}", "token recognition error at: ''\\q'", 2, 16],
    ['a trigger', 'trigger A on Account (before insert) {}', "mismatched input 'trigger'", 1, 1],
    ['nothing', '', "mismatched input '<EOF>'", 1, 1],
    ['another name', 'public class Other {}', 'File name mismatch with class name: Other', 1, 14],
    ['the same name in other letters', 'public class a {}', 'File name mismatch with class name: a', 1, 14],
  ];
  for (const [what, source, problem, line, column] of bad) {
    it(`refuses ${what}, and names its line and column`, async () => {
      const { details } = await local.deploy(classFile('A', source));
      const [failure] = details.componentFailures;
      expect(failure?.problem).to.satisfy((text: string) => text.startsWith(problem), failure?.problem);
      expect(failure).to.include({ lineNumber: line, columnNumber: column, fileName: 'classes/A.cls' });
      expect(local.org.components.types()).to.deep.equal([]);
    });
  }

  it('names both faults of two lines, and of a file that is no Apex not thousands', async () => {
    const two = await local.problems(classFile('A', "class A {\n  String a = '\\q';\n  String b = '\\w';\n}"));
    expect(two).to.have.length.greaterThan(1);
    const noise = await local.problems(classFile('A', 'class A { \u0001 '.repeat(50)));
    expect(noise).to.have.length(20);
  });

  it('refuses a class of more than a million characters, and one that nests without end', async () => {
    const long = classFile('A', `class A {}\n//${'x'.repeat(1_000_000)}`);
    expect(await local.problems(long)).to.deep.equal(['Script too large: a class has at most 1000000 characters']);
    const deep = classFile('A', `class A { Object o = ${'('.repeat(20_000)}1${')'.repeat(20_000)}; }`);
    expect(await local.problems(deep)).to.deep.equal(['The source is nested too deeply to be parsed']);
  });

  it('refuses a name of 41 characters', async () => {
    const name = 'A'.repeat(41);
    expect((await local.problems(classFile(name, `class ${name} {}`)))[0]).to.include('The name is too long');
  });

  it('judges a permission set as if a refused class were not there', async () => {
    const files = { ...classFile('A', 'class {}'), ...calloutPermissionSet([], ['A']) };
    expect(await local.problems(files)).to.include('In field: apexClass - no ApexClass named A found');
  });

  describe('tests of a deploy', () => {
    async function run(files: Files, runTests: readonly string[], testLevel: string | null = 'RunSpecifiedTests') {
      const zip = Buffer.from(zipOf({ 'package.xml': manifestOf(files), ...files })).toString('base64');
      const options = [
        ...runTests.map((name) => `<runTests>${name}</runTests>`),
        '<rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage>',
        testLevel === null ? '' : `<testLevel>${testLevel}</testLevel>`,
      ];
      const inner = `<ZipFile>${zip}</ZipFile><DeployOptions>${options.join('')}</DeployOptions>`;
      const { text } = await local.soap('deploy', inner);
      const id = /<id>(0Af\w+)<\/id>/.exec(text)?.[1] ?? '';
      const status = `<asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails>`;
      return { text, soap: (await local.soap('checkDeployStatus', status)).text, ...(await restResult(id)) };
    }

    async function restResult(id: string) {
      if (id === '') return {};
      const path = `/services/data/v67.0/metadata/deployRequest/${id}?includeDetails=true`;
      const { text } = await local.rest('GET', path);
      const { deployResult } = JSON.parse(text) as { deployResult?: Awaited<ReturnType<MetadataOrg['deploy']>> };
      return { result: deployResult };
    }

    it('are not executed, and both APIs say so in the result of the tests', async () => {
      const { result, soap } = await run({ ...client, ...test }, ['ErpClientTest']);
      expect(result).to.include({ status: 'Succeeded', numberTestsTotal: 0, runTestsEnabled: true });
      const { runTestResult } = result!.details;
      expect(runTestResult).to.include({ numTestsRun: 0, numFailures: 0 });
      expect(runTestResult.codeCoverageWarnings.map(({ message }) => message)).to.deep.equal([apexNotExecuted]);
      expect(soap).to.include('<numTestsRun>0</numTestsRun>').and.include(`<message>${apexNotExecuted}</message>`);
    });

    for (const level of ['RunLocalTests', 'RunAllTestsInOrg', 'RunRelevantTests']) {
      it(`are not executed with ${level}`, async () => {
        const { result } = await run(client, [], level);
        expect(result!.details.runTestResult.codeCoverageWarnings).to.have.length(1);
      });
    }

    it('are no matter where none is asked for', async () => {
      for (const level of [null, 'NoTestRun']) {
        const { result } = await run(client, [], level);
        expect(result).to.include({ status: 'Succeeded', runTestsEnabled: false }).and.not.have.property('stateDetail');
        expect(result!.details.runTestResult.codeCoverageWarnings).to.deep.equal([]);
      }
    });

    it('are found in the org, whatever the case of their names, and with a method alone that is a test', async () => {
      const old = classFile('OldTest', 'class OldTest { static testMethod void runs() {} }');
      await local.deploy({ ...test, ...old });
      const { result } = await run(client, ['erpclienttest', 'OldTest'], null);
      expect(result).to.include({ status: 'Succeeded', runTestsEnabled: true });
    });

    it('must be classes of the deploy or of the org', async () => {
      const { result } = await run(client, ['Gone']);
      expect(result).to.include({ status: 'Failed', numberComponentErrors: 1 });
      expect(result!.details.componentFailures[0]).to.include({
        problem: invalidTest('Gone'),
        componentType: 'ApexClass',
        fullName: 'Gone',
        fileName: 'classes/Gone.cls',
      });
      expect(local.org.components.types()).to.deep.equal([]);
    });

    it('must be tests, and a word in a comment or a text makes none', async () => {
      const almost = classFile('Almost', "public class Almost { /* @IsTest */ String s = '@IsTest'; }");
      const { result } = await run(almost, ['Almost']);
      expect(result!.details.componentFailures.map(({ problem }) => problem)).to.deep.equal([invalidTest('Almost')]);
    });

    it('are not named once more where their class is refused', async () => {
      const { result } = await run(classFile('BadTest', '@IsTest class {}'), ['BadTest']);
      expect(result!.details.componentFailures.map(({ problem }) => problem)).not.to.include(invalidTest('BadTest'));
    });

    it('must be named where a deploy runs those that it names', async () => {
      const { text } = await run(client, []);
      expect(text).to.include(
        'INVALID_OPERATION: runTests must not be empty when a testLevel of RunSpecifiedTests is used',
      );
    });
  });

  it('keeps what it deleted out of the tests that it finds', async () => {
    await local.deploy(test);
    await local.deploy(
      { 'destructiveChanges.xml': packageXml({ ApexClass: ['ErpClientTest'] }) },
      { manifest: packageXml({}) },
    );
    const result = await local.deploy(client, {
      options: { testLevel: 'RunSpecifiedTests', runTests: 'ErpClientTest' },
    });
    expect(result.details.componentFailures[0]?.problem).to.equal(invalidTest('ErpClientTest'));
  });
});
