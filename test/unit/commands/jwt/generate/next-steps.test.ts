import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComponentSet } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import GenerateApex from '../../../../../src/commands/jwt/generate/apex.js';
import GenerateApp from '../../../../../src/commands/jwt/generate/app.js';
import GenerateNamedCredential from '../../../../../src/commands/jwt/generate/named-credential.js';
import { sampleCertificatePem } from '../../../../golden/cases.js';
import { refusalOf } from '../../../../helpers/refusal.js';
import { commandsIn } from './commands-in.js';
import { enterProject, runCommand } from './run-command.js';

const server = ['--consumer-key', '3MVG9example', '--instance-url', 'https://acme.my.salesforce.com'];
const flags = ['--connection', 'erp', '--username', "o'neil@acme.com", ...server];
const root = 'jwt/erp/client/main/default';

describe('what to do with a generated calling side', () => {
  const home = process.cwd();
  let project: string;

  beforeEach(() => {
    project = enterProject();
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(project, { recursive: true, force: true });
  });

  it('says what to do next, in order, where the client org makes the key', async () => {
    const { printed } = await runCommand(GenerateApex, [...flags, '--client-org', 'crm-prod']);
    expect(printed.slice(printed.indexOf('Next:'))).to.match(/^Next:\n1\. Let the client org make the key/);
    expect(commandsIn(printed)).to.deep.equal([
      `sf project deploy start --source-dir ${root}/certs --target-org crm-prod`,
      'sf project retrieve start --metadata Certificate:erp_jwt --output-dir fetched --target-org crm-prod',
      'sf jwt generate app --connection erp --contact-email ops@example.com --certificate-file fetched/certs/erp_jwt.crt',
      'sf project deploy start --source-dir jwt/erp/server --target-org my-server-org',
      `sf project deploy start --source-dir ${root}/remoteSiteSettings --source-dir ${root}/objects --source-dir ${root}/customMetadata --source-dir ${root}/classes --target-org crm-prod --test-level RunSpecifiedTests --tests ErpTokenProviderTest --tests ErpClientTest`,
    ]);
  });

  it('names the server org and the contact email of a connection that is on file', async () => {
    mkdirSync('config');
    const erp = {
      server: { org: 'erp prod', username: 'a@b.co', app: { name: 'Other_App', contactEmail: 'ops@acme.com' } },
      client: { type: 'apex', org: 'c' },
    };
    writeFileSync('config/jwt-connections.json', JSON.stringify({ connections: { erp } }));
    const { printed } = await runCommand(GenerateApex, server);
    expect(commandsIn(printed)[2]).to.include('--contact-email ops@acme.com ');
    expect(commandsIn(printed)[3]).to.match(/--target-org 'erp prod'$/);
    expect(printed).to.include('an app of this project, Other_App,');
  });

  it('takes what setup has noted of the app of a connection on file, and nothing of another app', async () => {
    mkdirSync('config');
    const server = { org: 'erp-prod', username: 'a@b.co', app: { contactEmail: 'ops@acme.com' } };
    const connections = { erp: { server, client: { type: 'apex', org: 'c' } } };
    const save = (content: unknown) => writeFileSync('config/jwt-connections.json', JSON.stringify(content));
    save({ connections });
    mkdirSync('.sf/jwt/erp', { recursive: true });
    const noted = { orgId: '00D', instanceUrl: 'https://noted.my.salesforce.com', consumerKey: '3MVG9noted' };
    const record = { ...noted, org: 'erp-prod', app: 'Erp_Integration' };
    writeFileSync(
      '.sf/jwt/erp/journal.jsonl',
      JSON.stringify({ event: 'verified', at: '', verified: true, server: record }),
    );
    const { result, printed } = await runCommand(GenerateApex, []);
    expect(commandsIn(printed)).to.deep.equal(['sf jwt deploy --connection erp --side client']);
    const elsewhere = await runCommand(GenerateApex, ['--connection', 'erp', '--client-org', 'other']);
    expect(commandsIn(elsewhere.printed)).to.have.length(5);
    const path = result.files.map((file) => file.path).find((file) => file.endsWith('.md-meta.xml')) ?? '';
    expect(readFileSync(path, 'utf8')).to.include('3MVG9noted').and.include('https://noted.my.salesforce.com');

    save({ connections: { erp: { ...connections.erp, server: { ...server, org: 'erp-uat' } } } });
    const error = await refusalOf(() => runCommand(GenerateApex, []));
    expect([error.key, error.tokens]).to.deep.equal([
      'orgFactsMissing',
      ['--consumer-key, --instance-url', '', 'erp', 'apex'],
    ]);
    const half = await refusalOf(() => runCommand(GenerateApex, ['--consumer-key', '3MVG9example']));
    expect(half.tokens[0]).to.equal('--instance-url');
  });

  it('opens pages of an org on this machine as the CLI can', async () => {
    const local = [...flags.slice(0, -1), 'http://localhost:4711', '--client-org', 'jwt-client'];
    const { printed } = await runCommand(GenerateApex, [...local, '--certificate-source', 'generate', '--invocable']);
    expect(printed).to.include('SF_DOMAIN_RETRY=0 sf org open --target-org jwt-client --path /_ui/');
    expect(printed).to.include('SF_DOMAIN_RETRY=0 sf org open --target-org jwt-client --path /lightning/');
  });

  it('says to whom the permission set is given, and what it grants besides, for flows too', async () => {
    const mine = [...flags, '--client-org', 'crm-prod', '--invocable'];
    const { printed } = await runCommand(GenerateNamedCredential, mine);
    const last = printed.slice(printed.lastIndexOf('\n5. '));
    expect(last).to.include('the users who make the callouts or run a flow with ErpFlowAction; without --on-behalf-of');
    expect(last)
      .to.include('Modify All on User External Credentials, which is org-wide')
      .and.include('Salesforce Help');
    expect(commandsIn(printed).at(-1)).to.equal('sf org assign permset --name Erp_Callouts --target-org crm-prod');
    mkdirSync('config');
    const client = { type: 'named-credential', org: 'crm', username: 'agent@crm.example.com' };
    writeFileSync('config/jwt-connections.json', JSON.stringify({ connections: { sap: { client } } }));
    const sap = await runCommand(GenerateNamedCredential, ['--connection', 'sap', ...flags.slice(2)]);
    expect(commandsIn(sap.printed).at(-1)).to.match(/--target-org crm --on-behalf-of agent@crm\.example\.com$/);
    expect(sap.printed).not.to.include('FlowAction');
  });

  it('prints a command for the app that works as it is, once the certificate was fetched', async () => {
    const { printed } = await runCommand(GenerateApex, flags);
    mkdirSync('fetched/certs', { recursive: true });
    writeFileSync('fetched/certs/erp_jwt.crt', sampleCertificatePem);
    const [line = ''] = commandsIn(printed).filter((command) => command.startsWith('sf jwt generate app '));
    const { result } = await runCommand(GenerateApp, line.split(' ').slice(4));
    expect(result.files).to.have.length(6);
  });

  it('says that users of a flow need access to the class, which no permission set here grants', async () => {
    const { printed } = await runCommand(GenerateApex, [...flags, '--invocable', '--client-org', 'crm-prod']);
    const last = printed.slice(printed.lastIndexOf('\n5. '));
    expect(last).to.include('ErpFlowAction').and.include('Apex Class Access');
    expect(last).to.include('sf org open --target-org crm-prod --path /lightning/setup/PermSets/home');
    expect((await runCommand(GenerateApex, flags)).printed).not.to.include('FlowAction need');
  });

  describe('in a folder with files of an earlier run', () => {
    /** What the CLI would deploy with the last command that is printed. */
    const deployed = (printed: string): readonly string[] => {
      const last = commandsIn(printed).filter((line) => line.includes('RunSpecifiedTests'))[0] ?? '';
      const sources = [...last.matchAll(/--source-dir (\S+)/g)].map(([, source = '']) => join(project, source));
      const components = ComponentSet.fromSource(sources).getSourceComponents().toArray();
      return components.map(({ type, fullName }) => `${type.name}:${fullName}`);
    };

    it('names what the connection does not make any more, removes nothing, and deploys only the rest', async () => {
      await runCommand(GenerateApex, flags);
      writeFileSync(`${root}/classes/.DS_Store`, '');
      const { result, printed } = await runCommand(GenerateApex, [...flags, '--class-prefix', 'Sap']);
      const left = [
        'classes/ErpClient.cls',
        'classes/ErpClientTest.cls',
        'classes/ErpTokenProvider.cls',
        'classes/ErpTokenProviderTest.cls',
        'customMetadata/ErpSettings.Default.md-meta.xml',
        'objects/ErpSettings__mdt/ErpSettings__mdt.object-meta.xml',
      ].map((path) => `${root}/${path}`);
      expect(result.leftovers).to.include.members(left).and.not.include(`${root}/classes/SapClient.cls`);
      expect(result.leftovers.join()).not.to.include('.DS_Store');
      for (const path of left) expect(existsSync(path), path).to.equal(true);
      expect(commandsIn(printed)[0]).to.equal(`rm ${result.leftovers.join(' ')}`);
      const components = deployed(printed);
      expect(components).to.include.members(['ApexClass:SapClient', 'CustomObject:SapSettings__mdt']);
      expect(components.join()).not.to.match(/Erp[A-Z]|Certificate/);
      expect(components.filter((name) => name.startsWith('ApexClass:') && name.endsWith('Test'))).to.have.length(2);
    });

    it('does so for another client type too, and says nothing once they are gone', async () => {
      await runCommand(GenerateApex, flags);
      const again = await runCommand(GenerateNamedCredential, flags).catch(() =>
        runCommand(GenerateNamedCredential, [...flags, '--force']),
      );
      expect(again.result.leftovers).to.include(`${root}/classes/ErpTokenProviderTest.cls`);
      expect(deployed(again.printed)).to.include('NamedCredential:Erp').and.not.include('ApexClass:ErpTokenProvider');
      again.result.leftovers.forEach((path) => rmSync(path));
      const clean = await runCommand(GenerateNamedCredential, flags);
      expect(clean.result.leftovers).to.deep.equal([]);
      expect(clean.printed).not.to.match(/^ *rm /m);
    });

    it('leaves out the certificate of an earlier run too', async () => {
      await runCommand(GenerateApex, flags);
      const { result, printed } = await runCommand(GenerateApex, [...flags, '--certificate-source', 'generate']);
      expect(result.leftovers).to.deep.equal([`${root}/certs/erp_jwt.crt`, `${root}/certs/erp_jwt.crt-meta.xml`]);
      expect(deployed(printed).join()).to.include('ApexClass:').and.not.include('Certificate');
    });
  });

  it('writes no certificate for a key that is made here, and says how it gets into the org first', async () => {
    const { result, printed } = await runCommand(GenerateApex, [...flags, '--certificate-source', 'generate']);
    expect(result.files.map(({ path }) => path).join()).not.to.include('/certs/');
    const steps = printed.slice(printed.indexOf('Next:')).split(/^(?=\d\. )/m);
    expect(steps).to.have.length(4);
    expect(steps[1]).to.include(
      "sf jwt key create --output-dir .sf/jwt/erp --name erp_jwt --subject 'CN=Erp Integration' --password-file",
    );
    expect(steps[1]).to.include(
      'Setup > Certificate and Key Management > Import from Keystore, choose .sf/jwt/erp/erp_jwt.jks',
    );
    expect(steps[1]).to.include(
      'sf org open --target-org my-client-org --path /_ui/security/certificate/KeyStoreImportUi/e',
    );
    expect(steps[2]).to.include('--certificate-file .sf/jwt/erp/erp_jwt.crt\n');
    expect(steps[3]).to.include(`sf project deploy start --source-dir ${root} --target-org my-client-org --test-level`);
  });

  it('tells whoever has a key already how to make a keystore of it, with setup or without', async () => {
    const { printed } = await runCommand(GenerateApex, [...flags, '--certificate-source', 'existing']);
    expect(printed).not.to.include('sf jwt key create');
    expect(commandsIn(printed).slice(0, 4)).to.deep.equal([
      'sf jwt setup --connection erp --client-type apex --client-org my-client-org --certificate-name erp_jwt --jwt-key-file my.key --certificate-file my.crt',
      'mkdir -p .sf/jwt/erp',
      'openssl pkcs12 -export -inkey my.key -in my.crt -name erp_jwt -out .sf/jwt/erp/erp_jwt.p12',
      'keytool -importkeystore -srckeystore .sf/jwt/erp/erp_jwt.p12 -srcstoretype PKCS12 -destkeystore .sf/jwt/erp/erp_jwt.jks -deststoretype JKS',
    ]);
    expect(printed).to.include('--certificate-file my.crt\n');
  });
});
