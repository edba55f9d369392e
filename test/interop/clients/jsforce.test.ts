import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import jsonwebtoken from 'jsonwebtoken';
import { startClientOrg, type ClientOrg } from '../../helpers/client-org.js';
import { metadataXml, packageXml } from '../../unit/local-org/metadata/sample-files.js';

type Named = { readonly Id?: string; readonly Name?: string };

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** jsforce as a library of its own, logged in as its manual shows for the JWT bearer flow. */
describe('jsforce and a local org', () => {
  let org: ClientOrg;
  let connection: Connection;

  before(async () => {
    org = await startClientOrg('jsforce');
    connection = await logIn();
  });

  after(async () => {
    await org.close();
    expect(org.faults).to.deep.equal([]);
  });

  const assertion = (): string =>
    jsonwebtoken.sign({}, org.privateKey, {
      algorithm: 'RS256',
      issuer: org.consumerKey,
      subject: org.username,
      audience: org.instanceUrl,
      expiresIn: 180,
    });

  async function logIn(): Promise<Connection> {
    const { instanceUrl } = org;
    const one = new Connection({ instanceUrl, version: '67.0', oauth2: { loginUrl: instanceUrl } });
    await one.authorize({ grant_type: grantType, assertion: assertion() });
    return one;
  }

  const failure = async (promise: PromiseLike<unknown>): Promise<unknown> => {
    try {
      return await promise;
    } catch (error) {
      return error;
    }
  };

  it('logs in with an assertion, and learns who it is', async () => {
    expect(connection.userInfo).to.include({ organizationId: org.orgId });
    expect(await connection.identity()).to.include({ username: org.username, organization_id: org.orgId });
    expect(await connection.limits()).to.have.nested.property('DailyApiRequests.Max');
  });

  it('queries with relationships, conditions and order', async () => {
    const { records, totalSize, done } = await connection.query<Named & { Profile: Named }>(
      "SELECT Id, Name, Profile.Name FROM User WHERE Profile.Name LIKE 'System%' ORDER BY Name LIMIT 5",
    );
    expect({ totalSize, done }).to.deep.equal({ totalSize: 1, done: true });
    expect(records[0]).to.have.nested.include({ Name: 'Ada Admin', 'Profile.Name': 'System Administrator' });
    const found = await connection.sobject('User').find({ IsActive: true }, ['Name']).sort('Name').limit(1);
    expect(found.map(({ Name }) => Name as unknown)).to.deep.equal(['Ada Admin']);
  });

  it('creates, reads, changes and deletes records, one and many at a time', async () => {
    const accounts = connection.sobject('Account');
    const one = await accounts.create({ Name: 'One' });
    expect(one).to.include({ success: true });
    await accounts.update({ Id: String(one.id), Phone: '1' });
    expect(await accounts.retrieve(String(one.id))).to.include({ Name: 'One', Phone: '1' });
    const many = await accounts.create([{ Name: 'Two' }, { Name: 'Three' }, { Nope: 1 }]);
    expect(many.map(({ success }) => success)).to.deep.equal([true, true, false]);
    const ids = [one, ...many].flatMap(({ id }) => (id === undefined ? [] : [id]));
    const changed = await accounts.update(ids.map((Id) => ({ Id, Phone: '2' })));
    expect(changed.every(({ success }) => success)).to.equal(true);
    expect(await connection.query("SELECT Id FROM Account WHERE Phone = '2'")).to.include({ totalSize: 3 });
    const destroyed = await accounts.destroy(ids);
    expect(destroyed.every(({ success }) => success)).to.equal(true);
    expect(await connection.query('SELECT Id FROM Account')).to.include({ totalSize: 0 });
  });

  it('describes an object and lists all', async () => {
    const { name, keyPrefix, fields } = await connection.describe('Account');
    expect({ name, keyPrefix }).to.deep.equal({ name: 'Account', keyPrefix: '001' });
    expect(fields.map((field) => field.name)).to.include.members(['Id', 'Name', 'Phone']);
    expect((await connection.describeGlobal()).sobjects.map((one) => one.name)).to.include('PermissionSet');
  });

  it('reads the Tooling API, and is told that Apex was not executed', async () => {
    const apps = await connection.tooling.query('SELECT Id FROM ExternalClientApplication');
    expect(apps.totalSize).to.equal(1);
    const { compiled, success, exceptionMessage } = await connection.tooling.executeAnonymous('Integer i = 1;');
    expect({ compiled, success }).to.deep.equal({ compiled: true, success: false });
    expect(exceptionMessage).to.equal('Not executed: a local org does not run Apex.');
  });

  it('deploys a zip and waits for it, lists, reads, changes and deletes metadata', async () => {
    const zip = zipSync({
      'package.xml': strToU8(packageXml({ PermissionSet: ['Zipped'] })),
      'permissionsets/Zipped.permissionset': strToU8(metadataXml('PermissionSet', '<label>Zipped</label>')),
    });
    await org.set({ deployDelayPolls: 1 });
    connection.metadata.pollInterval = 5;
    const deployed = await connection.metadata
      .deploy(Buffer.from(zip), { singlePackage: true, rollbackOnError: true })
      .complete();
    await org.set({ deployDelayPolls: 0 });
    expect(deployed).to.include({ status: 'Succeeded', success: true });
    const listed = await connection.metadata.list({ type: 'PermissionSet' });
    expect(listed.map(({ fullName }) => fullName)).to.include('Zipped');
    const changed = await connection.metadata.update('PermissionSet', { fullName: 'Zipped', label: 'Other' } as never);
    expect(changed).to.include({ success: true });
    expect(await connection.metadata.read('PermissionSet', 'Zipped')).to.include({ label: 'Other' });
    expect(await connection.metadata.delete('PermissionSet', 'Zipped')).to.include({ success: true });
    expect((await connection.metadata.list({ type: 'PermissionSet' })).map(({ fullName }) => fullName)).to.deep.equal([
      'Crm_Access',
    ]);
  });

  it('is refused in the words of Salesforce', async () => {
    expect(await failure(connection.query('SELECT Nope FROM Account'))).to.include({ errorCode: 'INVALID_FIELD' });
    expect(await failure(connection.sobject('Nope').create({}))).to.include({ errorCode: 'NOT_FOUND' });
    expect(await failure(connection.sobject('Account').retrieve('001000000000001AAA'))).to.include({
      errorCode: 'NOT_FOUND',
    });
    const stranger = new Connection({ oauth2: { loginUrl: org.instanceUrl } });
    const broken = `${assertion().slice(0, -8)}AAAAAAAA`;
    const refused = await failure(stranger.authorize({ grant_type: grantType, assertion: broken }));
    expect(refused).to.have.property('name', 'invalid_client');
    expect(refused).to.have.property('message', 'invalid client credentials');
  });

  it('asks for a new token through its refreshFn when its session has ended, and only then', async () => {
    let refreshes = 0;
    const refreshing = new Connection({
      instanceUrl: org.instanceUrl,
      accessToken: String(connection.accessToken),
      version: '67.0',
      refreshFn: (_, callback) => {
        refreshes += 1;
        void logIn().then(({ accessToken }) => callback(null, String(accessToken)));
      },
    });
    await refreshing.query('SELECT Id FROM Organization');
    expect(refreshes).to.equal(0);
    await connection.oauth2.revokeToken(String(connection.accessToken));
    await refreshing.query('SELECT Id FROM Organization');
    expect(await refreshing.metadata.list({ type: 'PermissionSet' })).to.have.lengthOf(1);
    expect(refreshes).to.equal(1);
  });

  it('ends its session, which nobody can use after that', async () => {
    const ending = await logIn();
    const { accessToken } = ending;
    await ending.logout();
    const late = new Connection({ instanceUrl: org.instanceUrl, accessToken: String(accessToken), version: '67.0' });
    expect(await failure(late.query('SELECT Id FROM Organization'))).to.include({ errorCode: 'INVALID_SESSION_ID' });
  });
});
