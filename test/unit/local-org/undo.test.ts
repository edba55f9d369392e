import { expect } from 'chai';
import { hostOrgs, userId, type Answer, type HostedOrg } from './hosted-org.js';

const data = '/services/data/v67.0';
const rolledBack = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';

describe('all or none', () => {
  let host: HostedOrg;
  let account: string;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
    account = (await host.send('POST', `${data}/sobjects/Account`, { json: { Name: 'Acme' } })).body.id as string;
    host.clock += 3_600_000;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  const read = async (): Promise<unknown> => (await host.send('GET', `${data}/sobjects/Account/${account}`)).body;
  const codes = ({ body }: Answer): unknown =>
    body.map(({ success, errors }: { success: boolean; errors: { statusCode: string }[] }) =>
      success ? 'saved' : errors[0]?.statusCode,
    );
  const failing = { attributes: { type: 'Account' }, Phone: '1' };

  it('puts fields and dates back that a composite request changed', async () => {
    const before = await read();
    const change = {
      method: 'PATCH',
      url: `${data}/sobjects/Account/${account}`,
      referenceId: 'a',
      body: { Phone: '1' },
    };
    const fail = { method: 'POST', url: `${data}/sobjects/Account`, referenceId: 'b', body: {} };
    const { body } = await host.send('POST', `${data}/composite`, {
      json: { allOrNone: true, compositeRequest: [change, fail] },
    });
    expect(body.compositeResponse[0].body[0].errorCode).to.equal('PROCESSING_HALTED');
    expect(await read()).to.deep.equal(before);
  });

  it('puts back what a composite request deleted, with what went along', async () => {
    const label = { Name: 'Crm', Label: 'Crm' };
    const set = (await host.send('POST', `${data}/sobjects/PermissionSet`, { json: label })).body.id as string;
    const user = userId(host.org, 'integration@jwt-server.local');
    const json = { AssigneeId: user, PermissionSetId: set };
    await host.send('POST', `${data}/sobjects/PermissionSetAssignment`, { json });
    const before = host.org.records.all('PermissionSetAssignment');
    const remove = { method: 'DELETE', url: `${data}/sobjects/PermissionSet/${set}`, referenceId: 'a' };
    const fail = { method: 'POST', url: `${data}/sobjects/Account`, referenceId: 'b', body: {} };
    await host.send('POST', `${data}/composite`, { json: { allOrNone: true, compositeRequest: [remove, fail] } });
    expect(host.org.records.get('PermissionSet', set)).to.include(label);
    expect(host.org.records.all('PermissionSetAssignment')).to.deep.equal(before);
  });

  it('holds for updates of collections', async () => {
    const before = await read();
    const good = { attributes: { type: 'Account' }, Id: account, Phone: '1' };
    const bad = { attributes: { type: 'Account' }, Id: account, Name: null };
    const json = { allOrNone: true, records: [good, bad] };
    expect(codes(await host.send('PATCH', `${data}/composite/sobjects`, { json }))).to.deep.equal([
      rolledBack,
      'REQUIRED_FIELD_MISSING',
    ]);
    expect(await read()).to.deep.equal(before);
    const some = await host.send('PATCH', `${data}/composite/sobjects`, { json: { ...json, allOrNone: false } });
    expect(codes(some)).to.deep.equal(['saved', 'REQUIRED_FIELD_MISSING']);
  });

  it('holds for inserts of collections', async () => {
    const json = { allOrNone: true, records: [{ attributes: { type: 'Account' }, Name: 'Other' }, failing] };
    expect(codes(await host.send('POST', `${data}/composite/sobjects`, { json }))).to.deep.equal([
      rolledBack,
      'REQUIRED_FIELD_MISSING',
    ]);
    expect(host.org.records.all('Account')).to.have.length(1);
  });

  it('holds for deletions of collections', async () => {
    const before = await read();
    const ids = `${account},001000000000000AAA`;
    const { body } = await host.send('DELETE', `${data}/composite/sobjects?ids=${ids}&allOrNone=true`);
    expect(body[0].errors[0].statusCode).to.equal(rolledBack);
    expect(body[1].success).to.equal(false);
    expect(await read()).to.deep.equal(before);
    expect((await host.send('DELETE', `${data}/composite/sobjects?ids=${ids}`)).body[0].success).to.equal(true);
  });
});
