import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import GenerateApex from '../../../../../src/commands/jwt/generate/apex.js';
import { enterProject, runCommand } from './run-command.js';
import { refusalOf } from '../../../../helpers/refusal.js';

const server = ['--consumer-key', '3MVG9example', '--instance-url', 'https://acme.my.salesforce.com'];
const user = ['--connection', 'erp', '--username', "o'neil@acme.com"];
const flags = [...user, ...server];

describe('jwt generate apex', () => {
  const home = process.cwd();
  let project: string;

  beforeEach(() => {
    project = enterProject();
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(project, { recursive: true, force: true });
  });

  it('writes the classes, the remote site and the certificate, and says what is next', async () => {
    const { result, printed } = await runCommand(GenerateApex, flags);
    const root = 'jwt/erp/client/main/default';
    expect(result.files).to.deep.equal(
      [
        'certs/erp_jwt.crt',
        'certs/erp_jwt.crt-meta.xml',
        'remoteSiteSettings/ErpTokenProvider.remoteSite-meta.xml',
        'classes/ErpTokenProvider.cls',
        'classes/ErpTokenProvider.cls-meta.xml',
        'classes/ErpTokenProviderTest.cls',
        'classes/ErpTokenProviderTest.cls-meta.xml',
      ].map((path) => ({ path: `${root}/${path}`, action: 'created' })),
    );
    const provider = readFileSync(join(project, root, 'classes/ErpTokenProvider.cls'), 'utf8');
    expect(provider).to.include("USERNAME = 'o\\'neil@acme.com';");
    expect(provider).to.include("CONSUMER_KEY = '3MVG9example';");
    expect(printed).to.include('Apex of the connection erp:');
    expect(printed).to.include('the certificate erp_jwt');
    expect(printed).to.include('sf project deploy start --source-dir jwt/erp/client --target-org');
  });

  it('takes the class name, API version and key size that it is told', async () => {
    const argv = [...flags, '--class-name', 'ErpTokens', '--api-version', '66.0', '--key-size', '4096'];
    const { result } = await runCommand(GenerateApex, argv);
    const read = (end: string): string =>
      readFileSync(join(project, result.files.find(({ path }) => path.endsWith(end))?.path ?? ''), 'utf8');
    expect(read('/ErpTokens.cls-meta.xml')).to.include('<apiVersion>66.0</apiVersion>');
    expect(read('.crt-meta.xml')).to.include('<keySize>4096</keySize>');
  });

  it('takes the user of a connection that is on file', async () => {
    mkdirSync('config');
    const erp = {
      server: { org: 's', username: 'filed@acme.com', app: { contactEmail: 'ops@acme.com' } },
      client: { type: 'apex', org: 'c' },
    };
    writeFileSync('config/jwt-connections.json', JSON.stringify({ connections: { erp } }));
    await runCommand(GenerateApex, server);
    const provider = readFileSync('jwt/erp/client/main/default/classes/ErpTokenProvider.cls', 'utf8');
    expect(provider).to.include("USERNAME = 'filed@acme.com';");
  });

  it('keeps a class that somebody changed', async () => {
    const { result } = await runCommand(GenerateApex, flags);
    const path = result.files.find((file) => file.path.endsWith('Provider.cls'))?.path ?? '';
    writeFileSync(path, '// mine');
    const error = await refusalOf(() => runCommand(GenerateApex, flags));
    expect([error.key, error.tokens]).to.deep.equal(['artifactsDiffer', [path]]);
    expect(readFileSync(path, 'utf8')).to.equal('// mine');
  });

  for (const [what, argv, key, token] of [
    ['no username', ['--connection', 'erp', ...server], 'flagsMissing', '--username'],
    ['a reserved class name', [...flags, '--class-name', 'System'], 'refusedValue', 'class name'],
    ['a class name without room for Test', [...flags, '--class-name', 'a'.repeat(37)], 'refusedValue', 'class name'],
    [
      'a consumer key that breaks out',
      [...user, '--consumer-key', "x'; throw e; //", ...server.slice(2)],
      'refusedValue',
      'consumer key',
    ],
    [
      'plain http',
      [...user, ...server.slice(0, 2), '--instance-url', 'http://acme.my.salesforce.com'],
      'refusedValue',
      'instance URL',
    ],
  ] as const) {
    it(`refuses ${what}, and writes nothing`, async () => {
      const error = await refusalOf(() => runCommand(GenerateApex, argv));
      expect(error.key).to.equal(key);
      expect(error.tokens.join(' ')).to.include(token);
      expect(readdirSync(project)).not.to.include('jwt');
    });
  }

  for (const flag of ['--consumer-key', '--instance-url']) {
    it(`demands ${flag}`, async () => {
      const at = flags.indexOf(flag);
      const without = [...flags.slice(0, at), ...flags.slice(at + 2)];
      let message = '';
      await runCommand(GenerateApex, without).catch((error: unknown) => {
        message = error instanceof Error ? error.message : '';
      });
      expect(message).to.include(flag.slice(2));
    });
  }
});
