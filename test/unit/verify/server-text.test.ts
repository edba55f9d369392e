import { expect } from 'chai';
import { maxQuotedLength, quotable } from '../../../src/verify/server-text.js';

describe('quotable', () => {
  it('keeps ordinary text of any language', () => {
    expect(quotable("user hasn't approved this consumer – 利用者 🙂")).to.equal(
      "user hasn't approved this consumer – 利用者 🙂",
    );
  });

  it('takes out control and direction characters, which could rewrite a terminal', () => {
    expect(quotable('a\u001b[31mred\u0007\r\nb\u202edesrever\u2066\u2028c\u200bd\ud800')).to.equal(
      'a [31mred b desrever c d',
    );
  });

  it('bounds the length by whole characters', () => {
    const shown = quotable('🙂'.repeat(1000));

    expect(shown).to.equal(`${'🙂'.repeat(maxQuotedLength)}…`);
  });

  it('hides an assertion and an access token that a server quotes back', () => {
    const jwt = ['eyJhbGciOiJSUzI1NiJ9', 'eyJpc3MiOiJqb2UifQ', 'c2ln'].join('.');
    const token = ['00D000000000001', 'AQEAQ.x_y-z'].join('!');

    expect(quotable(`bad ${jwt} and ${token}.`)).to.equal('bad [secret] and [secret]');
  });
});
