import { X509Certificate } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { dryRun } from '../../../src/setup.js';
import { apexConnection, externalConnection } from '../../helpers/connections.js';
import { FakeOrg } from '../../helpers/fake-org.js';
import { changes, integrationUser, Provisioning } from '../../helpers/provisioning.js';

const appComponents = [
  'ExternalClientApplication:Erp_Integration',
  'ExtlClntAppConfigurablePolicies:Erp_Integration_defaultPolicy',
  'ExtlClntAppGlobalOauthSettings:Erp_Integration',
  'ExtlClntAppOauthConfigurablePolicies:Erp_Integration_defaultPolicy',
  'ExtlClntAppOauthSettings:Erp_Integration',
].join(' ');

describe('provision', () => {
  let platformPem: string;
  let on: Provisioning;
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
  });

  it('lets the user in before it deploys the app that admits nobody else', async () => {
    const server = on.serverOrg();
    await on.run(externalConnection(), { server });
    expect(server.log).to.deep.equal([
      'deploy PermissionSet:Erp_Integration_Access',
      'assign Erp_Integration_Access',
      `deploy ${appComponents}`,
    ]);
  });

  it('puts the certificate of the key that it made into the app', async () => {
    const server = on.serverOrg();
    const { facts } = await on.run(externalConnection(), { server });
    const deployed = server.components.get('ExtlClntAppGlobalOauthSettings:Erp_Integration') ?? '';
    const inApp = /<certificate>([^<]+)<\/certificate>/.exec(deployed)?.[1] ?? '';
    const onDisk = new X509Certificate(await readFile(on.keyFile('crt')));
    expect(new X509Certificate(inApp).fingerprint256).to.equal(onDisk.fingerprint256);
    expect(facts.consumerKey).to.equal('3MVG900DSERVER.key');
  });

  it('keeps the private key and its folder from everybody else, and from git', async () => {
    await on.run(externalConnection(), { server: on.serverOrg() });
    expect((await stat(on.keyFile('key'))).mode & 0o777).to.equal(0o600);
    expect((await stat(on.privateFolder)).mode & 0o777).to.equal(0o700);
    expect(await readFile(join(on.root, '.sf', 'jwt', '.gitignore'), 'utf8')).to.equal('*\n');
  });

  it('writes stores only where a password was given', async () => {
    const given = { given: async () => 'correct horse', ask: async () => undefined };
    await on.run(externalConnection(), { server: on.serverOrg() }, { storePassword: given });
    const names = await readdir(on.privateFolder);
    expect(names).to.include.members(['erp_jwt.jks', 'erp_jwt.p12']);
  });

  it('finds nothing to do in a second run', async () => {
    const orgs = { server: on.serverOrg(), client: on.clientOrg() };
    await on.run(apexConnection(), orgs);
    const logged = orgs.server.log.length + orgs.client.log.length;
    expect(changes(await on.run(apexConnection(), orgs))).to.deep.equal([]);
    expect(orgs.server.log.length + orgs.client.log.length).to.equal(logged);
  });

  it('lets the client org make the key, and deploys Apex that names its certificate', async () => {
    const orgs = { server: on.serverOrg(), client: on.clientOrg() };
    await on.run(apexConnection(), orgs);
    expect(orgs.client.log[0]).to.equal('deploy Certificate:erp_jwt');
    expect(orgs.client.log[1]?.split(' ')).to.include.members(['deploy', 'ApexClass:ErpTokenProvider']);
    expect(orgs.client.log).to.have.length(2);
    const inApp = orgs.server.components.get('ExtlClntAppGlobalOauthSettings:Erp_Integration') ?? '';
    expect(inApp).to.contain(on.platformPem.trim());
    expect(await readdir(on.privateFolder)).to.deep.equal(['journal.jsonl']);
  });

  it('redeploys only the app when its label changes', async () => {
    const orgs = { server: on.serverOrg(), client: on.clientOrg() };
    await on.run(apexConnection(), orgs);
    const connection = apexConnection();
    const app = { ...connection.server.app, label: 'ERP' };
    const again = await on.run({ ...connection, server: { ...connection.server, app } }, orgs);
    expect(changes(again)).to.deep.equal(['save-connection', 'deploy-app']);
  });

  it('brings back what somebody deleted in the org', async () => {
    const server = on.serverOrg();
    await on.run(externalConnection(), { server });
    server.components.delete('ExtlClntAppOauthConfigurablePolicies:Erp_Integration_defaultPolicy');
    expect(changes(await on.run(externalConnection(), { server }))).to.deep.equal(['deploy-app']);
    server.assignments.clear();
    expect(changes(await on.run(externalConnection(), { server }))).to.deep.equal(['assign-permission-set']);
  });

  it('starts over for another org, since what it deployed elsewhere says nothing about that one', async () => {
    await on.run(externalConnection(), { server: on.serverOrg() });
    const other = new FakeOrg({ orgId: '00DOTHER', users: [integrationUser] });
    await on.run(externalConnection(), { server: other });
    expect(other.log).to.have.length(3);
  });

  it('uses a permission set that is there as it is', async () => {
    const server = on.serverOrg();
    server.components.set('PermissionSet:Erp_Integration_Access', 'somebody else made it');
    await on.run(externalConnection(), { server });
    expect(server.components.get('PermissionSet:Erp_Integration_Access')).to.equal('somebody else made it');
    expect(server.log[0]).to.equal('assign Erp_Integration_Access');
  });

  describe('dryRun', () => {
    it('plans everything and touches neither the project nor an org', async () => {
      const orgs = { server: on.serverOrg(), client: on.clientOrg() };
      const plan = await dryRun(
        {
          connection: apexConnection(),
          projectRoot: on.root,
          orgs,
          force: false,
          savesConnection: true,
        },
        {
          now: () => new Date(),
          keyStoreImport: { kind: 'nobody' },
          storePassword: { given: async () => undefined, ask: async () => undefined },
        },
      );
      expect(plan.steps.map(({ kind, action }) => `${action} ${kind}`)).to.deep.equal([
        'create save-connection',
        'create deploy-certificate',
        'create deploy-permission-set',
        'create assign-permission-set',
        'create deploy-app',
        'create deploy-client',
      ]);
      expect(await readdir(on.root)).to.have.members(['force-app', 'sfdx-project.json']);
      expect([...orgs.server.log, ...orgs.client.log]).to.deep.equal([]);
    });
  });
});
