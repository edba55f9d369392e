import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { format } from 'prettier';
import { checkNames } from '../../../src/verify/check.js';
import { errorCatalogue } from '../../../src/verify/error-catalogue.js';

const path = new URL('../../../docs/verify.md', import.meta.url);
const places = /(?<=<!-- catalogue -->\n)[^]*(?=<!-- \/catalogue -->)/;

/** `{instanceUrl}` and its kin are what the command fills in. */
const shown = (text: string): string =>
  text
    .replace(/\{(\w+)\}/g, (_, name: string) => name.replace(/(?=[A-Z])/g, '_').toUpperCase())
    .replace(/[<*]/g, '\\$&');

function catalogueText(): string {
  return errorCatalogue
    .map(({ error, description = '', cause, actions, mayBePropagation, source }) => {
      const title = error === undefined ? description : `\`${error}\`: ${shown(description)}`;
      const facts = `${mayBePropagation ? 'Waited for. ' : ''}Source: ${source}.`;
      const text = `${cause.charAt(0).toUpperCase()}${cause.slice(1)}.`;
      return `### ${title}\n\n${shown(text)} ${facts}\n\n${actions.map((action) => `- ${shown(action)}`).join('\n')}\n`;
    })
    .join('\n');
}

describe('docs/verify.md', () => {
  it('has every row of the error catalogue (write it anew with UPDATE_DOCS=1)', async () => {
    const text = readFileSync(path, 'utf8');
    const wanted = await format(
      text.replace(places, () => `\n${catalogueText()}\n`),
      { parser: 'markdown' },
    );
    if (process.env['UPDATE_DOCS']) writeFileSync(path, wanted);

    expect(text).to.equal(wanted);
  });

  it('explains every check', () => {
    const text = readFileSync(path, 'utf8');

    expect(checkNames.filter((name) => !text.includes(`| \`${name}\``))).to.deep.equal([]);
  });
});
