import { AuthInfo, Connection, Org, User } from '@salesforce/core';
import { expect } from 'chai';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { startLocalOrgs } from '../../src/local-org/index.js';
import { temporaryFolder } from '../helpers/home.js';
import {
  assignPermissionSet,
  hostOrgs,
  makeKeyPair,
  putExternalClientApp,
  userId,
  type HostedOrg,
} from '../unit/local-org/hosted-org.js';

const username = 'integration@core-server.local';

/** The real `@salesforce/core`, as the CLI uses it, against a local org. */
describe('@salesforce/core and a local org', () => {
  let host: HostedOrg;
  let keyFile: string;
  const environment = { HOME: process.env['HOME'], keychain: process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'] };

  before(async () => {
    // After a refusal core sends the assertion to the real login hosts.
    await import(new URL('../helpers/no-network.mjs', import.meta.url).href);
    process.env['HOME'] = temporaryFolder('core-home');
    process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'] = 'true';
    const keys = await makeKeyPair();
    keyFile = join(temporaryFolder('core-key'), 'crm.key');
    writeFileSync(keyFile, keys.privateKeyPem, { mode: 0o600 });
    host = (await hostOrgs(['core-server']))[0]!;
    putExternalClientApp(host.org, { certificate: keys.certificatePem, permissionSet: 'Crm_Access' });
  });

  after(async () => {
    process.env['HOME'] = environment.HOME;
    if (environment.keychain === undefined) delete process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'];
    await host.close();
  });

  const logIn = () =>
    AuthInfo.create({
      username,
      oauth2Options: { clientId: 'CRM_KEY', privateKeyFile: keyFile, loginUrl: host.org.instanceUrl },
    });

  const authFiles = (): readonly string[] => {
    const folder = join(homedir(), '.sfdx');
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.includes('@')) : [];
  };

  it('is refused in the words of Salesforce while the user is not approved', async () => {
    const error: unknown = await logIn().catch((reason: unknown) => reason);
    expect(error).to.have.property('name', 'JwtAuthError');
    expect(String(error)).to.include('user is not admin approved to access this app');
  });

  it('logs in with AuthInfo, queries, creates and assigns', async () => {
    assignPermissionSet(host.org, username);
    const authInfo = await logIn();
    expect(authInfo.getFields()).to.include({ orgId: host.org.id, instanceUrl: host.org.instanceUrl, isDevHub: false });
    const connection = await Connection.create({ authInfo });
    expect(connection.getApiVersion()).to.equal('67.0');
    await authInfo.save();
    const { records } = await connection.query<{ Profile: { Name: string } }>(
      `SELECT Profile.Name FROM User WHERE Username = '${username}'`,
    );
    expect(records[0]?.Profile.Name).to.equal('Minimum Access - Salesforce');
    const created = await connection.sobject('Account').create({ Name: 'Acme' });
    expect(created.success).to.equal(true);
    expect(await connection.sobject('Account').retrieve(created.id!)).to.include({ Name: 'Acme' });
    expect((await connection.identity()).username).to.equal(username);
    expect((await connection.tooling.query('SELECT Id FROM Certificate')).totalSize).to.equal(0);
    expect((await connection.describe('User')).keyPrefix).to.equal('005');
    await connection.sobject('Account').destroy(created.id!);
  });

  it('logs in again by itself when its session has ended', async () => {
    const authInfo = await AuthInfo.create({ username });
    const connection = await Connection.create({ authInfo });
    host.org.sessions.clear();
    expect((await connection.query('SELECT Id FROM Organization')).totalSize).to.equal(1);
  });

  it('assigns a permission set as sf org assign permset does', async () => {
    const org = await Org.create({
      connection: await Connection.create({ authInfo: await AuthInfo.create({ username }) }),
    });
    const user = await User.create({ org });
    const other = 'admin@core-server.local';
    const ProfileId = host.org.records.get('User', userId(host.org, other))?.['ProfileId'];
    host.org.records.update('User', userId(host.org, username), { ProfileId });
    host.org.records.insert('PermissionSet', { Name: 'Extra', Label: 'Extra', NamespacePrefix: null });
    await user.assignPermissionSets(userId(host.org, other), ['Extra']);
    const soql = `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = '${other}' AND PermissionSet.Name = 'Extra'`;
    expect((await org.getConnection().query(soql)).totalSize).to.equal(1);
  });

  it('connects to a local org without a trace in the auth store', async () => {
    const filesBefore = authFiles();
    const local = await startLocalOrgs({ orgs: [{ alias: 'traceless' }] });
    try {
      const connection = await connectLocalOrg(local.orgs[0]!);
      expect((await connection.query('SELECT Id FROM Organization')).records[0]?.Id).to.equal(local.orgs[0]!.orgId);
      expect(connection.getUsername()).to.equal('admin@traceless.local');
      expect(authFiles()).to.deep.equal(filesBefore);
    } finally {
      await local.close();
    }
  });
});
