import { expect } from 'chai';
import { differencesOf } from '../../../conformance/compare.js';
import { maskFor } from '../../../conformance/mask.js';
import type { OrgUnderTest } from '../../../conformance/org-under-test.js';

const org = {
  instanceUrl: 'https://acme.my.salesforce.com',
  orgId: '00D5g000004abcdEAA',
  userId: '0055g00000WXYZaAAB',
  username: 'ada@acme.example',
} as OrgUnderTest;

describe('conformance observations', () => {
  it('lose what is one org’s or one run’s alone', () => {
    const mask = maskFor(org);

    expect(
      mask({
        id: 'https://acme.my.salesforce.com/id/00D5g000004abcdEAA/0055g00000WXYZaAAB',
        host: ['acme.my.salesforce.com', 'http://localhost:4711/services'],
        who: 'ada@acme.example and 0PS5g000001abcdGAA',
        when: '2026-11-24T02:00:00.000+0000',
        expires: 1_795_000_000,
        lines: 3,
        key: `3MVG9${'a'.repeat(80)}`,
        fault: 'An unexpected error occurred: 1234567890-12345 (-123456)',
      }),
    ).to.deep.equal({
      id: 'ORIGIN/id/ORG_ID/USER_ID',
      host: ['HOST', 'ORIGIN/services'],
      who: 'USERNAME and ID(0PS)',
      when: 'TIME',
      expires: 'MOMENT',
      lines: 3,
      key: 'CONSUMER_KEY',
      fault: 'An unexpected error occurred: ERROR_ID',
    });
  });

  it('lose tokens, assertions and keys', () => {
    const secrets = [
      '00D5g000004abcd!AQ8AQH.secret_of.the.session',
      'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrZXkifQ.c2lnbmF0dXJl',
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    ];

    expect(maskFor(org)(secrets)).to.deep.equal(['TOKEN', 'JWT', 'PEM(CERTIFICATE)']);
  });

  it('keep words, though they have as many letters as an id', () => {
    expect(maskFor(org)('characteristics of responsibilities')).to.equal('characteristics of responsibilities');
  });

  it('differ by path, and only there', () => {
    const left = { status: 400, body: [{ errorCode: 'A', message: 'same' }], extra: true };
    const right = { status: 404, body: [{ errorCode: 'B', message: 'same' }] };

    expect(differencesOf(left, right)).to.deep.equal([
      { path: 'body[0].errorCode', left: 'A', right: 'B' },
      { path: 'extra', left: true, right: undefined },
      { path: 'status', left: 400, right: 404 },
    ]);
    expect(differencesOf([1], [1, 2])).to.deep.equal([{ path: '', left: [1], right: [1, 2] }]);
  });
});
