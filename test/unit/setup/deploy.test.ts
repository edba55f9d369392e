import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { DeployInput } from '../../../src/apply/deploy-side.js';
import type { Gateways } from '../../../src/apply/observe.js';
import { deployConnection } from '../../../src/deploy.js';
import { apexConnection } from '../../helpers/connections.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('deployConnection', () => {
  const server = 'jwt/erp/server/main/default';
  const client = 'jwt/erp/client/main/default';
  let platformPem: string;
  let on: Provisioning;
  let orgs: ReturnType<typeof makeOrgs>;
  const makeOrgs = () => ({ server: on.serverOrg(), client: on.clientOrg() });
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(async () => {
    on = new Provisioning(platformPem);
    orgs = makeOrgs();
    await on.run(apexConnection(), orgs);
    orgs.server.log.length = 0;
    orgs.client.log.length = 0;
  });

  const deploy = (to: Gateways, more: Partial<DeployInput> = {}) =>
    deployConnection(
      {
        connection: apexConnection(),
        projectRoot: on.root,
        orgs: to,
        sides: ['server', 'client'],
        checkOnly: false,
        force: false,
        ...more,
      },
      { now: () => new Date(), onProgress: () => {} },
    );

  it('deploys each side once, and keeps the certificate and the permission set that are there', async () => {
    const outcomes = await deploy(orgs);
    expect(orgs.server.log).to.have.length(1);
    expect(orgs.client.log).to.have.length(1);
    expect([...orgs.server.log, ...orgs.client.log].join(' ')).not.to.match(/Certificate:|PermissionSet:/);
    expect(outcomes.map(({ kept }) => kept.map(({ type }) => type))).to.deep.equal([
      ['PermissionSet'],
      ['Certificate'],
    ]);
  });

  it('tells setup what it deployed: a hand-made change is found to be deployed, and is not overwritten', async () => {
    await writeFile(join(on.root, `${client}/classes/ErpTokenProvider.cls`), '// mine');
    await deploy(orgs);
    expect(orgs.client.components.get('ApexClass:ErpTokenProvider')).to.equal('// mine');
    expect(changes(await on.run(apexConnection(), orgs))).to.deep.equal([]);
    expect(await readFile(join(on.root, `${client}/classes/ErpTokenProvider.cls`), 'utf8')).to.equal('// mine');
  });

  it('leaves nothing for setup to do where nothing was changed', async () => {
    await deploy(orgs);
    expect(changes(await on.run(apexConnection(), orgs))).to.deep.equal([]);
  });

  it('refuses to replace an app of others, and does so with force', async () => {
    const other = {
      server: on.clientOrg({ orgId: '00DOTHER', users: orgs.server.options.users ?? [] }),
      client: orgs.client,
    };
    other.server.components.set('ExternalClientApplication:Erp_Integration', 'theirs');
    other.server.assignments.add('005000000000001:Erp_Integration_Access');
    expect((await refusalOf(() => deploy(other))).key).to.equal('notOurs');
    expect(other.server.components.get('ExternalClientApplication:Erp_Integration')).to.equal('theirs');
    await deploy(other, { force: true });
    expect(other.server.components.get('ExternalClientApplication:Erp_Integration')).to.contain('<label>');
  });

  it('does not lock the integration user out', async () => {
    orgs.server.assignments.clear();
    const error = await refusalOf(() => deploy(orgs));
    expect([error.key, error.tokens[1]]).to.deep.equal(['userWouldBeLockedOut', 'Erp_Integration_Access']);
    expect(orgs.server.log).to.deep.equal([]);
  });

  it('shows how the class of somebody else differs', async () => {
    const other = { server: orgs.server, client: on.clientOrg({ orgId: '00DOTHER' }) };
    other.client.components.set('Certificate:erp_jwt', '');
    other.client.components.set('ApexClass:ErpClient', 'theirs');
    other.client.files.set('classes/ErpClient.cls', 'public class ErpClient {\n    // theirs\n}\n');
    const error = await refusalOf(() => deploy(other, { sides: ['client'] }));
    expect([error.key, error.tokens[0]]).to.deep.equal(['notOurs', 'ApexClass ErpClient in the client org']);
    expect(error.tokens[1]).to.contain('classes/ErpClient.cls in the org').and.to.contain('-    // theirs');
    const [difference] = error.data?.['differences'] as { path: string; where: string }[];
    expect(difference).to.include({ path: `${client}/classes/ErpClient.cls`, where: 'org' });
    expect(other.client.log).to.deep.equal([]);
  });

  it('never takes the certificate of an app away', async () => {
    const path = `${server}/extlClntAppGlobalOauthSets/Erp_Integration.ecaGlblOauth-meta.xml`;
    const file = join(on.root, path);
    const whole = await readFile(file, 'utf8');
    for (const element of ['', '<certificate/>', '<certificate></certificate>', '<certificate> \n </certificate>']) {
      await writeFile(file, whole.replace(/<certificate>[^]*<\/certificate>/, element));
      for (const checkOnly of [false, true]) {
        const error = await refusalOf(() => deploy(orgs, { checkOnly, force: true }));
        expect([error.key, error.exitCode, error.tokens[0]], element).to.deep.equal(['appCertificateMissing', 2, path]);
      }
    }
    await writeFile(
      file,
      whole.replace(/<certificate>([^]*)<\/certificate>/, '<!-- <certificate>$1</certificate> -->'),
    );
    expect((await refusalOf(() => deploy(orgs))).key).to.equal('appCertificateMissing');
    expect(orgs.server.log).to.deep.equal([]);
    await writeFile(
      file,
      whole.replace(/<certificate>([^]*)<\/certificate>/, '<certificate><![CDATA[$1]]></certificate>'),
    );
    expect((await deploy(orgs))[0]?.state).to.equal('deployed');
  });

  it('lets an app without certificate be made', async () => {
    const empty = { server: on.serverOrg({ orgId: '00DEMPTY' }), client: orgs.client };
    const file = join(on.root, server, 'extlClntAppGlobalOauthSets/Erp_Integration.ecaGlblOauth-meta.xml');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/<certificate>[^]*<\/certificate>/, ''));
    expect((await deploy(empty, { sides: ['server'] }))[0]?.state).to.equal('deployed');
  });

  it('shows a problem where it is in the project', async () => {
    const component = { type: 'ApexClass', fullName: 'ErpClient' };
    const problem = { message: 'Unexpected token', component, file: 'classes/ErpClient.cls', line: 12, column: 5 };
    orgs.client.verdict = () => ({ problems: [problem] });
    for (const checkOnly of [true, false]) {
      const error = await refusalOf(() => deploy(orgs, { checkOnly, sides: ['client'] }));
      expect(error.key).to.equal('apexNotCompiled');
      expect(error.tokens[1]).to.equal(`\n  ${client}/classes/ErpClient.cls:12:5: Unexpected token`);
    }
  });

  it('runs the generated tests, also where the org only checks, and passes on what the org says of them', async () => {
    const asked: (readonly string[])[] = [];
    const warnings = ['Not executed: a local org does not run Apex.'];
    orgs.client.verdict = ({ tests = [] }) => {
      asked.push(tests);
      return { success: true, warnings, testsRun: 0 };
    };
    const check = await deploy(orgs, { checkOnly: true, sides: ['client'] });
    const real = await deploy(orgs, { sides: ['client'] });
    expect(asked[0]).to.include('ErpClientTest').and.to.deep.equal(asked[1]);
    expect([check[0]?.state, real[0]?.state]).to.deep.equal(['checked', 'deployed']);
    expect(real[0]).to.deep.include({ tests: asked[0], testsRun: 0, warnings });
  });

  it('deploys what somebody added, in folders of any depth', async () => {
    const added = ['classes/mine/Extra.cls', 'objects/ErpSettings__mdt/fields/More__c.field-meta.xml'];
    for (const path of added) {
      await mkdir(dirname(join(on.root, client, path)), { recursive: true });
      await writeFile(join(on.root, client, path), '');
    }
    const [outcome] = await deploy(orgs, { sides: ['client'] });
    expect(outcome?.files).to.include.members(added.map((path) => `${client}/${path}`));
  });

  it('runs the tests that somebody added, and none that is no longer in the folder', async () => {
    const folder = join(on.root, client, 'classes');
    await mkdir(join(folder, 'mine'));
    await writeFile(
      join(folder, 'mine', 'ExtraTest.cls'),
      '/** Not { so */\n@IsTest(isParallel=true)\nclass ExtraTest {}\n',
    );
    await writeFile(join(folder, 'mine', 'Extra.cls'), '// @isTest\npublic class Extra { /* @isTest */ }\n');
    await rm(join(folder, 'ErpClientTest.cls'));
    await rm(join(folder, 'ErpClientTest.cls-meta.xml'));
    const [outcome] = await deploy(orgs, { sides: ['client'] });
    expect([...(outcome?.tests ?? [])].sort()).to.deep.equal(['ErpTokenProviderTest', 'ExtraTest']);
  });

  it('does not replace a component of others that somebody added to the folder, and owns what it brought', async () => {
    const path = 'classes/mine/Extra.cls';
    await mkdir(dirname(join(on.root, client, path)));
    await writeFile(join(on.root, client, path), 'public class Extra {}\n');
    orgs.client.components.set('ApexClass:extra', 'theirs');
    orgs.client.files.set('classes/extra.cls', 'public class extra { /* theirs */ }\n');
    const error = await refusalOf(() => deploy(orgs, { sides: ['client'] }));
    expect([error.key, error.tokens[0]]).to.deep.equal(['notOurs', 'ApexClass Extra in the client org']);
    expect(error.tokens[1]).to.contain('-public class extra { /* theirs */ }');
    expect(orgs.client.components.get('ApexClass:extra')).to.equal('theirs');
    orgs.client.components.delete('ApexClass:extra');
    orgs.client.files.delete('classes/extra.cls');
    await deploy(orgs, { sides: ['client'] });
    await writeFile(join(on.root, client, path), 'public class Extra { /* more */ }\n');
    await deploy(orgs, { sides: ['client'] });
    expect(orgs.client.components.get('ApexClass:Extra')).to.contain('more');
  });

  it('deploys a permission set that somebody added beside the one that is kept', async () => {
    const path = 'permissionsets/Mine.permissionset-meta.xml';
    await writeFile(join(on.root, server, path), '<PermissionSet/>');
    const [outcome] = await deploy(orgs, { sides: ['server'] });
    expect(outcome?.files).to.include(`${server}/${path}`);
    expect(outcome?.kept.map(({ fullName }) => fullName)).to.deep.equal(['Erp_Integration_Access']);
    expect(outcome?.files.join()).not.to.contain('Erp_Integration_Access.permissionset');
  });

  it('says that there is nothing to deploy, and leaves out a side without files where both are meant', async () => {
    await rm(join(on.root, server), { recursive: true });
    const error = await refusalOf(() => deploy(orgs));
    expect([error.key, error.tokens.slice(-1)]).to.deep.equal(['nothingToDeploy', ['client']]);
    expect((await deploy(orgs, { skipsEmpty: true })).map(({ side }) => side)).to.deep.equal(['client']);
    await rm(join(on.root, 'jwt'), { recursive: true });
    expect((await refusalOf(() => deploy(orgs, { skipsEmpty: true }))).key).to.equal('nothingToDeploy');
  });

  it('notes nothing when the org only checks', async () => {
    await rm(on.privateFolder, { recursive: true });
    await deploy(orgs, { checkOnly: true, force: true });
    expect(changes(await on.run(apexConnection(), orgs, { force: true }))).to.include('deploy-app');
  });
});
