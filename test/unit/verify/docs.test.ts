import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { format } from 'prettier';
import { checkNames } from '../../../src/verify/check.js';
import type { CatalogueRow } from '../../../src/verify/catalogue-row.js';
import { errorCatalogues } from '../../../src/verify/error-catalogue.js';
import { inOrgFaults } from '../../../src/verify/in-org-fault-rows.js';

const path = new URL('../../../docs/verify.md', import.meta.url);
const places = /(?<=<!-- (?<name>[\w-]+) -->\n)[^]*?(?=<!-- \/\k<name> -->)/g;

/** `{instanceUrl}` and its kin are what the command fills in. */
const shown = (text: string): string =>
  text
    .replace(/\{(\w+)\}/g, (_, name: string) => name.replace(/(?=[A-Z])/g, '_').toUpperCase())
    .replace(/[<*]/g, '\\$&');

const list = (actions: readonly string[]): string => actions.map((action) => `- ${shown(action)}`).join('\n');

const inClientOrg = (actions: readonly string[] | undefined): string =>
  actions === undefined ? '' : `\nWhere only a client org has the key:\n\n${list(actions)}\n`;

function catalogueText(catalogue: readonly CatalogueRow[]): string {
  return catalogue
    .map(({ error, description = '', cause, actions, actionsInClientOrg, mayBePropagation, source }) => {
      const title = error === undefined ? description : `\`${error}\`: ${shown(description)}`;
      const facts = `${mayBePropagation ? 'Waited for. ' : ''}Source: ${source}.`;
      const text = `${cause.charAt(0).toUpperCase()}${cause.slice(1)}.`;
      return `### ${title}\n\n${shown(text)} ${facts}\n\n${list(actions)}\n${inClientOrg(actionsInClientOrg)}`;
    })
    .join('\n');
}

function faultsText(): string {
  return inOrgFaults
    .map(({ text, cause, actions, mayBePropagation = false, source }) => {
      const facts = `${mayBePropagation ? 'Waited for. ' : ''}Source: ${source}.`;
      const why = `${cause.charAt(0).toUpperCase()}${cause.slice(1)}.`;
      return `### \`${text}\`\n\n${shown(why)} ${facts}\n\n${list(actions)}\n`;
    })
    .join('\n');
}

const texts: Readonly<Record<string, () => string>> = {
  catalogue: () => catalogueText(errorCatalogues.salesforce),
  'catalogue-oauth2': () => catalogueText(errorCatalogues.oauth2),
  'client-org-faults': faultsText,
};

describe('docs/verify.md', () => {
  it('has a place for each of the tables', () => {
    const found = [...readFileSync(path, 'utf8').matchAll(places)].map(({ groups }) => groups?.['name']);

    expect(found).to.have.members(Object.keys(texts));
  });

  it('has every row of the tables (write it anew with UPDATE_DOCS=1)', async () => {
    const text = readFileSync(path, 'utf8');
    const wanted = await format(
      text.replace(places, (_, name: string) => `\n${texts[name]?.()}\n`),
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
