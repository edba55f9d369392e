import { expect } from 'chai';
import { artifactsOf, goldenCases, sampleConnection } from '../../golden/cases.js';
import { apexSyntaxProblems } from '../../helpers/apex-checks.js';
import { undocumentedMembers } from '../../helpers/apex-structure.js';
import { apexVariants, classesOf } from './apex-fixture.js';

const classes = [
  ...Object.entries(goldenCases).map(([name, { connection, facts }]) => ({ name, connection, facts })),
  ...apexVariants.map((variant) => ({ ...variant, facts: undefined })),
].flatMap(({ name, connection, facts }) =>
  (facts ? artifactsOf({ connection, facts }) : [...classesOf(connection).values()])
    .filter(({ path }) => path.endsWith('.cls'))
    .map(({ path, content }) => ({ name: `${name}: ${path}`, path, content })),
);
const isTest = ({ path }: { path: string }): boolean => path.endsWith('Test.cls');

describe('Apex', () => {
  for (const { name, path, content } of classes) {
    it(`${name} has no fault of syntax`, () => {
      expect(apexSyntaxProblems(content, 'class')).to.deep.equal([]);
    });

    it(`${name} is a class that fits its file, and states its sharing or that it is a test`, () => {
      const className = path.replace(/^classes\/|\.cls$/g, '');
      expect(className.length).to.be.at.most(40);
      const head = `^(public with sharing|@IsTest\nprivate) class ${className}( implements [\\w, .]+)? \\{$`;
      expect(content).to.match(new RegExp(head, 'm'));
    });

    it(`${name} shows nothing in a debug log, and names no org and no record`, () => {
      expect(content).not.to.match(/System\s*\.\s*debug/i);
      expect(content).not.to.match(/'(00D|005|0P1|01p)[A-Za-z0-9]{12}/);
    });

    it(`${name} assumes nothing: what is not known stands in the docs`, () => {
      expect(content).not.to.match(/\bassum/i);
    });

    it(`${name} names its exceptions as the compiler demands`, () => {
      const exceptions = [...content.matchAll(/class (\w+) extends Exception/g)].map(([, exception]) => exception);
      expect(exceptions.filter((exception) => !exception?.endsWith('Exception'))).to.deep.equal([]);
    });
  }

  for (const { name, content } of classes.filter((one) => !isTest(one))) {
    it(`${name} documents every member that others see`, () => {
      expect(undocumentedMembers(content)).to.deep.equal([]);
    });
  }

  for (const { name, content } of classes.filter(isTest)) {
    it(`${name} gives every assertion a message, and every test its When and Then`, () => {
      const assertions = content.split(/(?=\bAssert\.)/).slice(1);
      expect(assertions.filter((text) => !/'[^']*[a-z][^']*'(\s\+\s\w+)?\s*\);/.test(text))).to.deep.equal([]);
      expect(content).not.to.match(/'(So (is|are|does|do)|Neither|The same) [^']*'\s*\);/);
      const methods = content.split('@IsTest\n    static void ').slice(1);
      expect(methods).to.have.length.greaterThan(2);
      expect(methods.filter((method) => !method.includes('// When') || !method.includes('// Then'))).to.deep.equal([]);
    });
  }

  for (const { name, connection } of apexVariants) {
    it(`of ${name} has a test class for each class`, () => {
      const found = classesOf(connection);
      const suffixes = [...found.keys()].filter((suffix) => !suffix.endsWith('Test'));
      const provider = connection.client.type === 'apex' ? ['TokenProvider'] : [];
      expect(suffixes).to.deep.equal([...provider, 'Client', 'FlowAction', 'Job']);
      expect([...found.keys()]).to.deep.equal(suffixes.flatMap((suffix) => [suffix, `${suffix}Test`]));
    });
  }

  const golden = (suffix: string): string => classesOf(goldenCases['apex']!.connection).get(suffix)?.content ?? '';

  for (const [what, pattern, replacement] of [
    ['a string that ends early', "'signing_failed'", "'signing_failed''"],
    ['an escape that Apex does not have (lexer)', "'signing_failed'", "'signing\\_failed'"],
    ['a missing semicolon (parser)', 'accessToken = null;', 'accessToken = null'],
    ['a missing brace (parser)', /\}\s*$/, ''],
  ] as const) {
    it(`the check finds ${what}`, () => {
      const broken = golden('TokenProvider').replace(pattern, replacement);
      expect(broken).not.to.equal(golden('TokenProvider'));
      expect(apexSyntaxProblems(broken, 'class')).not.to.deep.equal([]);
    });
  }

  for (const [what, pattern, replacement, member] of [
    ['a method without ApexDoc', /\/\*\*(?:(?!\/\*\*)[^])*?(?= +public static HttpResponse get)/, '\n', 'get'],
    ['a property without ApexDoc', /\/\*\* @description HTTP status of the answer \*\//, '', 'status'],
    ['ApexDoc without a description', '@description Sends a PATCH request.', 'Sends a PATCH request.', 'patch'],
  ] as const) {
    it(`the check finds ${what}`, () => {
      const broken = golden('Client').replace(pattern, replacement);
      expect(broken).not.to.equal(golden('Client'));
      expect(undocumentedMembers(broken)).to.deep.equal([member]);
    });
  }

  it('is one class fewer for each example that is not asked for', () => {
    const suffixes = [...classesOf(sampleConnection()).keys()];
    expect(suffixes).to.deep.equal(['TokenProvider', 'TokenProviderTest', 'Client', 'ClientTest']);
  });
});
