import { expect } from 'chai';
import { startSession } from '../../../src/local-org/sessions.js';
import { hostOrgs, userId, type Answer, type HostedOrg } from './hosted-org.js';

const data = '/services/data/v67.0';

describe('answers to queries of a local org', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  describe('groups', () => {
    beforeEach(async () => {
      for (const [Name, Phone] of [
        ['A', '1'],
        ['a', '2'],
        ['B', null],
      ])
        await host.send('POST', `${data}/sobjects/Account`, { json: { Name, Phone } });
      for (const KeySize of [2048, 4096, 4096]) host.org.records.insert('Certificate', { DeveloperName: 'c', KeySize });
    });

    const rowsOf = async (soql: string, path?: string): Promise<unknown> => {
      const { status, body, text } = await host.query(soql, path);
      expect(status, text).to.equal(200);
      const rows = body.records as { attributes: unknown }[];
      for (const { attributes } of rows) expect(attributes).to.deep.equal({ type: 'AggregateResult' });
      return rows.map(({ attributes: _attributes, ...row }) => row);
    };

    for (const [soql, expected] of [
      [
        'SELECT Name, COUNT(Id) FROM Account GROUP BY Name ORDER BY COUNT(Id) DESC',
        [
          { Name: 'A', expr0: 2 },
          { Name: 'B', expr0: 1 },
        ],
      ],
      ['SELECT Name n, COUNT(Phone) c FROM Account GROUP BY Name HAVING COUNT(Id) > 1', [{ n: 'A', c: 2 }]],
      ["SELECT Name FROM Account GROUP BY Name HAVING Name LIKE 'b%' OR COUNT(Phone) = 9", [{ Name: 'B' }]],
      ['SELECT COUNT_DISTINCT(Name), MIN(Phone), MAX(Name) m FROM Account', [{ expr0: 2, expr1: '1', m: 'B' }]],
      ["SELECT COUNT(Id), MAX(Name) FROM Account WHERE Name = 'x'", [{ expr0: 0, expr1: null }]],
      ["SELECT COUNT(Id) FROM Account WHERE Name = 'x' GROUP BY Name", []],
      [
        'SELECT Phone, COUNT(Id) FROM Account GROUP BY Phone ORDER BY Phone NULLS LAST LIMIT 2 OFFSET 1',
        [
          { Phone: '2', expr0: 1 },
          { Phone: null, expr0: 1 },
        ],
      ],
      [
        'SELECT Profile.Name, COUNT(Id) FROM User GROUP BY Profile.Name ORDER BY Profile.Name DESC LIMIT 1',
        [{ Name: 'System Administrator', expr0: 1 }],
      ],
    ] as const) {
      it(`are what ${soql} asks for`, async () => {
        expect(await rowsOf(soql)).to.deep.equal(expected);
      });
    }

    it('are added up where they are numbers', async () => {
      const soql = 'SELECT SUM(KeySize), AVG(KeySize), MIN(KeySize) FROM Certificate';
      expect(await rowsOf(soql, `${data}/tooling/query`)).to.deep.equal([
        { expr0: 10_240, expr1: 10_240 / 3, expr2: 2048 },
      ]);
    });

    it('are described as columns', async () => {
      const search = new URLSearchParams({ q: 'SELECT Name, COUNT(Id) c FROM Account GROUP BY Name', columns: 'true' });
      const { body } = await host.send('GET', `${data}/query?${search.toString()}`);
      expect(body.groupBy).to.equal(true);
      const columns = body.columnMetadata as { columnName: string; aggregate: boolean }[];
      expect(columns.map(({ columnName, aggregate }) => [columnName, aggregate])).to.deep.equal([
        ['Name', false],
        ['c', true],
      ]);
    });
  });

  describe('children', () => {
    const soql =
      'SELECT Name, (SELECT LastName, Account.Name FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name';

    beforeEach(async () => {
      const ids: string[] = [];
      for (const Name of ['A', 'B'])
        ids.push((await host.send('POST', `${data}/sobjects/Account`, { json: { Name } })).body.id as string);
      for (const LastName of ['Two', 'One'])
        await host.send('POST', `${data}/sobjects/Contact`, { json: { LastName, AccountId: ids[0] } });
    });

    it('stand under their relationship, which is null where there are none', async () => {
      const [first, second] = (await host.query(soql)).body.records;
      expect(first.Contacts).to.deep.include({ totalSize: 2, done: true });
      expect(first.Contacts.records.map(({ LastName }: { LastName: string }) => LastName)).to.deep.equal([
        'One',
        'Two',
      ]);
      expect(first.Contacts.records[0].Account.Name).to.equal('A');
      expect(first.Contacts.records[0].attributes.type).to.equal('Contact');
      expect(second.Contacts).to.equal(null);
    });

    it('are described as columns of a column', async () => {
      const { body } = await host.send(
        'GET',
        `${data}/query?${new URLSearchParams({ q: soql, columns: 'true' }).toString()}`,
      );
      const column = body.columnMetadata.find(({ columnName }: { columnName: string }) => columnName === 'Contacts');
      expect(column.aggregate).to.equal(true);
      expect(column.joinColumns.map(({ columnName }: { columnName: string }) => columnName)).to.deep.equal([
        'LastName',
        'Account',
      ]);
    });
  });

  describe('pages', () => {
    const names = ({ body }: Answer): string[] => body.records.map(({ Name }: { Name: string }) => Name);

    const firstPage = (authorization?: string) =>
      host.send('GET', `${data}/query?q=${encodeURIComponent('SELECT Name FROM Account ORDER BY Name')}`, {
        headers: { 'sforce-query-options': 'batchSize=200', ...(authorization ? { authorization } : {}) },
      });

    beforeEach(() => {
      for (let index = 0; index < 450; index += 1)
        host.org.records.insert('Account', { Name: String(index).padStart(3, '0') });
    });

    it('are as large as the client asks, and follow each other', async () => {
      const seen: string[] = [];
      let page = await firstPage();
      expect(page.body).to.include({ totalSize: 450, done: false });
      const sizes = [names(page).length];
      seen.push(...names(page));
      while (page.body.done === false) {
        page = await host.send('GET', page.body.nextRecordsUrl as string, {
          headers: { 'sforce-query-options': 'batchSize=200' },
        });
        seen.push(...names(page));
        sizes.push(names(page).length);
      }
      expect(sizes).to.deep.equal([200, 200, 50]);
      expect(seen).to.deep.equal([...seen].toSorted());
      expect(new Set(seen).size).to.equal(450);
      expect(page.body).not.to.have.property('nextRecordsUrl');
    });

    it('are one where all records fit', async () => {
      expect((await host.query('SELECT Name FROM Account')).body).to.include({ totalSize: 450, done: true });
    });

    it('are those of their user, and of the last ten queries', async () => {
      const first = (await firstPage()).body.nextRecordsUrl as string;
      const other = startSession(host.org, userId(host.org, 'integration@jwt-server.local'), 'api');
      const expectRefusal = ({ status, body }: Answer) =>
        expect([status, body[0].errorCode, body[0].message]).to.deep.equal([
          400,
          'INVALID_QUERY_LOCATOR',
          'invalid query locator',
        ]);
      expectRefusal(await host.send('GET', first, { headers: { authorization: `Bearer ${other}` } }));
      for (let index = 0; index < 9; index += 1) await firstPage();
      expect((await host.send('GET', first)).status).to.equal(200);
      await firstPage();
      expectRefusal(await host.send('GET', first));
      for (const locator of ['x', '01g000000000001AAA-2000', `${first.split('/').at(-1)!.split('-')[0]}-99999`])
        expectRefusal(await host.send('GET', `${data}/query/${locator}`));
    });
  });
});
