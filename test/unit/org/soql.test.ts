import { createRequire } from 'node:module';
import { expect } from 'chai';
import type * as soqlParser from 'soql-parser-js';
import { soql } from '../../../src/org/soql.js';

// A CommonJS bundle: Node does not see its named exports.
const { parseQuery } = createRequire(import.meta.url)('soql-parser-js') as typeof soqlParser;

describe('soql', () => {
  it('quotes a value', () => {
    expect(soql`SELECT Id FROM User WHERE Username = ${'a@b.c'}`).to.equal(
      "SELECT Id FROM User WHERE Username = 'a@b.c'",
    );
  });

  it('lets no value end its literal', () => {
    const hostile = [String.raw`x' OR Name != '`, String.raw`x\' OR Name != \'`, 'line\nbreak', '\\', String.raw`\'`];
    for (const value of hostile) {
      const { where } = parseQuery(soql`SELECT Id FROM User WHERE Username = ${value}`);
      expect(where, value).to.have.nested.property('left.literalType', 'STRING');
      expect(where, value).not.to.have.property('operator');
    }
  });
});
