import { expect } from 'chai';
import { testClassesIn } from '../../../src/apply/test-classes.js';

const named = (content: string, path = 'jwt/erp/client/main/default/classes/mine/A.cls') =>
  testClassesIn([{ path, content }]);

describe('testClassesIn', () => {
  for (const content of [
    '@IsTest\nprivate class A {}',
    '@istest(SeeAllData=false) private class A {}',
    "/* it's { one */ @SuppressWarnings('PMD.{Foo') // {\n@ isTest\nclass A {}",
  ]) {
    it(`knows one: ${JSON.stringify(content)}`, () => {
      expect(named(content)).to.deep.equal(['A']);
    });
  }

  for (const content of [
    'public class A { @IsTest static void a() {} }',
    '// @IsTest\npublic class A {}',
    "@Deprecated('@IsTest') public class A {}",
    '',
  ]) {
    it(`takes no other class for one: ${JSON.stringify(content)}`, () => {
      expect(named(content)).to.deep.equal([]);
    });
  }

  it('looks at classes alone', () => {
    expect(named('@IsTest class A {}', 'jwt/erp/client/main/default/notes/A.txt')).to.deep.equal([]);
  });
});
