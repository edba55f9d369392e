import { expect } from 'chai';
import { parseClaims } from '../../../src/cli/parse-claims.js';
import { refusal } from '../artifacts/refusal.js';

describe('claims as flags', () => {
  for (const [flag, claims] of [
    ['role=reader', { role: 'reader' }],
    ['level=3', { level: 3 }],
    ['level=-3', { level: -3 }],
    ['test=true', { test: true }],
    ['test=false', { test: false }],
    ['level="3"', { level: '3' }],
    ['test="true"', { test: 'true' }],
    ['id=1234567890123456', { id: '1234567890123456' }],
    ['ratio=1.5', { ratio: '1.5' }],
    ['ratio=-0', { ratio: '-0' }],
    ['zero=0', { zero: 0 }],
    ['code=007', { code: '007' }],
    ['version=1.10', { version: '1.10' }],
    ['query=a=b', { query: 'a=b' }],
    ['https://example.com/role=reader', { 'https://example.com/role': 'reader' }],
    ['quote="', { quote: '"' }],
    ['empty=""', { empty: '' }],
  ] as const) {
    it(`${flag} is ${JSON.stringify(claims)}`, () => {
      expect(parseClaims([flag])).to.deep.equal(claims);
    });
  }

  it('are put together in order', () => {
    expect(Object.entries(parseClaims(['b=1', 'a=2', 'c=3']))).to.deep.equal([
      ['b', 1],
      ['a', 2],
      ['c', 3],
    ]);
  });

  it('are refused by name where one stands twice, also with the same value', () => {
    for (const flags of [
      ['b=1', 'a=2', 'b=3'],
      ['b=1', 'b=1'],
    ]) {
      const error = refusal(() => parseClaims(flags));
      expect([error?.key, ...(error?.tokens ?? [])]).to.deep.equal([
        'refusedValue',
        'claim',
        '"b"',
        'each claim stands once',
      ]);
    }
  });

  for (const flag of ['', 'role', '=reader', 'role=']) {
    it(`refuses ${JSON.stringify(flag)}`, () => {
      const error = refusal(() => parseClaims([flag]));
      expect([error?.key, error?.tokens[0], error?.tokens[2]]).to.deep.equal([
        'refusedValue',
        'claim',
        'a claim is given as name=value, like role=reader',
      ]);
    });
  }
});
