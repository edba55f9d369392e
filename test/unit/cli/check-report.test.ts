import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { checkLines } from '../../../src/cli/check-report.js';
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

  it('has no line for no check', () => {
    expect(checkLines([])).to.deep.equal([]);
  });
});
