import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import GenerateNamedCredential from '../../../../../src/commands/jwt/generate/named-credential.js';
import { metadataProblems } from '../../../../helpers/metadata-types.js';
import { refusalOf } from '../../../../helpers/refusal.js';
import { enterProject, runCommand } from './run-command.js';

const flags = [
  ...['--connection', 'erp', '--username', 'integration@acme.com'],
  ...['--consumer-key', '3MVG9example', '--instance-url', 'https://acme.my.salesforce.com'],
];
const other = [
  ...['--connection', 'orders', '--username', 'svc-crm', '--issuer', 'crm'],
  ...['--token-endpoint', 'https://auth.example.com/oauth2/token', '--base-url', 'https://api.example.com/v1'],
];
const root = 'jwt/erp/client/main/default';

describe('jwt generate named-credential', () => {
  const home = process.cwd();
  let project: string;

  beforeEach(() => {
    project = enterProject();
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(project, { recursive: true, force: true });
  });

  const read = (path: string): string => readFileSync(join(project, path), 'utf8');
  const save = (client: object): void => {
    mkdirSync('config');
    const named = { server: { org: 's', username: 'filed@acme.com' }, client: { org: 'crm', ...client } };
    writeFileSync('config/jwt-connections.json', JSON.stringify({ connections: { erp: named } }));
  };

  it('writes both credentials, the permission set and the client, and no remote site', async () => {
    const { result, printed } = await runCommand(GenerateNamedCredential, flags);
    expect(result.files.map(({ path }) => path)).to.have.members(
      [
        'certs/erp_jwt.crt',
        'certs/erp_jwt.crt-meta.xml',
        'externalCredentials/Erp.externalCredential-meta.xml',
        'namedCredentials/Erp.namedCredential-meta.xml',
        'permissionsets/Erp_Callouts.permissionset-meta.xml',
        'classes/ErpClient.cls',
        'classes/ErpClient.cls-meta.xml',
        'classes/ErpClientTest.cls',
        'classes/ErpClientTest.cls-meta.xml',
      ].map((path) => `${root}/${path}`),
    );
    for (const { path } of result.files) {
      expect(printed).to.include(`  created  ${path}`);
      if (path.endsWith('-meta.xml')) expect(metadataProblems(read(path)), path).to.deep.equal([]);
    }
    expect(read(`${root}/classes/ErpClient.cls`)).to.include('callout:Erp');
    expect(printed).to.include('Named Credential Erp of the connection erp:');
  });

  it('says that the users who call need the permission set, after the deploy', async () => {
    const { printed } = await runCommand(GenerateNamedCredential, [...flags, '--client-org', 'crm-prod']);
    const steps = printed.slice(printed.indexOf('Next:')).split(/^(?=\d\. )/m);
    expect(steps.map((step) => /sf \w+ \w+ \w+/.exec(step)?.[0])).to.deep.equal([
      undefined,
      'sf project deploy start',
      'sf project retrieve start',
      'sf jwt generate app',
      'sf project deploy start',
      'sf org assign permset',
    ]);
    expect(steps[5]).to.include('sf org assign permset --name Erp_Callouts --target-org crm-prod');
    expect(steps[5]).to.include('org-wide');
  });

  it('takes the names that it is told, and adds Apex on demand', async () => {
    const named = ['--named-credential', 'Sap_Api', '--principal', 'Robot', '--callout-permission-set', 'Sap_Users'];
    const { result } = await runCommand(GenerateNamedCredential, [
      ...flags,
      ...named,
      '--class-prefix',
      'Sap',
      '--invocable',
    ]);
    expect(read(`${root}/externalCredentials/Sap_Api.externalCredential-meta.xml`)).to.include(
      '<parameterName>Robot</parameterName>',
    );
    const permissionSet = read(`${root}/permissionsets/Sap_Users.permissionset-meta.xml`);
    expect(permissionSet).to.include('<externalCredentialPrincipal>Sap_Api-Robot</externalCredentialPrincipal>');
    expect(permissionSet).to.include('<apexClass>SapFlowAction</apexClass>');
    expect(result.files.map(({ path }) => path)).to.include(`${root}/classes/SapFlowAction.cls`);
  });

  it('calls a server that is no org, with its scope and its claims', async () => {
    const said = ['--token-scope', 'orders.read', '--claim', 'tenant=acme', '--certificate-source', 'generate'];
    const { printed } = await runCommand(GenerateNamedCredential, [...other, ...said]);
    const xml = read('jwt/orders/client/main/default/externalCredentials/Orders.externalCredential-meta.xml');
    expect(xml).to.match(/<parameterName>tenant<[^]{1,99}<parameterValue>acme</);
    expect(xml).to.match(/<parameterName>Scope<[^]{1,99}<parameterValue>orders\.read</);
    expect(printed).to.include('sf jwt key create');
    expect(printed).to.include(
      'Register the certificate .sf/jwt/orders/orders_jwt.crt at the server, as that of the client crm.',
    );
  });

  it('makes a legacy one with --legacy, which needs no permission set', async () => {
    const { result, printed } = await runCommand(GenerateNamedCredential, [...flags, '--legacy']);
    const paths = result.files.map(({ path }) => path).join();
    expect(paths)
      .to.include('namedCredentials/Erp.')
      .and.not.to.match(/externalCredentials|permissionsets/);
    expect(read(`${root}/namedCredentials/Erp.namedCredential-meta.xml`)).to.include(
      '<protocol>JwtExchange</protocol>',
    );
    expect(printed).not.to.include('permset');
    const flow = await runCommand(GenerateNamedCredential, [...flags, '--legacy', '--invocable']);
    expect(flow.printed).to.include('Users who run a flow with ErpFlowAction need access to that class');
  });

  it('makes the kind that the connection file says', async () => {
    save({ type: 'legacy-named-credential', namedCredential: 'Filed' });
    await runCommand(GenerateNamedCredential, flags.slice(4));
    expect(read(`${root}/namedCredentials/Filed.namedCredential-meta.xml`)).to.include('JwtExchange');
  });

  it('makes the new kind for a connection that is saved with another client, where it is named', async () => {
    save({ type: 'apex' });
    const error = await refusalOf(() => runCommand(GenerateNamedCredential, flags.slice(4)));
    expect([error.key, error.tokens[0]?.split(', ')[0]]).to.deep.equal(['flagsMissing', '--connection']);
    await runCommand(GenerateNamedCredential, flags);
    expect(read(`${root}/namedCredentials/Erp.namedCredential-meta.xml`)).to.include('SecuredEndpoint');
  });

  it('keeps a file that somebody changed', async () => {
    await runCommand(GenerateNamedCredential, flags);
    const path = `${root}/namedCredentials/Erp.namedCredential-meta.xml`;
    writeFileSync(path, read(path).replace('Enabled', 'Disabled'));
    const error = await refusalOf(() => runCommand(GenerateNamedCredential, flags));
    expect([error.key, error.tokens[0]]).to.deep.equal(['artifactsDiffer', path]);
    expect(read(path)).to.include('Disabled');
  });

  for (const [what, argv, key, token] of [
    ['claims of a legacy one', [...other, '--legacy', '--claim', 'tenant=acme'], 'legacyCredentialClaims', 'tenant'],
    ['a formula', [...other, '--claim', 'tenant={!NOW()}'], 'refusedValue', 'claim'],
    ['a hostile name', [...flags, '--named-credential', 'Erp<'], 'refusedValue', 'named credential'],
    ['a hostile principal', [...flags, '--principal', 'a-b'], 'refusedValue', 'principal'],
    [
      'a hostile permission set',
      [...flags, '--callout-permission-set', 'a b'],
      'refusedValue',
      'callout permission set',
    ],
    ['no consumer key', flags.slice(0, 4), 'orgFactsMissing', '--consumer-key, --instance-url'],
    ['a consumer key of another server', [...other, '--consumer-key', '3MVG9example'], 'orgFlagsUnfit', 'orders'],
  ] as const) {
    it(`refuses ${what}, and writes nothing`, async () => {
      const error = await refusalOf(() => runCommand(GenerateNamedCredential, argv));
      expect(error.key).to.equal(key);
      expect(error.exitCode).to.equal(2);
      expect(error.tokens.join(' ')).to.include(token);
      expect(readdirSync(project)).not.to.include('jwt');
    });
  }

  it('refuses a principal of a legacy one, which has none', async () => {
    let message = '';
    await runCommand(GenerateNamedCredential, [...flags, '--legacy', '--principal', 'Robot']).catch(
      (error: unknown) => {
        message = error instanceof Error ? error.message : '';
      },
    );
    expect(message).to.include('--principal');
  });
});
