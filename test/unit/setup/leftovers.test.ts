import { readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Connection } from '../../../src/config/connection.js';
import { deployConnection } from '../../../src/deploy.js';
import { emptyJournal } from '../../../src/plan/journal-state.js';
import { filesInOldCase, staleFiles } from '../../../src/plan/stale-files.js';
import { apexConnection, externalConnection, namedCredentialConnection } from '../../helpers/connections.js';
import { changes, integrationUser, Provisioning } from '../../helpers/provisioning.js';

describe('what earlier settings leave behind', () => {
  let platformPem: string;
  let on: Provisioning;
  let orgs: ReturnType<typeof makeOrgs>;
  const other = { ...integrationUser, id: '005000000000002', username: 'other@acme.com' };
  const makeOrgs = () => ({ server: on.serverOrg({ users: [integrationUser, other] }), client: on.clientOrg() });
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
    orgs = makeOrgs();
  });

  const toldBy = async (connection: Connection): Promise<readonly string[]> => {
    const { plan } = await on.run(connection, orgs);
    return plan.steps.filter(({ kind }) => kind === 'remove-files').map(({ action, reason }) => `${action}: ${reason}`);
  };
  const classes = (prefix: string): Connection =>
    apexConnection({ client: { type: 'apex', org: 'crm-prod', classPrefix: prefix, settings: 'inline' } });
  const erp = [
    ...['RemoteSiteSetting:ErpApi', 'ApexClass:ErpTokenProvider', 'ApexClass:ErpTokenProviderTest'],
    ...['ApexClass:ErpClient', 'ApexClass:ErpClientTest'],
  ];
  const removal = `crm-prod keeps what this removes: sf project delete source --target-org crm-prod${erp
    .map((name) => ` --metadata ${name}`)
    .join('')}`;

  it('is named with the command that removes it, for as long as the org has it', async () => {
    await on.run(classes('Erp'), orgs);
    expect(await toldBy(classes('Crm'))).to.deep.equal([`update: remove from the project; ${removal}`]);
    expect(await toldBy(classes('Crm'))).to.deep.equal([`none: ${removal}`]);
    for (const name of erp) orgs.client.components.delete(name);
    expect(await toldBy(classes('Crm'))).to.deep.equal([]);
  });

  it('is named once where one org is on both sides, and leaves no empty folder behind', async () => {
    const both = on.clientOrg({ users: [integrationUser] });
    orgs = { server: both, client: both };
    await on.run(apexConnection(), orgs);
    const [told = ''] = await toldBy(classes('Crm'));
    expect(told.match(/keeps what this removes/g)).to.have.length(1);
    expect(told).to.contain('CustomObject:ErpSettings__mdt');
    const folders = await readdir(join(on.root, 'jwt/erp/client/main/default'));
    expect(folders).to.have.members(['certs', 'classes', 'remoteSiteSettings']);
  });

  it('keeps a folder with a file of somebody else', async () => {
    await on.run(apexConnection(), orgs);
    const mine = join(on.root, 'jwt/erp/client/main/default/customMetadata/Mine.md-meta.xml');
    await writeFile(mine, '<CustomMetadata/>');
    await on.run(classes('Erp'), orgs);
    expect(await readdir(dirname(mine))).to.deep.equal(['Mine.md-meta.xml']);
  });

  it('does not name what somebody added to the folder and deploys from there', async () => {
    await on.run(classes('Erp'), orgs);
    await writeFile(join(on.root, 'jwt/erp/client/main/default/classes/Extra.cls'), 'public class Extra {}\n');
    const input = { connection: classes('Erp'), projectRoot: on.root, orgs, checkOnly: false, force: false };
    await deployConnection({ ...input, sides: ['client'] }, { now: () => new Date(), onProgress: () => {} });
    expect(await toldBy(classes('Erp'))).to.deep.equal([]);
  });

  it('is named where the client is outside Salesforce from now on', async () => {
    await on.run(classes('Erp'), orgs);
    const outside = externalConnection({ certificate: { name: 'erp_own' } });
    const { plan } = await on.run(outside, { server: orgs.server }, { force: true });
    const told = plan.steps.find(({ kind }) => kind === 'remove-files')?.reason;
    expect(told).to.contain('--target-org crm-prod --metadata Certificate:erp_jwt --metadata').and.to.contain(erp[0]);
  });

  it('is named where another user has the permission set from now on', async () => {
    await on.run(externalConnection(), { server: orgs.server });
    const switched = externalConnection({
      server: { org: 'erp-prod', username: other.username, app: { contactEmail: 'ops@acme.com' } },
    });
    const { plan } = await on.run(switched, { server: orgs.server });
    expect(plan.steps.find(({ kind }) => kind === 'remove-files')?.reason).to.equal(
      'integration@acme.com keeps the permission set Erp_Integration_Access: take it away in Setup > Permission Sets > Manage Assignments',
    );
  });

  it('is named where nobody needs a permission for callouts from now on', async () => {
    await on.run(namedCredentialConnection(), orgs);
    const [told = ''] = await toldBy(apexConnection());
    expect(told).to.contain('--metadata ExternalCredential:Erp').and.to.contain('--metadata PermissionSet:');
    expect(told).to.contain('whom the CLI was logged in as keeps the permission set');
  });

  describe('in files whose names differ in case alone', () => {
    const folder = 'jwt/erp/client/main/default/classes';
    const names = () => readdir(join(on.root, folder));

    it('removes the old ones where both are there', async () => {
      await on.run(classes('Erp'), orgs);
      expect(changes(await on.run(classes('ERP'), orgs))).to.include('remove-files');
      expect((await names()).filter((name) => !name.startsWith('ERP'))).to.deep.equal([]);
      expect(changes(await on.run(classes('ERP'), orgs))).to.deep.equal([]);
    });

    it('removes nothing where the file system takes both for one, and gives the file its name', async () => {
      const content = { [`${folder}/ErpClient.cls`]: 'x' };
      const journal = { ...emptyJournal, written: { [`${folder}/ErpClient.cls`]: ['x'] } };
      expect(staleFiles(classes('ERP'), { files: content, journal })).to.deep.equal([]);
      expect(filesInOldCase(classes('ERP'), { files: content, journal })).to.deep.equal([
        { from: `${folder}/ErpClient.cls`, to: `${folder}/ERPClient.cls` },
      ]);
      const both = { ...content, [`${folder}/ERPClient.cls`]: 'y' };
      expect(staleFiles(classes('ERP'), { files: both, journal })).to.deep.equal([`${folder}/ErpClient.cls`]);
    });

    it('takes a file that it wrote for its own in whichever case it lies there', async () => {
      await on.run(classes('ERP'), orgs);
      await rename(join(on.root, folder, 'ERPClient.cls'), join(on.root, folder, 'ErpClient.cls'));
      await on.run(classes('Erp'), orgs);
      expect(await names())
        .to.include('ErpClient.cls')
        .and.not.to.include('ERPClient.cls');
    });
  });
});
