import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { deployConnection } from '../../../src/deploy.js';
import { JwtError } from '../../../src/errors.js';
import type { Connection } from '../../../src/config/connection.js';
import { apexConnection, namedCredentialConnection } from '../../helpers/connections.js';
import type { FakeOrg } from '../../helpers/fake-org.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('what somebody changed in an org since it was deployed', () => {
  let platformPem: string;
  let on: Provisioning;
  let orgs: { readonly server: FakeOrg; readonly client: FakeOrg };
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
    orgs = { server: on.serverOrg(), client: on.clientOrg() };
  });

  const inZip = 'classes/ErpTokenProvider.cls';
  const path = `jwt/erp/client/main/default/${inZip}`;
  const changed = (text: string): string => text.replace('{', '{ // patched in production');

  /** What somebody does in Setup or the Developer Console. */
  const edit = (file: string, change: (text: string) => string): void => {
    const before = orgs.client.files.get(file) ?? '';
    expect(change(before), file).not.to.equal(before);
    orgs.client.files.set(file, change(before));
  };

  const deploy = (connection: Connection, force = false, checkOnly = false) =>
    deployConnection(
      { connection, projectRoot: on.root, orgs, sides: ['client'], checkOnly, force },
      { now: () => new Date(), onProgress: () => {} },
    );

  it('is not undone by a setup that would deploy something else: it is shown, and force replaces it', async () => {
    await on.run(apexConnection(), orgs);
    edit(inZip, changed);
    const logged = [...orgs.client.log];
    const next = apexConnection({ client: { type: 'apex', org: 'crm-prod', settings: 'inline' } });
    const error = await refusalOf(() => on.run(next, orgs));
    expect([error.key, error.exitCode, error.tokens[0]]).to.deep.equal([
      'changedInOrg',
      2,
      'ApexClass ErpTokenProvider in the client org',
    ]);
    expect(error.tokens[1]).to.contain('// patched in production');
    expect(error.data?.['conflicts']).to.deep.equal([
      { kind: 'component-changed', place: 'client', component: 'ApexClass ErpTokenProvider' },
    ]);
    expect(orgs.client.log).to.deep.equal(logged);
    expect((await on.plan(next, orgs)).conflicts).to.deep.equal(error.data?.['conflicts']);
    await on.run(next, orgs, { force: true });
    expect(orgs.client.files.get(inZip)).not.to.contain('patched');
    expect(changes(await on.run(next, orgs))).to.deep.equal([]);
  });

  it('is not undone by a deploy either, nor taken for well by a check', async () => {
    await on.run(apexConnection(), orgs);
    edit(inZip, changed);
    for (const checkOnly of [true, false]) {
      const error = await refusalOf(() => deploy(apexConnection(), false, checkOnly));
      expect([error.key, error.tokens[0]]).to.deep.equal([
        'changedInOrg',
        'ApexClass ErpTokenProvider in the client org',
      ]);
      expect(error.tokens[1]).to.contain('// patched in production');
    }
    await deploy(apexConnection(), true);
    expect(orgs.client.files.get(inZip)).not.to.contain('patched');
    await deploy(apexConnection());
  });

  it('is in nobody’s way once the project has it as well', async () => {
    await on.run(apexConnection(), orgs);
    edit(inZip, changed);
    await writeFile(join(on.root, path), changed(await readFile(join(on.root, path), 'utf8')));
    const [outcome] = await deploy(apexConnection());
    expect(outcome?.state).to.equal('deployed');
  });

  it('is no change where the org trims a class, or writes its lines in another way', async () => {
    await on.run(apexConnection(), orgs);
    for (const file of orgs.client.files.keys()) {
      if (file.endsWith('.cls')) edit(file, (text) => text.trimEnd().replaceAll('\n', '\r\n'));
    }
    await on.run(apexConnection({ apiVersion: '65.0' }), orgs);
    edit(inZip, changed);
    const error = await refusalOf(() => on.run(apexConnection({ apiVersion: '66.0' }), orgs));
    expect(error.tokens[0]).to.equal('ApexClass ErpTokenProvider in the client org');
  });

  for (const [file, change] of [
    [
      'namedCredentials/Erp.namedCredential',
      (text: string) => text.replace('<calloutStatus>Enabled<', '<calloutStatus>Disabled<'),
    ],
    ['externalCredentials/Erp.externalCredential', (text: string) => text.replace('86400 + 120', '86400 + 60')],
    [
      'permissionsets/Erp_Callouts.permissionset',
      (text: string) =>
        text.replace('</PermissionSet>', '<userPermissions><enabled>true</enabled></userPermissions></PermissionSet>'),
    ],
  ] as const) {
    it(`is noticed in ${file}, by what the org gave out after the deploy`, async () => {
      // Orgs give metadata out in their own order, and say what was left out.
      orgs.client.written = (text) =>
        text
          .replace(/( *)(<label>.*<\/label>)\n/, '')
          .replace(/(<\/(?!ApexClass)[A-Z]\w+>\s*)$/, '<name>of the org</name>$1');
      await on.run(namedCredentialConnection(), orgs);
      await deploy(namedCredentialConnection());
      edit(file, change);
      const error = await refusalOf(() => deploy(namedCredentialConnection()));
      expect(error.key).to.equal('changedInOrg');
      await deploy(namedCredentialConnection(), true);
      await deploy(namedCredentialConnection());
    });
  }

  it('is not looked for where nothing is to be deployed, nor where nothing was noted', async () => {
    await on.run(apexConnection(), orgs);
    edit(inZip, changed);
    orgs.client.sources = () => Promise.reject(new Error('nobody is to ask'));
    expect(changes(await on.run(apexConnection(), orgs))).to.deep.equal([]);
  });

  it('does not hold up a deploy where the org does not give out what it has', async () => {
    orgs.client.sources = () => Promise.reject(new JwtError('orgRequestFailed', ['a', 'no']));
    await on.run(namedCredentialConnection(), orgs);
    await on.run(namedCredentialConnection({ apiVersion: '65.0' }), orgs);
  });

  it('is not mixed up with what an org gives out in another API version', async () => {
    await on.run(namedCredentialConnection(), orgs);
    edit('namedCredentials/Erp.namedCredential', (text) =>
      text.replace('<label>', '<newInThatVersion>on</newInThatVersion>\n<label>'),
    );
    await on.run(namedCredentialConnection({ apiVersion: '66.0' }), orgs);
  });
});

describe('a clone of a project whose connection was set up elsewhere', () => {
  let platformPem: string;
  let on: Provisioning;
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
  });

  for (const make of [
    namedCredentialConnection,
    () => apexConnection({ client: { type: 'apex', org: 'crm-prod', settings: 'inline' } }),
  ]) {
    it(`goes on where the orgs have the same, and needs force where they do not (${make().client.type})`, async () => {
      const orgs = { server: on.serverOrg(), client: on.clientOrg() };
      await on.run(make(), orgs);
      await rm(on.privateFolder, { recursive: true });
      const other = [...orgs.client.files].find(([file]) => file === 'classes/ErpClient.cls');
      orgs.client.files.set('classes/ErpClient.cls', `// theirs\n${other?.[1]}`);
      const error = await refusalOf(() => on.run(make(), orgs));
      expect([error.key, error.tokens[0]]).to.deep.equal(['notOurs', 'ApexClass ErpClient in the client org']);
      orgs.client.files.set('classes/ErpClient.cls', other?.[1] ?? '');
      await on.run(make(), orgs);
      expect(changes(await on.run(make(), orgs))).to.deep.equal([]);
    });
  }
});
