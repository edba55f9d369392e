import { expect } from 'chai';
import { hostOrgs, userId, type Answer, type HostedOrg } from './hosted-org.js';

const data = '/services/data/v67.0';

describe('records of a local org', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  const expectRefusal = ({ status, body }: Answer, wanted: number, errorCode: string, message: string): void => {
    const [error] = body as [{ errorCode: string; message: string }];
    expect({ status, errorCode: error.errorCode, message: error.message }).to.deep.equal({
      status: wanted,
      errorCode,
      message,
    });
  };

  const create = (object: string, json: unknown): Promise<Answer> =>
    host.send('POST', `${data}/sobjects/${object}`, { json });

  it('creates, reads, changes and deletes', async () => {
    const { status, body } = await create('Account', { Name: 'Acme' });
    const { id } = body as { id: string };
    expect({ status, prefix: id.slice(0, 3) }).to.deep.equal({ status: 201, prefix: '001' });
    const path = `${data}/sobjects/Account/${id}`;
    expect((await host.send('GET', path)).body).to.include({
      Name: 'Acme',
      CreatedDate: '2026-06-01T12:00:00.000+0000',
    });
    host.clock += 1000;
    expect((await host.send('PATCH', path, { json: { name: 'Umbrella' } })).status).to.equal(204);
    const changed = (await host.send('GET', `${path}?fields=name,LastModifiedDate`)).body as Record<string, unknown>;
    expect(changed).to.include({ Name: 'Umbrella', LastModifiedDate: '2026-06-01T12:00:01.000+0000' });
    expect(changed).not.to.have.property('Phone');
    expect((await host.send('DELETE', path)).status).to.equal(204);
    expectRefusal(await host.send('GET', path), 404, 'NOT_FOUND', 'The requested resource does not exist');
    for (const method of ['DELETE', 'PATCH'])
      expectRefusal(await host.send(method, path, { json: {} }), 404, 'ENTITY_IS_DELETED', 'entity is deleted');
  });

  it('asks for required fields and refuses unknown ones', async () => {
    const missing = await create('PermissionSetAssignment', {});
    expectRefusal(missing, 400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [AssigneeId, PermissionSetId]');
    const unknown = await create('Account', { Name: 'A', Nope: 1 });
    expectRefusal(unknown, 400, 'INVALID_FIELD', "No such column 'Nope' on sobject of type Account");
    expectRefusal(await create('Nope', {}), 404, 'NOT_FOUND', 'The requested resource does not exist');
  });

  it('asks for required fields in a change too, where an empty text is no value', async () => {
    const { id } = (await create('Account', { Name: 'Acme' })).body as { id: string };
    for (const Name of [null, '']) {
      const answer = await host.send('PATCH', `${data}/sobjects/Account/${id}`, { json: { Name } });
      expectRefusal(answer, 400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]');
    }
    expect((await host.send('PATCH', `${data}/sobjects/Account/${id}`, { json: { Phone: '' } })).status).to.equal(204);
  });

  it('refuses values of another type than that of the field', async () => {
    const user = `${data}/sobjects/User/${userId(host.org, 'integration@jwt-server.local')}`;
    const suffix = 'or request may be missing a required field at [line:1, column';
    const text = `Cannot deserialize instance of boolean from VALUE_STRING value perhaps ${suffix}:13]`;
    const perhaps = await host.send('PATCH', user, { json: { IsActive: 'perhaps' } });
    expectRefusal(perhaps, 400, 'JSON_PARSER_ERROR', text);
    const nested = `Cannot deserialize instance of string from START_OBJECT value { ${suffix}:9]`;
    expectRefusal(await create('Account', { Name: { first: 'A' } }), 400, 'JSON_PARSER_ERROR', nested);
    expect((await host.send('PATCH', user, { json: { IsActive: false } })).status).to.equal(204);
  });

  it('refuses fields that the org sets', async () => {
    const id = await create('Account', { Name: 'A', Id: '001000000000001AAA' });
    expectRefusal(id, 400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
    const { status, body } = await create('Account', { Name: 'A', createdDate: '2026-01-01T00:00:00.000+0000' });
    const [{ errorCode, message }] = body as [{ errorCode: string; message: string }];
    expect({ status, errorCode }).to.deep.equal({ status: 400, errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' });
    expect(message).to.include('Unable to create/update fields: CreatedDate.');
  });

  it('opens nothing that is not there to a permission set', async () => {
    const { id: ParentId } = (await create('PermissionSet', { Name: 'P', Label: 'P' })).body as { id: string };
    const refusal = async (SetupEntityId: string): Promise<readonly unknown[]> => {
      const { status, body } = await create('SetupEntityAccess', { ParentId, SetupEntityId });
      return [status, body[0].errorCode, body[0].message];
    };
    const none = [400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'];
    expect(await refusal('0xI000000000001AAA')).to.deep.equal(none);
    const noId = [400, 'MALFORMED_ID', 'SetupEntityId: id value of incorrect type: nothing'];
    expect(await refusal('nothing')).to.deep.equal(noId);
  });

  it('refuses a second assignment of the same permission set, and references to nothing', async () => {
    const permissionSet = (await create('PermissionSet', { Name: 'P', Label: 'P' })).body as { id: string };
    const assignment = {
      AssigneeId: userId(host.org, 'integration@jwt-server.local'),
      PermissionSetId: permissionSet.id,
    };
    expect((await create('PermissionSetAssignment', assignment)).status).to.equal(201);
    const text = `Duplicate PermissionSetAssignment. Assignee: ${assignment.AssigneeId}; Permission Set: ${assignment.PermissionSetId}`;
    expectRefusal(await create('PermissionSetAssignment', assignment), 400, 'DUPLICATE_VALUE', text);
    const dangling = await create('PermissionSetAssignment', {
      ...assignment,
      PermissionSetId: '0PS000000000001AAA',
    });
    expectRefusal(dangling, 400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  });

  it('removes assignments with their permission set', async () => {
    const { id } = (await create('PermissionSet', { Name: 'P', Label: 'P' })).body as { id: string };
    const AssigneeId = userId(host.org, 'integration@jwt-server.local');
    await create('PermissionSetAssignment', { AssigneeId, PermissionSetId: id });
    await host.send('DELETE', `${data}/sobjects/PermissionSet/${id}`);
    expect((await host.query('SELECT Id FROM PermissionSetAssignment')).body).to.include({ totalSize: 0 });
  });

  it('refuses to make or change what only the org itself makes', async () => {
    const text = 'entity type cannot be inserted: Organization';
    expectRefusal(await create('Organization', { Name: 'X' }), 400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', text);
    const deletion = await host.send(
      'DELETE',
      `${data}/sobjects/Organization/${host.org.records.all('Organization')[0]!.Id}`,
    );
    expect(deletion.status).to.equal(400);
  });

  const accounts = (...names: (string | undefined)[]) =>
    names.map((Name) => ({ attributes: { type: 'Account' }, Name }));

  it('creates several at once and reports each', async () => {
    const { body } = await host.send('POST', `${data}/composite/sobjects`, {
      json: { records: accounts('A', undefined) },
    });
    const [first, second] = body as { success: boolean; errors: { statusCode: string }[] }[];
    expect([first?.success, second?.success]).to.deep.equal([true, false]);
    expect(second?.errors[0]?.statusCode).to.equal('REQUIRED_FIELD_MISSING');
    expect((await host.query('SELECT Id FROM Account')).body).to.include({ totalSize: 1 });
  });

  it('creates none of them with allOrNone when one fails', async () => {
    const json = { allOrNone: true, records: accounts('A', undefined) };
    const { body } = await host.send('POST', `${data}/composite/sobjects`, { json });
    const codes = (body as { errors: { statusCode: string }[] }[]).map(({ errors }) => errors[0]?.statusCode);
    expect(codes).to.deep.equal(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING']);
    expect((await host.query('SELECT Id FROM Account')).body).to.include({ totalSize: 0 });
  });

  it('changes and deletes several at once', async () => {
    const { id } = (await create('Account', { Name: 'A' })).body as { id: string };
    const change = { attributes: { type: 'Account' }, id, Name: 'B' };
    await host.send('PATCH', `${data}/composite/sobjects`, { json: { records: [change] } });
    expect((await host.send('GET', `${data}/sobjects/Account/${id}`)).body).to.include({ Name: 'B' });
    const { body } = await host.send('DELETE', `${data}/composite/sobjects?ids=${id},001000000000001AAA`);
    expect((body as { success: boolean }[]).map(({ success }) => success)).to.deep.equal([true, false]);
  });

  it('describes objects, and has no SourceMember: it does not track source', async () => {
    const { body } = await host.send('GET', `${data}/sobjects/PermissionSetAssignment/describe`);
    const fields = (body as { fields: { name: string; referenceTo: string[] }[] }).fields;
    expect(fields.find(({ name }) => name === 'AssigneeId')?.referenceTo).to.deep.equal(['User']);
    expect((await host.send('GET', `${data}/tooling/sobjects/SourceMember/describe`)).status).to.equal(404);
  });
});
