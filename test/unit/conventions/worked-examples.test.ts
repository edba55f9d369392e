import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Parser, type Interfaces } from '@oclif/core';
import { expect } from 'chai';
import { clientArtifacts, grantOf } from '../../../src/artifacts/build.js';
import { draftFromFlags, type ConnectionFlags } from '../../../src/cli/connection-flags.js';
import { parseConnectionFile } from '../../../src/config/connection-file.js';
import type { Connection } from '../../../src/config/connection.js';
import { mergeDrafts, type ConnectionDraft } from '../../../src/config/draft.js';
import { resolveConnection } from '../../../src/config/resolve.js';
import { validateConnection } from '../../../src/config/validate.js';
import { apexSyntaxProblems } from '../../helpers/apex-checks.js';
import { read, root } from '../../helpers/source-files.js';

const page = read('docs/other-servers.md');

/** Fenced blocks of a language, without the indentation of the list that they stand in. */
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(/^( *)```(\w*)\n([^]*?)^\1```$/gm)]
    .filter(([, , tag]) => tag === language)
    .map(([, indent = '', , text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));

const commandLines = blocks('')
  .flatMap((block) => block.replaceAll(/ \\\n\s*/g, ' ').split('\n'))
  .filter((line) => line.startsWith('sf jwt '));

/** As a POSIX shell splits a line that has nothing but words and double quotes. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain = '']) => quoted ?? plain);

type Command = { readonly flags: Interfaces.FlagInput };

/** The command of a line, and what it was given. @throws what the parser says of a flag that there is not */
async function parseLine(line: string): Promise<{ readonly id: string; readonly flags: Partial<ConnectionFlags> }> {
  const words = wordsOf(line).slice(2);
  const count = words.findIndex((word) => word.startsWith('-'));
  const id = words.slice(0, count).join('/');
  const path = join(root, 'src', 'commands', 'jwt', `${id}.ts`);
  expect(existsSync(path), id).to.equal(true);
  const { default: command } = (await import(pathToFileURL(path).href)) as { readonly default: Command };
  const { flags } = await Parser.parse(words.slice(count), { flags: command.flags, strict: true });
  return { id, flags };
}

async function savedConnections(): Promise<Readonly<Record<string, ConnectionDraft>>> {
  const files = await Promise.all(blocks('json').map((text) => parseConnectionFile(text)));
  return Object.assign({}, ...files.map(({ connections }) => connections)) as Record<string, ConnectionDraft>;
}

function complete(name: string, draft: ConnectionDraft): Connection {
  const resolution = resolveConnection(name, draft);
  if (resolution.kind === 'incomplete') throw new TypeError(`${name} misses ${resolution.missing.join(', ')}`);
  return validateConnection(resolution.connection);
}

function sourceOf(connection: Connection): string {
  const grant = grantOf(connection.server, {});
  if (!grant) throw new TypeError('the server is an org');
  return clientArtifacts(connection, grant)
    .map(({ content }) => content)
    .join('\n');
}

describe('docs/other-servers.md', () => {
  it('has commands, connections and Apex to copy', () => {
    expect(commandLines).to.have.length.greaterThan(6);
    expect(blocks('json')).to.have.length(2);
    expect(blocks('apex')).to.have.length(2);
  });

  for (const line of commandLines) {
    it(`${line.slice(0, 70)} is what the parser takes, for a connection of the page`, async () => {
      const { id, flags } = await parseLine(line);
      const isWhole = id.startsWith('generate/') && flags.issuer !== undefined;
      if (!isWhole) expect(Object.keys(await savedConnections())).to.include(flags.connection);
    });
  }

  it('has connections that are whole by themselves', async () => {
    for (const [name, draft] of Object.entries(await savedConnections())) {
      expect(complete(name, draft).server.type, name).to.equal('oauth2');
    }
  });

  it('generates no two client types under one name, whose files would be mixed in one folder', () => {
    const names = commandLines
      .filter((line) => line.startsWith('sf jwt generate '))
      .map((line) => /--connection (\S+)/.exec(line)?.[1]);
    expect(names).to.have.length(2);
    expect(new Set(names).size).to.equal(2);
  });

  it('gives the same source with flags as with the file', async () => {
    const saved = complete('orders', (await savedConnections())['orders'] ?? {});
    const [line = ''] = commandLines.filter((one) => one.startsWith('sf jwt generate apex'));
    const { flags } = await parseLine(line.replace(' --invocable', ''));
    const said = complete(
      'orders',
      mergeDrafts({ client: { type: 'apex', org: 'crm-prod' } }, draftFromFlags(flags, root)),
    );
    expect(sourceOf(said)).to.equal(sourceOf(saved));
  });

  it('calls classes and methods that are generated for its connections, in Apex that parses', async () => {
    const sources = Object.entries(await savedConnections()).map(([name, draft]) => sourceOf(complete(name, draft)));
    for (const snippet of blocks('apex')) {
      expect(apexSyntaxProblems(snippet, 'anonymous')).to.deep.equal([]);
      const calls = [...snippet.matchAll(/(\w+Client)\.(\w+)\(/g)];
      expect(calls).not.to.be.empty;
      for (const [, name = '', method = ''] of calls) {
        const source = sources.find((text) => text.includes(`class ${name} `));
        expect(source, name).to.match(new RegExp(`public static \\w+ ${method}\\(`));
      }
    }
  });

  it('names files, permission sets and settings as they are made', async () => {
    const { orders = {}, drive = {} } = await savedConnections();
    expect(page).to.include(`.sf/jwt/orders/${complete('orders', orders).certificate.name}.crt`);
    expect(page).to.include(`.sf/jwt/drive/${complete('drive', drive).certificate.name}.crt`);
    const { client } = complete('drive', drive);
    expect(client.type === 'named-credential' && client.permissionSet).to.equal('Drive_Callouts');
    expect(sourceOf(complete('orders', orders))).to.include('OrdersSettings__mdt');
  });

  it('writes claims as an External Credential of ours has them', () => {
    const rows = [...page.matchAll(/^\| `(.+?)` +\| `(.+?)` +\|$/gm)].map(([, claim = '', written = '']) => [
      claim,
      written,
    ]);
    const told = rows
      .filter(([claim = '']) => /^["\d]/.test(claim))
      .map(([claim = '', written]) => [claim.split('`')[0], written?.split('`')[0]]);
    expect(told).to.have.length.greaterThan(3);
    for (const [claim = '', written = ''] of told) {
      const server = {
        issuer: 'a',
        username: 'b',
        tokenEndpoint: 'https://a.example.com',
        baseUrl: 'https://a.example.com',
      };
      const claims = { x: JSON.parse(claim) as string };
      const client = { type: 'named-credential', org: 'c' } as const;
      const xml = sourceOf(complete('claims', { server: { type: 'oauth2', ...server, claims }, client }));
      const escaped = written.replaceAll('"', '&quot;');
      expect(xml, claim).to.include(`<parameterValue>${escaped}</parameterValue>`);
    }
  });
});
