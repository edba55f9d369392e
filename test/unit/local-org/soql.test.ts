import { expect } from 'chai';
import { hostOrgs, userId, type Answer, type HostedOrg } from './hosted-org.js';

const data = '/services/data/v67.0';

describe('queries to a local org', () => {
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
    ["Username LIKE '_dmin%'", ['admin']],
    ["Username LIKE '%\\_%'", []],
    ["Username LIKE '%@%.%'", ['admin', 'integration']],
    ["Username LIKE '%n\\%'", []],
    ["Username LIKE 'ADMIN'", []],
    ["NOT (Username LIKE 'a%' OR (NOT Username LIKE '%'))", ['integration']],
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
    expect((body as { records: unknown[] }).records).to.deep.equal([{ attributes: { type: 'AggregateResult' }, c: 2 }]);
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
    [
      'SELECT Id\nFROM User\nWHERE Nope = 1',
      'INVALID_FIELD',
      "\nWHERE Nope = 1\n      ^\nERROR at Row:3:Column:7\nNo such column 'Nope' on entity 'User'.",
    ],
    ["SELECT Id FROM User WHERE Name = 'Names' AND Names = 1", 'INVALID_FIELD', 'ERROR at Row:1:Column:46\n'],
    [
      'SELECT Id FROM Nope',
      'INVALID_TYPE',
      "\nSELECT Id FROM Nope\n               ^\nERROR at Row:1:Column:16\nsObject type 'Nope'",
    ],
    ['SELECT (SELECT Id FROM Nopes) FROM User', 'INVALID_TYPE', "Didn't understand relationship 'Nopes' in FROM part"],
    [
      'SELECT (SELECT COUNT() FROM Contacts) FROM Account',
      'MALFORMED_QUERY',
      'A local org does not know aggregates of',
    ],
    ['SELECT Name, COUNT(Id) FROM User', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
    ['SELECT Name FROM User GROUP BY Alias', 'MALFORMED_QUERY', 'ERROR at Row:1:Column:8\nField must be grouped'],
    ['SELECT SUM(Name) FROM User', 'MALFORMED_QUERY', 'field Name does not support aggregate operator SUM'],
    ['SELECT Name FROM User GROUP BY ROLLUP(Name)', 'MALFORMED_QUERY', 'A local org groups by fields'],
    ['SELECT FORMAT(Name) FROM User', 'MALFORMED_QUERY', 'A local org knows fields'],
    ['SELECT TYPEOF Owner WHEN User THEN Id END FROM User', 'MALFORMED_QUERY', 'A local org knows fields'],
    ['SELECT Id FROM User WHERE CreatedDate = TODAY', 'MALFORMED_QUERY', 'A local org does not know the literal TODAY'],
    ['SELECT Id FROM User OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    ['SELECT FIELDS(ALL) FROM User', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    [`SELECT Id FROM User WHERE ${'('.repeat(201)}`, 'QUERY_TOO_COMPLICATED', 'longer or deeper'],
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
