import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { format } from 'prettier';
import { ledger } from '../../../../src/local-org/evidence/ledger.js';
import { renderLedger } from '../../../../src/local-org/evidence/render-ledger.js';

const path = new URL('../../../../docs/local-org-fidelity.md', import.meta.url);
const place = /(?<=<!-- ledger -->\n)[^]*?(?=<!-- \/ledger -->)/g;

describe('docs/local-org-fidelity.md', () => {
  it('has one place for the ledger', () => {
    expect(readFileSync(path, 'utf8').match(place)).to.have.lengthOf(1);
  });

  it('has every row of the ledger (write it anew with UPDATE_DOCS=1)', async () => {
    const text = readFileSync(path, 'utf8');
    const wanted = await format(
      text.replace(place, () => `\n${renderLedger(ledger)}\n\n`),
      { parser: 'markdown' },
    );
    if (process.env['UPDATE_DOCS']) writeFileSync(path, wanted);

    expect(text).to.equal(wanted);
  });
});
