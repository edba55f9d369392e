import { expect } from 'chai';
import * as names from '../../../src/artifacts/names.js';
import { refusal } from './refusal.js';

const long = (length: number): string => 'a'.repeat(length);

describe('additional claims', () => {
  for (const claim of ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']) {
    it(`refuses ${claim} as an additional claim`, () => {
      expect(refusal(() => names.additionalClaims('claim', { [claim]: 'x' }))?.tokens[2]).to.include('set by the flow');
    });
  }

  it('takes claims of any other name, and refuses names and texts that are no claims', () => {
    const claims = { tenant: 'acme', limit: 1.5, 'https://example.com/x': true };
    expect(names.additionalClaims('claim', claims)).to.equal(claims);
    for (const [name, value] of [
      ['', 'x'],
      ['a\n', 'x'],
      ['a', ''],
      ['a', 'b\nc'],
      ['a', long(256)],
    ] as const) {
      expect(refusal(() => names.additionalClaims('claim', { [name]: value }))?.tokens[0]).to.equal('claim');
    }
  });
});
