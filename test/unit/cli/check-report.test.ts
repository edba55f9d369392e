import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { checkLines, conclusionOf } from '../../../src/cli/check-report.js';
import type { Check } from '../../../src/verify/check.js';

describe('checkLines', () => {
  const plain = (checks: readonly Check[]): readonly string[] => checkLines(checks).map(stripVTControlCharacters);

  it('aligns marks, names and what was seen, with what to do below it', () => {
    const checks: readonly Check[] = [
      { name: 'certificate-valid', status: 'warning', detail: 'It ends soon.', actions: ['Renew it.'] },
      { name: 'token-issued', status: 'failed', detail: 'No token.', actions: ['Do this.', 'Do that.'] },
      { name: 'clock-skew', status: 'passed', detail: 'They agree.' },
      { name: 'scopes', status: 'skipped', detail: 'Skipped: token-issued failed.' },
    ];

    expect(plain(checks)).to.deep.equal([
      '  ! certificate-valid  It ends soon.',
      '                       → Renew it.',
      '  ✗ token-issued       No token.',
      '                       → Do this.',
      '                       → Do that.',
      '  ✓ clock-skew         They agree.',
      '  - scopes             Skipped: token-issued failed.',
    ]);
  });

  describe('in a terminal of known width', () => {
    const detail = 'The client org ran the flow with its own certificate, but not the Apex of the connection.';
    const action = 'Deploy the client side of the connection again: sf jwt deploy --connection erp';
    const check = { name: 'scopes', status: 'failed', detail, actions: [action] } as const;

    it('breaks what was seen between words and below its beginning, but no command', () => {
      expect(checkLines([check], 60).map(stripVTControlCharacters)).to.deep.equal([
        '  ✗ scopes  The client org ran the flow with its own',
        '            certificate, but not the Apex of the connection.',
        `            → ${action}`,
      ]);
    });

    it('leaves lines to a terminal that is too narrow, and words that are too long', () => {
      const url = `https://${'x'.repeat(80)}.example.com`;

      expect(checkLines([check], 30)).to.have.length(2);
      expect(checkLines([{ ...check, detail: `At ${url} today.` }], 60).map(stripVTControlCharacters)).to.deep.equal([
        '  ✗ scopes  At',
        `            ${url}`,
        '            today.',
        `            → ${action}`,
      ]);
    });
  });

  it('has no line for no check', () => {
    expect(checkLines([])).to.deep.equal([]);
  });
});

describe('conclusionOf', () => {
  const check = (name: Check['name'], status: Check['status']): Check => ({ name, status, detail: '' });

  it('says that a flow works where somebody used the token, here or in the client org', () => {
    for (const name of ['token-works', 'client-org-call'] as const) {
      expect(conclusionOf({ verified: true, checks: [check(name, 'passed')] })).to.equal('verified');
    }
  });

  it('does not claim so of a token that nobody used', () => {
    const checks = [check('token-issued', 'passed'), check('token-works', 'skipped')];

    expect(conclusionOf({ verified: true, checks })).to.equal('verifiedToken');
    expect(conclusionOf({ verified: false, checks })).to.equal('notVerified');
  });
});
