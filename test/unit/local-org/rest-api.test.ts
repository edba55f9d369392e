import { expect } from 'chai';
import { hostOrgs, startOfTest, userId, type Answer, type HostedOrg } from './hosted-org.js';

const data = '/services/data/v67.0';

describe('REST API of a local org', () => {
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

  describe('sessions', () => {
    it('refuses requests without a session and with a wrong one', async () => {
      for (const authorization of ['', 'Bearer 00Dxx!nope', 'Basic abc']) {
        const answer = await host.send('GET', `${data}/limits`, { headers: { authorization } });
        expectRefusal(answer, 401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      }
    });

    it('lives on while it is used', async () => {
      for (const hours of [1.5, 3, 4.5]) {
        host.clock = startOfTest + hours * 3_600_000;
        expect((await host.send('GET', `${data}/limits`)).status).to.equal(200);
      }
    });

    it('answers userinfo and the identity URL with Bad_OAuth_Token then', async () => {
      const id = `/id/${host.org.id}/${userId(host.org, 'admin@jwt-server.local')}`;
      for (const path of ['/services/oauth2/userinfo', id]) {
        const { status, text } = await host.send('GET', path, { headers: { authorization: 'Bearer x' } });
        expect({ status, text }).to.deep.equal({ status: 403, text: 'Bad_OAuth_Token' });
      }
    });
  });

  describe('who it is', () => {
    it('tells the user and the org in userinfo and at the identity URL', async () => {
      const id = userId(host.org, 'admin@jwt-server.local');
      const info = await host.send('GET', '/services/oauth2/userinfo');
      expect(info.body).to.include({
        user_id: id,
        organization_id: host.org.id,
        preferred_username: 'admin@jwt-server.local',
      });
      const identity = await host.send('GET', `/id/${host.org.id}/${id}`);
      expect(identity.body).to.include({
        user_id: id,
        organization_id: host.org.id,
        username: 'admin@jwt-server.local',
      });
      expect(
        (await host.send('GET', `/id/${host.org.id}/${userId(host.org, 'integration@jwt-server.local')}`)).status,
      ).to.equal(404);
    });

    it('says that it is a local org and runs no Apex', async () => {
      const { body } = await host.send('GET', '/_local', { headers: { authorization: '' } });
      const orgId = host.org.id;
      const expected = {
        localOrg: true,
        alias: 'jwt-server',
        orgId,
        username: 'admin@jwt-server.local',
        executesApex: false,
      };
      expect(body).to.deep.equal(expected);
      const { body: apex } = await host.send('GET', `${data}/tooling/executeAnonymous?anonymousBody=Integer%20i%3B`);
      expect(apex).to.include({
        compiled: true,
        success: false,
        exceptionMessage: 'Not executed: a local org does not run Apex.',
      });
    });

    it('lists API versions with the newest last, without a session', async () => {
      const { body } = await host.send('GET', '/services/data', { headers: { authorization: '' } });
      const versions = body as unknown[];
      expect(versions.at(-1)).to.deep.equal({ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
      expect(versions[0]).to.deep.equal({ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' });
      expectRefusal(
        await host.send('GET', '/services/data/v99.0/limits'),
        404,
        'NOT_FOUND',
        'The requested resource does not exist',
      );
    });

    it('has ids whose checksum is right', () => {
      expect(host.org.id).to.match(/^00D[A-Za-z0-9]{15}$/);
      const bits = (five: string): number =>
        [...five].reduce((sum, c, i) => sum + (c >= 'A' && c <= 'Z' ? 2 ** i : 0), 0);
      const checksum = [0, 5, 10].map((at) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[bits(host.org.id.slice(at, at + 5))]);
      expect(host.org.id.slice(15)).to.equal(checksum.join(''));
    });
  });

  describe('requests that it does not take', () => {
    it('answers unknown paths and wrong methods as Salesforce does', async () => {
      expectRefusal(await host.send('GET', '/nowhere'), 404, 'NOT_FOUND', 'The requested resource does not exist');
      const wrong = await host.send('PUT', `${data}/sobjects/Account`, { json: {} });
      expectRefusal(wrong, 405, 'METHOD_NOT_ALLOWED', "HTTP Method 'PUT' not allowed. Allowed are GET,POST");
    });

    it('refuses bodies that are no JSON object', async () => {
      const answer = await host.send('POST', `${data}/sobjects/Account`, { body: '{' });
      expectRefusal(answer, 400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required to be valid JSON.');
      const list = await host.send('POST', `${data}/sobjects/Account`, { body: '[]' });
      expectRefusal(list, 400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required to be a JSON object.');
    });

    it('refuses bodies above its limit, whether or not their length is told', async () => {
      const large = 'x'.repeat(1024 * 1024 + 1);
      const told = await host.send('POST', `${data}/sobjects/Account`, { body: large });
      expect(told.status).to.equal(413);
      const untold = await fetch(`${host.org.instanceUrl}${data}/sobjects/Account`, {
        method: 'POST',
        headers: { authorization: `Bearer ${host.admin}` },
        body: new Blob([large]).stream(),
        duplex: 'half',
      } as RequestInit);
      expect(untold.status).to.equal(413);
    });

    it('refuses requests for another host name, as a rebinding web page would send them', async () => {
      const { hostname, port } = new URL(host.org.instanceUrl);
      const { request } = await import('node:http');
      const status = await new Promise((resolve, reject) => {
        request({ hostname, port, path: '/_local', headers: { host: 'evil.example' } }, ({ statusCode }) =>
          resolve(statusCode),
        )
          .on('error', reject)
          .end();
      });
      expect(status).to.equal(403);
    });

    it('never shows a fault of its own', async () => {
      host.org.records.all = () => {
        throw new Error('secret inside');
      };
      const answer = await host.query('SELECT Id FROM User');
      expectRefusal(answer, 500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.');
      expect(answer.text).not.to.include('secret inside');
      expect(host.faults.splice(0)).to.have.length(1);
    });
  });

  describe('queries', () => {
    const usernames = ({ body }: Answer): unknown[] =>
      (body as { records: { Username: string }[] }).records.map(({ Username }) => Username);

    it('selects parent fields, nested under their relationship', async () => {
      const { body } = await host.query("SELECT Id, Profile.Name FROM User WHERE Username = 'ADMIN@jwt-server.local'");
      const { totalSize, done, records } = body as {
        totalSize: number;
        done: boolean;
        records: Record<string, unknown>[];
      };
      expect({ totalSize, done }).to.deep.equal({ totalSize: 1, done: true });
      const [record] = records;
      expect(record?.['attributes']).to.deep.equal({
        type: 'User',
        url: `${data}/sobjects/User/${String(record?.['Id'])}`,
      });
      expect(record?.['Profile']).to.have.property('Name', 'System Administrator');
      expect((record?.['Profile'] as { attributes: { type: string } }).attributes.type).to.equal('Profile');
    });

    it('gives null for an empty parent', async () => {
      await host.send('POST', `${data}/sobjects/Contact`, { json: { LastName: 'L' } });
      const { body } = await host.query('SELECT Account.Name FROM Contact');
      expect((body as { records: { Account: unknown }[] }).records[0]?.Account).to.equal(null);
    });

    for (const [where, expected] of [
      ["Username LIKE 'admin%'", ['admin']],
      ["NOT Username LIKE 'admin%'", ['integration']],
      ["Username LIKE 'a%' OR Username LIKE 'i%'", ['admin', 'integration']],
      ["(Username LIKE 'a%' OR Username LIKE 'i%') AND Profile.Name != 'System Administrator'", ['integration']],
      ["Username IN ('admin@jwt-server.local', 'x')", ['admin']],
      ["Username NOT IN ('admin@jwt-server.local')", ['integration']],
      ['IsActive = true', ['admin', 'integration']],
      ['FederationIdentifier = null', ['admin', 'integration']],
      ['FederationIdentifier != null', []],
      ['CreatedDate >= 2026-06-01T12:00:00Z', ['admin', 'integration']],
      ['CreatedDate > 2026-06-01T12:00:00Z', []],
      ["ProfileId IN (SELECT Id FROM Profile WHERE Name LIKE 'Sys%')", ['admin']],
      ["LastName = 'O\\'Brien'", []],
    ] as const) {
      it(`understands WHERE ${where}`, async () => {
        const answer = await host.query(`SELECT Username FROM User WHERE ${where} ORDER BY Username`);
        expect(usernames(answer)).to.deep.equal(expected.map((name) => `${name}@jwt-server.local`));
      });
    }

    it('compares ids in either length', async () => {
      const id = userId(host.org, 'admin@jwt-server.local');
      for (const form of [id, id.slice(0, 15)]) {
        expect(usernames(await host.query(`SELECT Username FROM User WHERE Id = '${form}'`))).to.have.length(1);
      }
    });

    it('orders, limits and skips', async () => {
      const answer = await host.query('SELECT Username FROM User ORDER BY Username DESC LIMIT 1 OFFSET 1');
      expect(usernames(answer)).to.deep.equal(['admin@jwt-server.local']);
    });

    it('counts', async () => {
      expect((await host.query('SELECT COUNT() FROM User')).body).to.deep.equal({
        totalSize: 2,
        done: true,
        records: [],
      });
      const { body } = await host.query('SELECT COUNT(Id) c FROM User');
      expect((body as { records: unknown[] }).records).to.deep.equal([
        { attributes: { type: 'AggregateResult' }, c: 2 },
      ]);
    });

    it('selects all fields with FIELDS(ALL), and spells fields as the API does', async () => {
      const { body } = await host.query("SELECT FIELDS(ALL) FROM User WHERE username LIKE 'admin%' LIMIT 1");
      expect((body as { records: unknown[] }).records[0]).to.include({
        Username: 'admin@jwt-server.local',
        IsActive: true,
      });
    });

    it('describes the columns of a query', async () => {
      const soql = 'SELECT Id, PermissionSet.Name, PermissionSet.Label FROM PermissionSetAssignment';
      const { body } = await host.send(
        'GET',
        `${data}/query?columns=true&${new URLSearchParams({ q: soql }).toString()}`,
      );
      type Column = { columnName: string; joinColumns: Column[] };
      const names = ({ columnName, joinColumns }: Column): unknown =>
        joinColumns.length === 0 ? columnName : [columnName, ...joinColumns.map(names)];
      const columns = (body as { columnMetadata: Column[] }).columnMetadata;
      expect(columns.map(names)).to.deep.equal(['Id', ['PermissionSet', 'Name', 'Label']]);
    });

    it('keeps tooling objects to the Tooling API', async () => {
      const soql = 'SELECT Id FROM Certificate';
      expect((await host.query(soql)).status).to.equal(400);
      expect((await host.query(soql, `${data}/tooling/query`)).body).to.include({ totalSize: 0 });
    });

    for (const name of ['ScratchOrgInfo', 'SandboxProcess']) {
      it(`says that it knows no ${name}: it is no Dev Hub and has no sandboxes`, async () => {
        const { status, body } = await host.query(`SELECT Id FROM ${name}`, `${data}/tooling/query`);
        const [{ errorCode, message }] = body as [{ errorCode: string; message: string }];
        expect({ status, errorCode }).to.deep.equal({ status: 400, errorCode: 'INVALID_TYPE' });
        expect(message).to.include(`sObject type '${name}' is not supported.`);
      });
    }

    for (const [soql, errorCode, text] of [
      ['SELECT Nope FROM User', 'INVALID_FIELD', "No such column 'Nope' on entity 'User'."],
      ['SELECT Nope.Name FROM User', 'INVALID_FIELD', "Didn't understand relationship 'Nope' in field path."],
      ['SELECT Id FROM User WHERE Nope = 1', 'INVALID_FIELD', "No such column 'Nope' on entity 'User'."],
      ['SELECT Id, FROM User', 'MALFORMED_QUERY', "unexpected token: 'FROM'"],
      ['SELECT Id FROM User WHERE', 'MALFORMED_QUERY', 'unexpected token: <EOF>'],
      ["SELECT Id FROM User WHERE Name = 'x", 'MALFORMED_QUERY', 'unexpected token'],
      ['SELECT Id FROM User; DROP', 'MALFORMED_QUERY', "unexpected token: ';'"],
      ['SELECT MAX(Name) FROM User', 'MALFORMED_QUERY', 'A local org knows'],
      ['SELECT Name FROM User GROUP BY Name', 'MALFORMED_QUERY', 'A local org does not know GROUP BY'],
    ] as const) {
      it(`refuses ${soql}`, async () => {
        const { status, body } = await host.query(soql);
        const [error] = body as [{ errorCode: string; message: string }];
        expect({ status, errorCode: error.errorCode }).to.deep.equal({ status: 400, errorCode });
        expect(error.message).to.include(text);
      });
    }

    it('asks for a query where there is none', async () => {
      expectRefusal(
        await host.send('GET', `${data}/query`),
        400,
        'MALFORMED_QUERY',
        'A query string has to be specified',
      );
    });
  });

  describe('records', () => {
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
      const text = `Provided external ID field does not exist or is not accessible: ${id}`;
      for (const method of ['GET', 'DELETE']) expectRefusal(await host.send(method, path), 404, 'NOT_FOUND', text);
    });

    it('asks for required fields and refuses unknown ones', async () => {
      const missing = await create('PermissionSetAssignment', {});
      expectRefusal(
        missing,
        400,
        'REQUIRED_FIELD_MISSING',
        'Required fields are missing: [AssigneeId, PermissionSetId]',
      );
      const unknown = await create('Account', { Name: 'A', Nope: 1 });
      expectRefusal(unknown, 400, 'INVALID_FIELD', "No such column 'Nope' on sobject of type Account");
      expectRefusal(await create('Nope', {}), 404, 'NOT_FOUND', 'The requested resource does not exist');
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
      const text = 'entity type Organization does not support insert';
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
});
