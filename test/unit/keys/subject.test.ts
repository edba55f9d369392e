import { expect } from 'chai';
import { checkSubject, formatSubject, parseSubject } from '../../../src/keys/subject.js';
import { refusalOf } from '../../helpers/refusal.js';

const accepted: ReadonlyArray<readonly [string, Record<string, string>]> = [
  ['CN=Crm Integration,O=Acme,C=US', { CN: 'Crm Integration', O: 'Acme', C: 'US' }],
  ['cn = Crm , o = Acme ', { CN: 'Crm', O: 'Acme' }],
  ['2.5.4.3=Crm,2.5.4.10=Acme', { CN: 'Crm', O: 'Acme' }],
  [String.raw`O=Acme\, Inc.,CN=a\+b\=c\"d\\e\<f\>g\;h`, { O: 'Acme, Inc.', CN: 'a+b=c"d\\e<f>g;h' }],
  [String.raw`CN=\ spaces \ ,ST=\#1`, { CN: ' spaces  ', ST: '#1' }],
  [String.raw`CN=Schl\C3\BCssel,L=Zürich`, { CN: 'Schlüssel', L: 'Zürich' }],
  ['CN=a=b', { CN: 'a=b' }],
  ["CN={{x}} 'quoted' & so on", { CN: "{{x}} 'quoted' & so on" }],
];

const refused: ReadonlyArray<readonly [string, RegExp]> = [
  ['', /it is empty/],
  ['/C=US/O=Acme/CN=x', /style of openssl; write C=US,O=Acme,CN=x$/],
  ['CN', /"CN" is not one of CN, OU, O, L, ST, C/],
  ['emailAddress=a@b.c', /"emailAddress" is not one of/],
  ['CN=a,CN=b', /CN stands in it twice/],
  ['CN=a+O=b', /joins attributes with a plus sign/],
  ['CN=', /CN has no value/],
  ['CN=a,C=usa', /two capital letters/],
  ['CN=#0401ff', /hexadecimal/],
  [String.raw`CN=a\xb`, /backslash/],
  ['CN=a\\', /backslash/],
  ['CN="a"', /" in a value needs a backslash/],
  [String.raw`CN=\FF`, /not UTF-8/],
  [String.raw`CN=a\0Ab`, /control character/],
  [`CN=${'x'.repeat(65)}`, /more than 64 characters/],
  ['CN=a;O=b', /; in a value needs a backslash/],
];

describe('subject of a certificate', () => {
  for (const [text, subject] of accepted) {
    it(`reads ${text}`, () => {
      expect(parseSubject(text)).to.deep.equal(subject);
      expect(Object.keys(parseSubject(text))).to.deep.equal(Object.keys(subject));
    });

    it(`writes what it read from ${text}, so that it reads the same again`, () => {
      expect(parseSubject(formatSubject(parseSubject(text)))).to.deep.equal(subject);
    });
  }

  for (const [text, reason] of refused) {
    it(`refuses ${text.slice(0, 30)}`, async () => {
      const error = await refusalOf(() => parseSubject(text));
      expect(error.key).to.equal('subjectRefused');
      expect(error.tokens[1]).to.match(reason);
    });
  }

  it('quotes what was typed, without control characters', async () => {
    const error = await refusalOf(() => parseSubject('X=\u001b[31m\u202e'));
    expect(error.tokens[0]).to.equal(String.raw`X=\u{1b}[31m\u{202e}`);
  });

  it('counts characters, not UTF-16 units', () => {
    expect(checkSubject({ CN: '😀'.repeat(64) })).to.have.property('CN');
  });

  it('leaves out attributes without a value', () => {
    expect(formatSubject({ CN: 'a', O: undefined, C: 'US' })).to.equal('CN=a,C=US');
  });
});
