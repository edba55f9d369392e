import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { apex, apexDoc, apexId, apexPath, xml } from '../../../src/artifacts/escape.js';
import { apexStringLiterals, apexSyntaxProblems } from '../../helpers/apex-checks.js';
import { hostileStrings } from './hostile-strings.js';
import { unescapeApex } from './unescape-apex.js';

const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true });
const isOutsideXml = (text: string): boolean => /[\p{Cs}\uFFFE\uFFFF]|(?![\t\n\r])\p{Cc}/u.test(text);
const isIllFormed = (text: string): boolean => /\p{Cs}/u.test(text);

describe('escapers', () => {
  it('write 1,000 hostile strings into XML that a parser reads back as they were, or refuse them', () => {
    const outcomes = hostileStrings(1000, 20261123).map((text) => {
      if (isOutsideXml(text)) {
        expect(() => xml(text), JSON.stringify(text)).to.throw(TypeError, 'XML 1.0 cannot hold this value.');
        return 'refused';
      }
      const parsed = parser.parse(`<a><b>${xml(text)}</b><c>end</c></a>`) as { a: { b: string; c: string } };
      expect(parsed.a, JSON.stringify(text)).to.deep.equal({ b: text, c: 'end' });
      return 'written';
    });
    expect(outcomes.filter((outcome) => outcome === 'written')).to.have.length.greaterThan(300);
    expect(outcomes.filter((outcome) => outcome === 'refused')).to.have.length.greaterThan(100);
  });

  it('write 1,000 hostile strings into Apex literals that a lexer reads back as they were, or refuse them', () => {
    const outcomes = hostileStrings(1000, 20261124).map((text) => {
      if (isIllFormed(text)) {
        expect(() => apex(text), JSON.stringify(text)).to.throw(TypeError, 'half of a surrogate pair');
        return 'refused';
      }
      const { literals, problems } = apexStringLiterals(`'${apex(text)}'`);
      expect(problems, JSON.stringify(text)).to.deep.equal([]);
      expect(literals, JSON.stringify(text)).to.have.length(1);
      expect(unescapeApex(literals[0] ?? ''), JSON.stringify(text)).to.equal(text);
      return 'written';
    });
    expect(outcomes.filter((outcome) => outcome === 'written')).to.have.length.greaterThan(500);
  });

  it('keep a literal from ending early', () => {
    const source = `public class A { String a = '${apex("'; throw new X(); //")}'; }`;
    expect(apexSyntaxProblems(source, 'class')).to.deep.equal([]);
    expect(apexStringLiterals(source).literals).to.deep.equal([`'\\'; throw new X(); //'`]);
  });

  it('keep numbers and switches as they are', () => {
    expect(xml(true)).to.equal('true');
    expect(xml(2048)).to.equal('2048');
  });

  for (const escaper of [xml, apex, apexId, apexPath, apexDoc]) {
    it(`${escaper.name} refuses a value that is missing`, () => {
      expect(() => escaper(undefined)).to.throw(TypeError, 'A template value is missing or has no text.');
    });
  }

  for (const text of ['', '1a', 'a-b', "a'b", 'a b', 'ä', 'a;', 'a\n']) {
    it(`apexId refuses ${JSON.stringify(text)}`, () => {
      expect(() => apexId(text)).to.throw(TypeError, 'no Apex identifier');
    });
  }

  it('apexPath keeps identifiers with dots between them', () => {
    expect(apexPath('settings.Base_Url__c')).to.equal('settings.Base_Url__c');
  });

  for (const text of ['', '.', 'a.', '.a', 'a..b', 'a.b()', "a.'", 'a. b']) {
    it(`apexPath refuses ${JSON.stringify(text)}`, () => {
      expect(() => apexPath(text)).to.throw(TypeError, 'no Apex identifier');
    });
  }

  for (const text of ['a */ b', 'a\nb', 'a\u2028b', 'a\u202Eb', '\uD800']) {
    it(`apexDoc refuses ${JSON.stringify(text)}`, () => {
      expect(() => apexDoc(text)).to.throw(TypeError, 'does not fit into an Apex comment');
    });
  }
});
