import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { hostOrgs, startOfTest, type Answer, type HostedOrg } from '../hosted-org.js';

const requests = '/services/data/v67.0/metadata/deployRequest';

const zip = zipSync({
  'package.xml': strToU8(
    '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Crm</members><name>PermissionSet</name></types><version>67.0</version></Package>',
  ),
  'permissionsets/Crm.permissionset': strToU8(
    '<?xml version="1.0" encoding="UTF-8"?><PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>Crm</label></PermissionSet>',
  ),
});

describe('deploys that wait', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  const start = async (options: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const form = new FormData();
    const deployOptions = { singlePackage: true, rollbackOnError: true, ...options };
    form.set('entity_content', new Blob([JSON.stringify({ deployOptions })], { type: 'application/json' }));
    form.set('file', new Blob([zip], { type: 'application/zip' }), 'package.zip');
    const { status, body } = await host.send('POST', requests, { body: form });
    expect(status).to.equal(201);
    return body.id as string;
  };

  const poll = (id: string): Promise<Answer> => host.send('GET', `${requests}/${id}?includeDetails=true`);

  const statusOf = async (id: string): Promise<unknown> => {
    const { status, done, success } = (await poll(id)).body.deployResult;
    return { status, done, success };
  };

  const pending = { status: 'Pending', done: false, success: false };
  const succeeded = { status: 'Succeeded', done: true, success: true };

  const isDeployed = async (): Promise<boolean> =>
    (await host.query("SELECT Id FROM PermissionSet WHERE Name = 'Crm'")).body.totalSize === 1;

  it('stay pending for as long as the org is told, and change nothing before', async () => {
    host.org.settings.deployDelayMs = 5000;
    const id = await start();
    expect(await statusOf(id)).to.deep.equal(pending);
    host.clock = startOfTest + 4999;
    expect(await statusOf(id)).to.deep.equal(pending);
    expect(await isDeployed()).to.equal(false);
    host.clock = startOfTest + 5000;
    expect(await statusOf(id)).to.deep.equal(succeeded);
    expect(await isDeployed()).to.equal(true);
    expect((await poll(id)).body.deployResult).to.include({
      createdDate: '2026-06-01T12:00:00.000Z',
      startDate: '2026-06-01T12:00:05.000Z',
      numberComponentsDeployed: 1,
    });
  });

  it('stay pending for so many polls', async () => {
    host.org.settings.deployDelayPolls = 2;
    const id = await start();
    expect([await statusOf(id), await statusOf(id), await statusOf(id)]).to.deep.equal([pending, pending, succeeded]);
  });

  it('run once where two polls come at the same time', async () => {
    host.org.settings.deployDelayMs = 1;
    const id = await start();
    host.clock += 1;
    const states = await Promise.all([statusOf(id), statusOf(id)]);
    expect(states.map((state) => (state as { status: string }).status).toSorted()[1]).to.equal('Succeeded');
    expect(await statusOf(id)).to.deep.equal(succeeded);
    expect(
      (await host.query('SELECT Id FROM DeployRequest', '/services/data/v67.0/tooling/query')).body.totalSize,
    ).to.equal(1);
  });

  it('run when their time has come, though nobody polls for them', async () => {
    host.org.settings.deployDelayMs = 5000;
    await start();
    await host.send('GET', '/services/data');
    expect(host.org.components.get('PermissionSet', 'Crm')).to.equal(undefined);
    host.clock = startOfTest + 5000;
    await host.send('GET', '/services/data');
    expect(host.org.components.get('PermissionSet', 'Crm')).to.be.an('object');
  });

  it('are twenty at most: for one more the oldest runs', async () => {
    host.org.settings.deployDelayPolls = 1000;
    const ids: string[] = [];
    while (ids.length < 20) ids.push(await start());
    expect(host.org.components.get('PermissionSet', 'Crm')).to.equal(undefined);
    ids.push(await start());
    const states = await Promise.all([ids[0]!, ids[1]!, ids[20]!].map(statusOf));
    expect(states).to.deep.equal([succeeded, pending, pending]);
  });

  it('can be cancelled until they run', async () => {
    host.org.settings.deployDelayMs = 5000;
    const id = await start();
    const cancel = () => host.send('PATCH', `${requests}/${id}`, { json: { deployResult: { status: 'Canceling' } } });
    const { status, body } = await cancel();
    expect([status, body.id, body.deployResult.status]).to.deep.equal([202, id, 'Canceled']);
    host.clock += 10_000;
    expect(await statusOf(id)).to.deep.equal({ status: 'Canceled', done: true, success: false });
    expect(await isDeployed()).to.equal(false);
    expect((await cancel()).body[0].message).to.equal('Deployment already completed');
  });

  it('validate, and can be deployed quickly after that', async () => {
    host.org.settings.deployDelayPolls = 1;
    const id = await start({ checkOnly: true, testLevel: 'RunLocalTests' });
    await poll(id);
    expect(await statusOf(id)).to.deep.equal(succeeded);
    const quick = await host.send('POST', requests, {
      json: { validatedDeployRequestId: id },
      headers: { 'content-type': 'application/json' },
    });
    expect(await statusOf(quick.body.id)).to.deep.equal(pending);
    expect(await statusOf(quick.body.id)).to.deep.equal(succeeded);
    expect(await isDeployed()).to.equal(true);
  });
});
