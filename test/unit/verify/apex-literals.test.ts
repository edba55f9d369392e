import { expect } from 'chai';
import { apex } from '../../../src/artifacts/escape.js';
import { parseApexString, withoutComments } from '../../../src/verify/apex-literals.js';

describe('parseApexString', () => {
  it('reads what the escaper of the templates writes', () => {
    for (const text of ['', 'plain', "o'brien", String.raw`back\slash\n`, '\n\r\t\b\f', '\u2028\u0001', '😀', '"']) {
      expect(parseApexString(`'${apex(text)}'`)).to.equal(text);
    }
  });

  it('reads the escapes of Apex as people write them, and no others', () => {
    expect(parseApexString(String.raw`'\"\U0041\N'`)).to.equal('"A\n');
    expect(parseApexString(String.raw`'\x41'`)).to.equal(undefined);
    expect(parseApexString(String.raw`'\u41'`)).to.equal(undefined);
  });
});

describe('withoutComments', () => {
  it('leaves out comments of both kinds, and texts as they are', () => {
    const code = "a = '// no /* comment */ \\' here'; // a 'comment'\n/* b = 'c'; */ d = 'https://x';";

    expect(withoutComments(code)).to.equal("a = '// no /* comment */ \\' here';  \n  d = 'https://x';");
  });
});
