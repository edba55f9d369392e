import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import Handlebars from 'handlebars';
import { apexRows } from '../../../src/artifacts/apex-catalog.js';
import type { CatalogRow } from '../../../src/artifacts/catalog.js';
import { certificateCatalog } from '../../../src/artifacts/client-catalog.js';
import { escapers } from '../../../src/artifacts/escape.js';
import { namedCredentialRows } from '../../../src/artifacts/named-credential-catalog.js';
import { render } from '../../../src/artifacts/render.js';
import { serverCatalog } from '../../../src/artifacts/server-catalog.js';
import {
  sampleApexClient,
  sampleLegacyClient,
  sampleNamedCredentialClient,
  sampleOAuthServer,
} from '../../golden/cases.js';

const folder = fileURLToPath(new URL('../../../templates/', import.meta.url));
const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hbs'));
const rows: readonly CatalogRow[] = [
  ...serverCatalog['external-client-app'],
  ...serverCatalog['connected-app'],
  ...certificateCatalog,
  ...namedCredentialRows(sampleNamedCredentialClient),
  ...namedCredentialRows(sampleLegacyClient),
  ...apexRows({ ...sampleApexClient, invocable: true, queueable: true }, sampleOAuthServer),
];

describe('templates', () => {
  for (const template of templates) {
    it(`${template} writes every value through an escaper`, () => {
      expect(bareValues(readFileSync(`${folder}${template}`, 'utf8'))).to.deep.equal([]);
    });
  }

  for (const [index, row] of rows.entries()) {
    it(`${row.template} reads what the catalog says for ${row.path('x')} (${index}), and all of it`, () => {
      const read = valuesRead(Handlebars.parse(readFileSync(`${folder}${row.template}`, 'utf8')).body);
      expect([...new Set(read)].sort()).to.deep.equal([...row.needs].sort());
    });
  }

  it('are all in the catalog, but for the script that is no artifact', () => {
    const used = new Set(rows.map(({ template }) => template));
    const unused = templates
      .map((template) => template.replaceAll('\\', '/'))
      .filter((template) => !used.has(template));
    expect(unused.sort()).to.deep.equal(['apex/verify.hbs', 'metadata/identity-provider-settings.hbs']);
  });

  for (const [source, bare] of [
    ['{{name}}', 'name'],
    ['{{{name}}}', 'name'],
    ['{{{xml name}}}', 'xml'],
    ['{{&name}}', 'name'],
    ['{{shout name}}', 'shout'],
    ['{{#if a}}{{b}}{{/if}}', 'b'],
    ['{{#if a}}x{{else}}{{b}}{{/if}}', 'b'],
    ['{{#each a}}{{this}}{{/each}}', 'this'],
    ['{{#shout}}x{{/shout}}', 'shout'],
    ['{{> part}}', 'PartialStatement'],
    ['{{xml (lookup a b)}}', 'xml'],
  ] as const) {
    it(`the check finds ${source}`, () => {
      expect(bareValues(source)).to.deep.equal([bare]);
    });
  }
});

describe('render', () => {
  it('fills a template', () => {
    const values = { apiVersion: '67.0', unused: 'x' };
    expect(render('metadata/apex-class.hbs', ['apiVersion'], values)).to.include('<apiVersion>67.0</apiVersion>');
  });

  it('names every value that is missing', () => {
    expect(() =>
      render('metadata/connected-app.hbs', ['appLabel', 'scopes', 'apiVersion'], { apiVersion: '67.0' }),
    ).to.throw(TypeError, 'metadata/connected-app.hbs needs appLabel, scopes.');
  });

  it('hides values that the catalog does not name from the template', () => {
    expect(() => render('metadata/apex-class.hbs', [], { apiVersion: '67.0' })).to.throw('A template value is missing');
  });

  it('does not read braces in a value as a template', () => {
    const values = { appName: '{{xml secret}}{{{x}}}', secret: 'never' };
    expect(render('metadata/eca-policies.hbs', ['appName'], values)).to.include('>{{xml secret}}{{{x}}}<');
  });
});

/** What a template writes other than through one escaper with one plain value, or with anything but `if` and `each`. */
function bareValues(source: string): readonly string[] {
  return Handlebars.parse(source).body.flatMap(bareIn);
}

function bareIn(statement: hbs.AST.Statement): readonly string[] {
  if (statement.type === 'ContentStatement' || statement.type === 'CommentStatement') return [];
  if (statement.type === 'BlockStatement') return bareInBlock(statement as hbs.AST.BlockStatement);
  if (statement.type !== 'MustacheStatement') return [statement.type];
  const { path, params, escaped } = statement as hbs.AST.MustacheStatement;
  const isEscaped =
    escaped && original(path) in escapers && params.length === 1 && params[0]?.type === 'PathExpression';
  return isEscaped ? [] : [original(path)];
}

function bareInBlock(block: hbs.AST.BlockStatement): readonly string[] {
  const name = original(block.path);
  const inside = [...block.program.body, ...elseOf(block)].flatMap(bareIn);
  return ['if', 'each'].includes(name) ? inside : [name, ...inside];
}

const elseOf = ({ inverse }: hbs.AST.BlockStatement): readonly hbs.AST.Statement[] =>
  (inverse as hbs.AST.Program | undefined)?.body ?? [];

/** The names of values at the top of a template; fields of a list's rows belong to the list. */
function valuesRead(body: readonly hbs.AST.Statement[]): readonly string[] {
  return body.flatMap((statement) => {
    if (statement.type === 'MustacheStatement') return (statement as hbs.AST.MustacheStatement).params.map(original);
    if (statement.type !== 'BlockStatement') return [];
    const block = statement as hbs.AST.BlockStatement;
    const { path, params, program } = block;
    const inside = original(path) === 'each' ? [] : valuesRead(program.body);
    return [...params.map(original), ...inside, ...valuesRead(elseOf(block))];
  });
}

const original = (node: hbs.AST.Node): string => String((node as hbs.AST.PathExpression).original);
