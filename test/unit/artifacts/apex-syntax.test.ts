import { expect } from 'chai';
import { artifactsOf, goldenCases } from '../../golden/cases.js';
import { apexSyntaxProblems } from '../../helpers/apex-checks.js';

const classes = Object.entries(goldenCases).flatMap(([name, golden]) =>
  artifactsOf(golden)
    .filter(({ path }) => path.endsWith('.cls'))
    .map(({ path, content }) => ({ name: `${name}: ${path}`, path, content })),
);

describe('Apex', () => {
  for (const { name, path, content } of classes) {
    it(`${name} has no fault of syntax`, () => {
      expect(apexSyntaxProblems(content, 'class')).to.deep.equal([]);
    });

    it(`${name} is a class that fits its file, and states its sharing or that it is a test`, () => {
      const className = path.replace(/^classes\/|\.cls$/g, '');
      expect(className.length).to.be.at.most(40);
      expect(content).to.match(new RegExp(`^(public with sharing|@IsTest\nprivate) class ${className} \\{$`, 'm'));
    });

    it(`${name} shows nothing in a debug log`, () => {
      expect(content).not.to.match(/System\s*\.\s*debug/i);
    });
  }

  it('documents every public member of the provider', () => {
    const provider = classes.find(({ path }) => path === 'classes/ErpTokenProvider.cls')?.content ?? '';
    const lines = provider.split('\n');
    const members = lines.flatMap((line, index) => (/^ +public (?!String getToken)/.test(line) ? [index] : []));
    const undocumented = members.filter((index) => !/\*\/$/.test(lines[index - 1] ?? ''));
    expect(members).to.have.length.greaterThan(10);
    expect(undocumented.map((index) => lines[index])).to.deep.equal([]);
  });

  it('gives every assertion a message, and every test its Given, When or Then', () => {
    const test = classes.find(({ path }) => path === 'classes/ErpTokenProviderTest.cls')?.content ?? '';
    const assertions = test.split('\n').filter((line) => /^\s+Assert\./.test(line));
    expect(assertions).to.have.length.greaterThan(15);
    expect(assertions.filter((line) => !/'[^']+'(\s\+\s\w+)?\);$/.test(line))).to.deep.equal([]);
    const methods = test.split('@IsTest\n    static void ').slice(1);
    expect(methods).to.have.length.greaterThan(8);
    expect(methods.filter((method) => !method.includes('// When') || !method.includes('// Then'))).to.deep.equal([]);
  });

  for (const [what, pattern, replacement] of [
    ['a string that ends early', "'Accept'", "'Accept''"],
    ['an escape that Apex does not have (lexer)', "'Accept'", "'Acc\\xept'"],
    ['a missing semicolon (parser)', 'accessToken = null;', 'accessToken = null'],
    ['a missing brace (parser)', /\}\s*$/, ''],
  ] as const) {
    it(`the check finds ${what}`, () => {
      const provider = classes.find(({ path }) => path === 'classes/ErpTokenProvider.cls')?.content ?? '';
      const broken = provider.replace(pattern, replacement);
      expect(broken).not.to.equal(provider);
      expect(apexSyntaxProblems(broken, 'class')).not.to.deep.equal([]);
    });
  }
});
