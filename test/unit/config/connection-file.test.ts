import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import {
  connectionFilePath,
  loadConnectionFile,
  parseConnectionFile,
  saveConnection,
} from '../../../src/config/connection-file.js';
import {
  apexSettings,
  appTypes,
  certificateSources,
  clientTypes,
  keySizes,
  serverTypes,
} from '../../../src/config/connection.js';
import type { JwtError } from '../../../src/errors.js';
import { refusalOf } from '../../helpers/refusal.js';

const examples = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples');

describe('connection file', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sf-jwt-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('has no connections where there is no file', async () => {
    expect(await loadConnectionFile(root)).to.deep.equal({ connections: {} });
  });

  it('says where a file is not JSON', async () => {
    const error = await refusalOf(() => parseConnectionFile('{"connections": {,}}'));
    expect(error.key).to.equal('configNotJson');
    expect(error.tokens[1]).to.match(/position 17|line 1 column 18/);
  });

  it('names the field and the known keys for a key that it does not know', async () => {
    const error = await refusalOf(() => parseConnectionFile('{"connections":{"erp":{"client":{"typ":"apex"}}}}'));
    expect(error.key).to.equal('configInvalid');
    expect(error.tokens[1]).to.equal(
      'connections.erp.client: "typ" is not a known key ' +
        '(known: type, org, classPrefix, invocable, queueable, settings, cachePartition, namedCredential, principal, permissionSet, username)',
    );
  });

  it('names every field that is wrong, not only the first one', async () => {
    const error = await refusalOf(() =>
      parseConnectionFile('{"connections":{"erp":{"certificate":{"keySize":1024,"validDays":"365"}}}}'),
    );
    expect(error.tokens[1]).to.equal(
      'connections.erp.certificate.keySize must be one of 2048, 3072, 4096, and is 1024; ' +
        'connections.erp.certificate.validDays must be of type integer, and is "365"',
    );
  });

  for (const [part, value, problems] of [
    ['server', { type: 'oauth2', app: {} }, ['server.app does not go with the type oauth2']],
    ['server', { type: 'oauth2', org: 'a' }, ['server.org does not go with the type oauth2']],
    ['server', { type: 'salesforce', scope: 'a' }, ['server.scope does not go with the type salesforce']],
    [
      'server',
      { org: 'a', issuer: 'b', claims: {} },
      ['issuer', 'claims'].map(
        (key) => `server.${key} does not go with the type salesforce, which is the one where none is said`,
      ),
    ],
    ['client', { type: 'external', org: 'a' }, ['client.org does not go with the type external']],
    ['client', { type: 'apex', namedCredential: 'A' }, ['client.namedCredential does not go with the type apex']],
    ['client', { type: 'apex', username: 'a@b.co' }, ['client.username does not go with the type apex']],
    [
      'client',
      { type: 'named-credential', settings: 'inline', cachePartition: 'local.A' },
      ['settings', 'cachePartition'].map((key) => `client.${key} does not go with the type named-credential`),
    ],
    [
      'client',
      { type: 'legacy-named-credential', permissionSet: 'A' },
      ['client.permissionSet does not go with the type legacy-named-credential'],
    ],
  ] as const) {
    it(`names what does not go with a type, and the type: ${JSON.stringify(value)}`, async () => {
      const text = JSON.stringify({ connections: { erp: { [part]: value } } });
      const error = await refusalOf(() => parseConnectionFile(text));
      expect(error.key).to.equal('configInvalid');
      expect(error.tokens[1]).to.equal(problems.map((problem) => `connections.erp.${problem}`).join('; '));
      expect(error.data).to.deep.equal({ problems: problems.map((problem) => `connections.erp.${problem}`) });
    });
  }

  it('takes every field of a type, and of a client whose type is said elsewhere', async () => {
    const client = { namedCredential: 'A', principal: 'B', settings: 'inline' };
    const server = { type: 'oauth2', username: 'a', claims: { a: 'b', c: 1, d: true } };
    const content = { connections: { erp: { server, client } } };
    expect(await parseConnectionFile(JSON.stringify(content))).to.deep.equal(content);
  });

  it('says nothing on the console about its own schema', async () => {
    const before = console.warn;
    const said: unknown[] = [];
    console.warn = (...texts: unknown[]) => void said.push(...texts);
    try {
      await parseConnectionFile('{"connections":{}}');
    } finally {
      console.warn = before;
    }
    expect(said).to.deep.equal([]);
  });

  it('refuses a connection name that cannot be a folder', async () => {
    const error = await refusalOf(() => parseConnectionFile('{"connections":{"../etc":{}}}'));
    expect(error.tokens[1]).to.contain('the connection name "../etc" must be a letter');
  });

  it('keeps other connections and the schema when it saves one', async () => {
    await mkdir(join(root, 'config'));
    const before = { $schema: './x.json', connections: { crm: { client: { type: 'external' } } } };
    await writeFile(join(root, connectionFilePath), JSON.stringify(before));
    await saveConnection(root, 'erp', { client: { type: 'apex', org: 'crm' } });
    const after: unknown = JSON.parse(await readFile(join(root, connectionFilePath), 'utf8'));
    expect(after).to.deep.equal({
      ...before,
      connections: { ...before.connections, erp: { client: { type: 'apex', org: 'crm' } } },
    });
    expect(await readdir(join(root, 'config'))).to.deep.equal(['jwt-connections.json']);
  });

  it('loses none of many connections that are saved at the same time', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `c${index}`);
    await Promise.all(names.map((name) => saveConnection(root, name, { client: { type: 'external' } })));
    expect(Object.keys((await loadConnectionFile(root)).connections)).to.have.members(names);
    expect(await readdir(join(root, '.sf', 'jwt'))).to.deep.equal([]);
  });

  it('reads a file with a byte order mark, as editors on Windows write it', async () => {
    expect(await parseConnectionFile('\uFEFF{"connections":{}}')).to.deep.equal({ connections: {} });
  });

  it('leaves a file that it cannot read as it is', async () => {
    await mkdir(join(root, 'config'));
    await writeFile(join(root, connectionFilePath), '{ "connections": ');
    expect((await refusalOf(() => saveConnection(root, 'erp', {}))).key).to.equal('configNotJson');
    expect(await readFile(join(root, connectionFilePath), 'utf8')).to.equal('{ "connections": ');
  });

  it('offers in its schema exactly the choices that the program has', async () => {
    const schema = await readFile(join(examples, '..', '..', 'schemas', 'jwt-connections.schema.json'), 'utf8');
    const { definitions } = JSON.parse(schema);
    expect(definitions.server.properties.app.properties.type.enum).to.deep.equal([...appTypes]);
    expect(definitions.server.properties.type.enum).to.deep.equal([...serverTypes]);
    expect(definitions.client.properties.settings.enum).to.deep.equal([...apexSettings]);
    expect(definitions.client.properties.type.enum).to.deep.equal([...clientTypes]);
    expect(definitions.certificate.properties.source.enum).to.deep.equal([...certificateSources]);
    expect(definitions.certificate.properties.keySize.enum).to.deep.equal([...keySizes]);
  });

  describe('examples', () => {
    it('are judged as their names say', async () => {
      const names = await readdir(examples);
      expect(names.length).to.be.greaterThan(2);
      for (const name of names) {
        const judged = await parseConnectionFile(await readFile(join(examples, name), 'utf8')).then(
          () => 'valid',
          (error: JwtError) => error.key,
        );
        expect(judged, name).to.equal(name.endsWith('-invalid.json') ? 'configInvalid' : 'valid');
      }
    });
  });
});
