import { expect } from 'chai';
import { parseApex } from '../../../../src/local-org/apex/parse-apex.js';

const tooDeep = 'The source is nested too deeply to be parsed';
const tooLong = 'A local org parses no expression with more than 2000 operators';

function messages(source: string, kind: 'class' | 'anonymous', patience?: number): readonly string[] {
  const parsed = parseApex(source, kind, patience);
  return parsed.kind === 'faults' ? parsed.faults.map(({ message }) => message) : [];
}

/** An expression as the value of a field, and as a statement of anonymous Apex. */
const places: readonly (readonly ['class' | 'anonymous', (expression: string) => string])[] = [
  ['class', (expression) => `class A { Object o = ${expression}; }`],
  ['anonymous', (expression) => `Object o = ${expression};`],
];

describe('local org: syntax of Apex', () => {
  it('finds nothing in correct code, and knows the name of a class', () => {
    const parsed = parseApex("public with sharing class A { String b = 'c'; }", 'class');
    expect(parsed).to.deep.equal({ kind: 'parsed', name: { text: 'A', line: 1, column: 27 } });
    expect(parseApex("System.debug('a');\nInteger b = 1;", 'anonymous')).to.deep.equal({ kind: 'parsed' });
  });

  it('says line and column, both from 1, of what the parser stumbles over', () => {
    const parsed = parseApex('Integer a = 1;\nInteger b = ;', 'anonymous');
    const [fault] = parsed.kind === 'faults' ? parsed.faults : [];
    expect(fault).to.include({ line: 2, column: 13 });
    expect(fault?.message).to.include('no viable alternative');
  });

  it('hears the lexer too, an escape that Apex has not, and keeps to the order of the text', () => {
    const parsed = parseApex(String.raw`Integer a = ; String b = 'b\q';`, 'anonymous');
    const columns = parsed.kind === 'faults' ? parsed.faults.map(({ column }) => column) : [];
    expect(columns).to.have.length.greaterThan(1);
    expect(columns).to.deep.equal(columns.toSorted((left, right) => left - right));
  });

  it('takes no statement for a class, and no text after the end of one', () => {
    expect(messages("System.debug('a');", 'class')).to.have.length.greaterThan(0);
    expect(messages('public class A {} }', 'class')).to.have.length.greaterThan(0);
  });

  const hostile: readonly (readonly [string, string, string])[] = [
    ['brackets', `${'('.repeat(5000)}1${')'.repeat(5000)}`, tooDeep],
    ['brackets in twos', `${'((1) + '.repeat(3000)}1${')'.repeat(3000)}`, tooDeep],
    ['indexes', `${'a['.repeat(5000)}1${']'.repeat(5000)}`, tooDeep],
    ['lists', `${'new A[]{'.repeat(2000)}1${'}'.repeat(2000)}`, tooDeep],
    ['casts', `${'(A) '.repeat(3000)}1`, tooDeep],
    ['nested casts', `${'(A) ('.repeat(3000)}1${')'.repeat(3000)}`, tooDeep],
    ['casts and signs', `${'(A) - '.repeat(3000)}1`, tooDeep],
    ['unary operators', `${'~ '.repeat(20_000)}1`, tooDeep],
    ['signs', `${'- '.repeat(20_000)}1`, tooDeep],
    ['generics', `new ${'List<'.repeat(3000)}A${'>'.repeat(3000)}()`, tooDeep],
    ['generics that never end', `${'a<'.repeat(5000)}1`, tooDeep],
    ['queries in queries', `${'[SELECT Id FROM A WHERE Id IN :'.repeat(300)}b${']'.repeat(300)}`, tooDeep],
    ['terms', `1${'+1'.repeat(20_000)}`, tooLong],
    ['choices', `${'a?b:'.repeat(20_000)}1`, tooLong],
  ];
  for (const [what, expression, message] of hostile) {
    for (const [kind, source] of places) {
      it(`refuses too many ${what} before they cost time: ${kind}`, () => {
        expect(messages(source(expression), kind)).to.deep.equal([message]);
      }).timeout(5000);
    }
  }

  const fine: readonly (readonly [string, string])[] = [
    ['thirty brackets', `${'('.repeat(30)}1${')'.repeat(30)}`],
    ['many elements', `new List<Object>{ ${'-1, (A) b, '.repeat(500)} 1 }`],
    ['many comparisons', `a < b ${'&& a < b '.repeat(90)}`],
    ['a long text', `'a'${" + 'b'".repeat(1000)}`],
  ];
  for (const [what, expression] of fine) {
    for (const [kind, source] of places) {
      it(`takes ${what}: ${kind}`, () => {
        expect(messages(source(expression), kind)).to.deep.equal([]);
      });
    }
  }

  it('counts each statement for itself', () => {
    expect(messages('Integer i = -1 + (Integer) a; if (a < b) c();\n'.repeat(500), 'anonymous')).to.deep.equal([]);
  });

  it('refuses a source of more than a million characters', () => {
    const long = `// ${'x'.repeat(1_000_000)}`;
    expect(messages(long, 'class')).to.deep.equal(['Script too large: a class has at most 1000000 characters']);
    expect(messages(long, 'anonymous')).to.deep.equal([
      'Script too large: anonymous Apex has at most 1000000 characters',
    ]);
  });

  it('gives up where its time is over', () => {
    expect(messages('class A {}', 'class', -1)).to.deep.equal(['A local org takes too long to parse this source']);
  });

  it('tells twenty faults at most, none of them in more than 300 characters', () => {
    for (const [kind, source] of places) {
      const name = 'x'.repeat(100_000);
      expect(messages(source(`a ${name} '\\q${name}'`), kind)).to.satisfy(
        (texts: readonly string[]) => texts.length > 0 && texts.every(({ length }) => length <= 300),
      );
      expect(messages(source('\u0001 '.repeat(5000)), kind)).to.have.length(20);
    }
  });
});
