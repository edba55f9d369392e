import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import GenerateApex from '../../../../../src/commands/jwt/generate/apex.js';
import { enterProject, runCommand } from './run-command.js';
import { refusalOf } from '../../../../helpers/refusal.js';

const server = ['--consumer-key', '3MVG9example', '--instance-url', 'https://acme.my.salesforce.com'];
const user = ['--connection', 'erp', '--username', "o'neil@acme.com"];
const flags = [...user, ...server];
const other = [
  ...['--connection', 'orders', '--username', 'svc-crm', '--issuer', 'crm'],
  ...['--token-endpoint', 'https://auth.example.com/oauth2/token', '--base-url', 'https://api.example.com/v1'],
];
const root = 'jwt/erp/client/main/default';

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

  it('warns of an API version that may not be there yet', async () => {
    const { warnings } = await runCommand(GenerateApex, [...flags, '--api-version', '99.0']);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include('API version 99.0');
    expect((await runCommand(GenerateApex, [...flags, '--force'])).warnings).to.deep.equal([]);
  });

  const read = (path: string): string => readFileSync(join(project, path), 'utf8');
  const allOf = (folder: string): string =>
    readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.includes('.'))
      .map((path) => read(join(folder, path)))
      .join('\n');

  it('writes the certificate, the remote site, the settings and the classes with a test each', async () => {
    const { result, printed } = await runCommand(GenerateApex, flags);
    expect(result.connection).to.equal('erp');
    const paths = result.files.map(({ path }) => path);
    expect(paths).to.include.members(
      [
        'certs/erp_jwt.crt',
        'certs/erp_jwt.crt-meta.xml',
        'objects/ErpSettings__mdt/ErpSettings__mdt.object-meta.xml',
        'customMetadata/ErpSettings.Default.md-meta.xml',
        'classes/ErpTokenProvider.cls',
        'classes/ErpTokenProviderTest.cls',
        'classes/ErpClient.cls',
        'classes/ErpClientTest.cls',
      ].map((path) => `${root}/${path}`),
    );
    expect(paths.filter((path) => path.includes('/remoteSiteSettings/'))).to.have.length(1);
    for (const { path, action } of result.files) {
      expect([action, existsSync(join(project, path))], path).to.deep.equal(['created', true]);
      expect(printed).to.include(`  created  ${path}`);
    }
    const record = read(`${root}/customMetadata/ErpSettings.Default.md-meta.xml`);
    expect(record).to.include('o&apos;neil@acme.com').and.to.include('3MVG9example');
  });

  it('takes class prefix, API version and key size, and adds an action for Flow and a Queueable on demand', async () => {
    const argv = [...flags, '--class-prefix', 'Sap', '--api-version', '66.0', '--key-size', '4096'];
    const { result } = await runCommand(GenerateApex, [...argv, '--invocable', '--queueable']);
    const classes = result.files.filter(({ path }) => path.endsWith('.cls')).map(({ path }) => path.split('/').at(-1));
    expect(classes).to.have.members(
      ['SapTokenProvider', 'SapClient', 'SapFlowAction', 'SapJob'].flatMap((name) => [
        `${name}.cls`,
        `${name}Test.cls`,
      ]),
    );
    expect(read(`${root}/classes/SapClient.cls-meta.xml`)).to.include('<apiVersion>66.0</apiVersion>');
    expect(read(`${root}/certs/erp_jwt.crt-meta.xml`)).to.include('<keySize>4096</keySize>');
  });

  it('puts the settings into the class where that is asked for', async () => {
    const { result } = await runCommand(GenerateApex, [...flags, '--inline-settings']);
    expect(result.files.map(({ path }) => path).join()).not.to.match(/customMetadata|objects/);
    expect(read(`${root}/classes/ErpTokenProvider.cls`)).to.include("'o\\'neil@acme.com'");
  });

  it('keeps tokens in the Platform Cache partition that it is told', async () => {
    await runCommand(GenerateApex, [...flags, '--cache-partition', 'local.Tokens']);
    expect(read(`${root}/classes/ErpTokenProvider.cls`)).to.include('local.Tokens');
  });

  it('calls a server that is no org, without a consumer key and an instance URL', async () => {
    const argv = [...other, '--token-scope', 'orders.read', '--claim', 'tenant=acme', '--claim', 'level=3'];
    const { result, printed } = await runCommand(GenerateApex, argv);
    expect(result.connection).to.equal('orders');
    const all = allOf('jwt/orders/client');
    for (const value of ['crm', 'svc-crm', 'https://auth.example.com/oauth2/token', 'https://api.example.com/v1']) {
      expect(all, value).to.include(`>${value}<`);
    }
    expect(all)
      .to.include('orders.read')
      .and.to.match(/tenant.{1,12}:.{1,12}acme/);
    expect(printed).to.include(
      'Register the certificate fetched/certs/orders_jwt.crt at the server, as that of the client crm.',
    );
    expect(printed).not.to.include('generate app');
  });

  it('takes the user of a connection that is on file', async () => {
    mkdirSync('config');
    const erp = {
      server: { org: 's', username: 'filed@acme.com', app: { contactEmail: 'ops@acme.com' } },
      client: { type: 'apex', org: 'c', settings: 'inline' },
    };
    writeFileSync('config/jwt-connections.json', JSON.stringify({ connections: { erp } }));
    const { printed } = await runCommand(GenerateApex, server);
    expect(read(`${root}/classes/ErpTokenProvider.cls`)).to.include("'filed@acme.com'");
    expect(printed).to.include('--target-org c ');
  });

  it('finds nothing to do the second time', async () => {
    await runCommand(GenerateApex, flags);
    const { result } = await runCommand(GenerateApex, flags);
    expect([...new Set(result.files.map(({ action }) => action))]).to.deep.equal(['unchanged']);
  });

  it('keeps a class that somebody changed, and replaces it with --force only', async () => {
    await runCommand(GenerateApex, flags);
    const path = `${root}/classes/ErpTokenProvider.cls`;
    writeFileSync(path, '// mine');
    const error = await refusalOf(() => runCommand(GenerateApex, flags));
    expect([error.key, error.tokens[0]]).to.deep.equal(['artifactsDiffer', path]);
    expect(read(path)).to.equal('// mine');
    const { result } = await runCommand(GenerateApex, [...flags, '--force']);
    expect(result.files.find((file) => file.path === path)?.action).to.equal('replaced');
    expect(read(path)).to.include('class ErpTokenProvider');
  });

  for (const [what, argv, key, token] of [
    ['no username', ['--connection', 'erp', ...server], 'flagsMissing', '--username'],
    ['nothing but a name', ['--connection', 'erp'], 'orgFactsMissing', '--username, --consumer-key, --instance-url'],
    ['nothing at all', [], 'orgFactsMissing', '--connection, --username, --consumer-key, --instance-url'],
    ['an issuer beside an org', [...flags, '--issuer', 'x'], 'orgFlagsUnfit', '--consumer-key, --instance-url'],
    [
      'a login host',
      [...user, ...server.slice(0, 2), '--instance-url', 'https://login.salesforce.com'],
      'refusedValue',
      'My Domain',
    ],
    ['an API with a query', [...other.slice(0, -1), 'https://api.example.com/v1?key=1'], 'refusedValue', 'base URL'],
    ['a claim that stands twice', [...other, '--claim', 'a=1', '--claim', 'a=2'], 'refusedValue', '"a"'],
    ['no consumer key', [...user, ...server.slice(2)], 'orgFactsMissing', '--consumer-key'],
    ['no instance URL', [...user, ...server.slice(0, 2)], 'orgFactsMissing', '--instance-url'],
    ['neither of both', user, 'orgFactsMissing', '--consumer-key, --instance-url'],
    ['another server without an API', other.slice(0, -2), 'flagsMissing', '--base-url'],
    ['a consumer key of another server', [...other, ...server.slice(0, 2)], 'orgFlagsUnfit', '--consumer-key'],
    ['an instance URL of another server', [...other, ...server.slice(2)], 'orgFlagsUnfit', '--instance-url'],
    ['a claim without a value', [...other, '--claim', 'tenant'], 'refusedValue', 'claim'],
    ['a claim that the flow sets itself', [...other, '--claim', 'aud=x'], 'refusedValue', 'claim'],
    ['a hostile class prefix', [...flags, '--class-prefix', 'A {'], 'refusedValue', 'class prefix'],
    ['a class prefix without room', [...flags, '--class-prefix', 'a'.repeat(24)], 'refusedValue', 'class prefix'],
    ['a partition without namespace', [...flags, '--cache-partition', 'Tokens'], 'refusedValue', 'cache partition'],
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
      expect(error.exitCode).to.equal(2);
      expect(error.tokens.join(' ')).to.include(token);
      expect(readdirSync(project)).not.to.include('jwt');
    });
  }
});
