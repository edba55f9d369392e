import { expect } from 'chai';
import { apexSyntaxFaults } from '../../../src/local-org/apex-syntax.js';

describe('local org: syntax of Apex', () => {
  it('finds nothing in correct code', async () => {
    expect(await apexSyntaxFaults("public with sharing class A { String b = 'c'; }", 'class')).to.deep.equal([]);
    expect(await apexSyntaxFaults("System.debug('a');\nInteger b = 1;", 'anonymous')).to.deep.equal([]);
  });

  it('says line and column, both from 1, of what the parser stumbles over', async () => {
    const [fault] = await apexSyntaxFaults('Integer a = 1;\nInteger b = ;', 'anonymous');
    expect(fault).to.include({ line: 2, column: 13 });
    expect(fault?.message).to.include('no viable alternative');
  });

  it('hears the lexer too: an escape that Apex has not', async () => {
    const faults = await apexSyntaxFaults(String.raw`String a = 'b\q';`, 'anonymous');
    expect(faults).to.have.length.greaterThan(0);
  });

  it('takes no statement for a class, and no text after the end of one', async () => {
    expect(await apexSyntaxFaults("System.debug('a');", 'class')).to.have.length.greaterThan(0);
    expect(await apexSyntaxFaults('public class A {} }', 'class')).to.have.length.greaterThan(0);
  });
});
