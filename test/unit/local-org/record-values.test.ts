import { expect } from 'chai';
import { startSession } from '../../../src/local-org/sessions.js';
import { hostOrgs, userId, type Answer, type HostedOrg } from './hosted-org.js';

const data = '/services/data/v67.0';

describe('values of records of a local org', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  const create = (object: string, json: unknown): Promise<Answer> =>
    host.send('POST', `${data}/sobjects/${object}`, { json });
  const refusal = ({ status, body }: Answer): unknown => [status, body[0].errorCode, body[0].message];
  const named = async (Name: unknown): Promise<unknown> => {
    const { id } = (await create('Account', { Name })).body as { id: string };
    return (await host.send('GET', `${data}/sobjects/Account/${id}`)).body.Name;
  };

  it('are no longer than their field', async () => {
    const name = 'a'.repeat(256);
    expect(refusal(await create('Account', { Name: name }))).to.deep.equal([
      400,
      'STRING_TOO_LONG',
      `Name: data value too large: ${name} (max length=255)`,
    ]);
    expect((await create('Account', { Name: name.slice(1) })).status).to.equal(201);
  });

  it('are addresses where they are emails', async () => {
    const contact = (Email: string) => create('Contact', { LastName: 'L', Email });
    expect(refusal(await contact('nope'))).to.deep.equal([
      400,
      'INVALID_EMAIL_ADDRESS',
      'Email: invalid email address: nope',
    ]);
    expect((await contact('a@b.example')).status).to.equal(201);
  });

  it('are texts in text fields, whatever they were sent as', async () => {
    expect(await named(5)).to.equal('5');
    expect(await named(true)).to.equal('true');
  });

  it('are no numbers that only their text can hold', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await host.send('POST', `${data}/sobjects/Account`, { body: '{"Name":1e400}', headers });
    expect([answer.status, answer.body[0].errorCode]).to.deep.equal([400, 'JSON_PARSER_ERROR']);
  });

  it('are ids of the object that a field points to', async () => {
    const contact = (AccountId: string) => create('Contact', { LastName: 'L', AccountId });
    const user = userId(host.org, 'admin@jwt-server.local');
    expect(refusal(await contact('nope'))).to.deep.equal([
      400,
      'MALFORMED_ID',
      'AccountId: id value of incorrect type: nope',
    ]);
    expect(refusal(await contact(user))).to.deep.equal([
      400,
      'FIELD_INTEGRITY_EXCEPTION',
      `AccountId: id value of incorrect type: ${user}`,
    ]);
  });

  it('of a collection are refused with codes of save results', async () => {
    const attributes = { type: 'Account' };
    const records = [
      { attributes, Phone: '1' },
      { attributes, Id: '001000000000001AAA', Phone: '1' },
      { attributes: { type: 'Nope' }, Id: '001000000000001AAA' },
    ];
    const { body } = await host.send('PATCH', `${data}/composite/sobjects`, { json: { records } });
    expect(body.map(({ errors }: { errors: { statusCode: string; message: string }[] }) => errors[0])).to.deep.equal([
      { statusCode: 'MISSING_ARGUMENT', message: 'Id not specified in an update call', fields: [] },
      { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] },
      { statusCode: 'INVALID_TYPE', message: "sObject type 'Nope' is not supported.", fields: [] },
    ]);
  });

  describe('of users and permissions', () => {
    const asIntegration = (method: string, path: string, json?: unknown): Promise<Answer> => {
      const session = startSession(host.org, userId(host.org, 'integration@jwt-server.local'), 'full');
      return host.send(method, data + path, { json, headers: { authorization: `Bearer ${session}` } });
    };
    const denied = [400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id'];

    it('are for administrators', async () => {
      const admin = `/sobjects/User/${userId(host.org, 'admin@jwt-server.local')}`;
      expect(refusal(await asIntegration('PATCH', admin, { IsActive: false }))).to.deep.equal(denied);
      expect(refusal(await asIntegration('DELETE', admin))).to.deep.equal(denied);
      const set = { Name: 'P', Label: 'P' };
      expect(refusal(await asIntegration('POST', '/sobjects/PermissionSet', set))).to.deep.equal(denied);
      expect((await host.send('PATCH', data + admin, { json: { FirstName: 'B' } })).status).to.equal(204);
    });

    it('leave other records to everybody', async () => {
      expect((await asIntegration('POST', '/sobjects/Account', { Name: 'A' })).status).to.equal(201);
    });
  });

  describe('of permission sets', () => {
    const file = (name: string): string | undefined => {
      const [bytes] = host.org.components.get('PermissionSet', name)?.files.values() ?? [];
      return bytes && Buffer.from(bytes).toString('utf8');
    };

    it('stand in their component too, which goes with them', async () => {
      const { id } = (await create('PermissionSet', { Name: 'P', Label: 'P & Q' })).body as { id: string };
      expect(file('P')).to.include('<label>P &amp; Q</label>').and.to.include('<PermissionSet ');
      const path = `${data}/sobjects/PermissionSet/${id}`;
      await host.send('PATCH', path, { json: { Name: 'R', Label: 'Other', Description: 'Why' } });
      expect(file('P')).to.equal(undefined);
      expect(file('R')).to.include('<label>Other</label>').and.to.include('<description>Why</description>');
      expect(file('R')).not.to.include('P &amp; Q');
      expect((await host.send('DELETE', path)).status).to.equal(204);
      expect(file('R')).to.equal(undefined);
    });

    it('are taken back with all or none', async () => {
      const attributes = { type: 'PermissionSet' };
      const records = [{ attributes, Name: 'P', Label: 'P' }, { attributes }];
      await host.send('POST', `${data}/composite/sobjects`, { json: { allOrNone: true, records } });
      expect(file('P')).to.equal(undefined);
    });
  });
});
