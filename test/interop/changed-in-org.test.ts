import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect } from 'chai';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { deployConnection } from '../../src/deploy.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import type { OrgGateway } from '../../src/org/gateway.js';
import { createGateway } from '../../src/org/salesforce.js';
import { provision, type Provisioned } from '../../src/setup.js';
import { apexConnection, legacyNamedCredentialConnection, namedCredentialConnection } from '../helpers/connections.js';
import { temporaryFolder, temporaryProject } from '../helpers/home.js';
import { changes } from '../helpers/provisioning.js';
import { refusalOf } from '../helpers/refusal.js';

const root = 'jwt/erp/client/main/default';

/** What happens in orgs between two runs, with the real client libraries against two local orgs. */
describe('a component that somebody changed in a local org', () => {
  let local: LocalOrgs;
  let project: string;
  let orgs: { readonly server: OrgGateway; readonly client: OrgGateway };
  beforeEach(async () => {
    local = await startLocalOrgs();
    project = temporaryProject('changed-in-org');
    const [server, client] = await Promise.all(local.orgs.map((org) => connectLocalOrg(org)));
    if (!server || !client) throw new Error('no org was started');
    orgs = { server: await createGateway(server), client: await createGateway(client) };
  });
  afterEach(() => local.close());

  type Make = typeof apexConnection;
  const connectionOf = (make: Make, more: Parameters<Make>[0] = {}) => {
    const connection = make(more);
    return { ...connection, server: { ...connection.server, username: local.orgs[0]?.integrationUsername ?? '' } };
  };

  const setup = (make: Make, more: Parameters<Make>[0] = {}, force = false): Promise<Provisioned> =>
    provision(
      { connection: connectionOf(make, more), projectRoot: project, orgs, force, savesConnection: true },
      {
        now: () => new Date(),
        storePassword: { given: async () => undefined, ask: async () => undefined },
        keyStoreImport: { kind: 'nobody' },
        onPlan: () => {},
        onBegin: () => {},
        onProgress: () => {},
      },
    );

  const deploy = (make: Make, force = false) =>
    deployConnection(
      { connection: connectionOf(make), projectRoot: project, orgs, sides: ['client'], checkOnly: false, force },
      { now: () => new Date(), onProgress: () => {} },
    );

  /** Deploys a changed file from elsewhere, as `sf project deploy start` of somebody else would. */
  async function changeInOrg(file: string, change: (text: string) => string): Promise<void> {
    const elsewhere = temporaryFolder('elsewhere');
    const paths = file.endsWith('.cls') ? [file, `${file}-meta.xml`] : [file];
    const copies = paths.map((path) => join(elsewhere, basename(dirname(path)), basename(path)));
    for (const [index, path] of paths.entries()) {
      const text = await readFile(join(project, root, path), 'utf8');
      const copy = copies[index] ?? '';
      await mkdir(dirname(copy), { recursive: true });
      await writeFile(copy, index === 0 ? change(text) : text);
      if (index === 0) expect(change(text)).not.to.equal(text);
    }
    const { success, problems } = await orgs.client.deploy({ paths: copies, apiVersion: '67.0' });
    expect([success, problems]).to.deep.equal([true, []]);
  }

  for (const [what, make, file, component, change] of [
    [
      'a class',
      apexConnection,
      'classes/ErpTokenProvider.cls',
      'ApexClass ErpTokenProvider',
      (text: string) => `// patched in production\n${text}`,
    ],
    [
      'a setting',
      apexConnection,
      'customMetadata/ErpSettings.Default.md-meta.xml',
      'CustomMetadata ErpSettings.Default',
      (text: string) => text.replace('>120.0<', '>60.0<'),
    ],
    [
      'a Named Credential that was switched off',
      namedCredentialConnection,
      'namedCredentials/Erp.namedCredential-meta.xml',
      'NamedCredential Erp',
      (text: string) => text.replace('>Enabled<', '>Disabled<'),
    ],
    [
      'a permission set that grants more',
      namedCredentialConnection,
      'permissionsets/Erp_Callouts.permissionset-meta.xml',
      'PermissionSet Erp_Callouts',
      (text: string) => text.replace('<allowCreate>false', '<allowCreate>true'),
    ],
  ] as const) {
    it(`is shown, and replaced with force only: ${what}`, async () => {
      await setup(make);
      expect(changes(await setup(make))).to.deep.equal([]);
      await deploy(make);
      await changeInOrg(file, change);
      for (const act of [() => deploy(make), () => setup(make, { certificate: { name: 'erp_2' } })]) {
        const error = await refusalOf(act);
        expect([error.key, error.tokens[0]]).to.deep.equal(['changedInOrg', `${component} in the client org`]);
        expect(error.tokens[1]).to.contain(`${file}`).and.to.contain('\n-');
      }
      await deploy(make, true);
      await deploy(make);
      expect(changes(await setup(make))).to.deep.equal([]);
    });
  }

  for (const make of [apexConnection, namedCredentialConnection, legacyNamedCredentialConnection]) {
    it(`is found neither in a second nor in another deploy where nobody changed anything (${make().client.type})`, async () => {
      await setup(make);
      await deploy(make);
      await setup(make, { apiVersion: '66.0' });
      await setup(make, { certificate: { name: 'erp_2' } });
      expect(changes(await setup(make, { certificate: { name: 'erp_2' } }))).to.deep.equal([]);
    });

    it(`is told from what another clone of the project deployed, which needs no force (${make().client.type})`, async () => {
      await setup(make);
      await rm(join(project, '.sf', 'jwt', 'erp'), { recursive: true });
      await setup(make);
      expect(changes(await setup(make))).to.deep.equal([]);
    });
  }
});
