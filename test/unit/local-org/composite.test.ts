import { expect } from 'chai';
import { hostOrgs, userId, type Answer, type HostedOrg } from './hosted-org.js';

const data = '/services/data/v67.0';

describe('composite requests to a local org', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  const count = async (object = 'Account'): Promise<number> =>
    (await host.query(`SELECT COUNT() FROM ${object}`)).body.totalSize as number;

  const messages = ({ status, body }: Answer): unknown => [status, body[0].errorCode, body[0].message];

  describe('composite', () => {
    const composite = (compositeRequest: unknown, allOrNone = false): Promise<Answer> =>
      host.send('POST', `${data}/composite`, { json: { allOrNone, compositeRequest } });

    const account = (referenceId: string, Name: unknown = 'Acme') => ({
      method: 'POST',
      url: `${data}/sobjects/Account`,
      referenceId,
      body: { Name },
    });

    it('passes values of answers on to the requests behind them', async () => {
      const { status, body } = await composite([
        account('a'),
        {
          method: 'POST',
          url: `${data}/sobjects/Contact`,
          referenceId: 'c',
          body: { LastName: 'L', AccountId: '@{a.id}' },
        },
        { method: 'GET', url: `${data}/query?q=SELECT+Name+FROM+Account+WHERE+Id='@{a.id}'`, referenceId: 'q' },
        { method: 'GET', url: `${data}/sobjects/Contact/@{c.id}?fields=AccountId`, referenceId: 'r' },
      ]);
      expect(status).to.equal(200);
      const [a, c, q, r] = body.compositeResponse;
      expect(a).to.deep.include({ httpStatusCode: 201, referenceId: 'a' });
      expect(a.httpHeaders).to.deep.equal({ Location: `${data}/sobjects/Account/${a.body.id}` });
      expect(c.httpStatusCode).to.equal(201);
      expect(q.body.records[0].Name).to.equal('Acme');
      expect(r.body.AccountId).to.equal(a.body.id);
    });

    it('goes on after a failure, and names a value that is not there', async () => {
      const { body } = await composite([
        account('bad', null),
        account('next', '@{bad.id}'),
        { method: 'POST', url: `${data}/sobjects/../composite`, referenceId: 'outside', body: {} },
        account('last'),
      ]);
      expect(
        body.compositeResponse.map((part: { httpStatusCode: number; body: unknown }) => part.httpStatusCode),
      ).to.deep.equal([400, 400, 404, 201]);
      expect(body.compositeResponse[1].body).to.deep.equal([
        { errorCode: 'PROCESSING_HALTED', message: 'Invalid reference specified. No value for bad.id found in bad' },
      ]);
      expect(await count()).to.equal(1);
    });

    it('takes everything back with allOrNone', async () => {
      const { id } = (await host.send('POST', `${data}/sobjects/Account`, { json: { Name: 'Old', Phone: '1' } })).body;
      const { body } = await composite(
        [
          {
            method: 'PATCH',
            url: `${data}/sobjects/Account/${id}`,
            referenceId: 'u',
            body: { Name: 'New', Website: 'w' },
          },
          account('a'),
          account('bad', null),
          account('never'),
        ],
        true,
      );
      const codes = body.compositeResponse.map((part: { body: [{ errorCode: string }] }) => part.body[0].errorCode);
      expect(codes).to.deep.equal([
        'PROCESSING_HALTED',
        'PROCESSING_HALTED',
        'REQUIRED_FIELD_MISSING',
        'PROCESSING_HALTED',
      ]);
      expect(await count()).to.equal(1);
      expect((await host.send('GET', `${data}/sobjects/Account/${id}`)).body).to.include({ Name: 'Old', Phone: '1' });
    });

    it('refuses what it cannot do as a whole', async () => {
      for (const [request, text] of [
        [undefined, 'The request needs "compositeRequest", a list of requests.'],
        [['x'], 'The request needs "compositeRequest", a list of requests.'],
        [
          Array.from({ length: 26 }, (_, index) => account(`a${index}`)),
          'A request takes at most 25 others in "compositeRequest".',
        ],
        [[{ method: 'GET', url: '/x' }], 'Each request in the list needs "referenceId", a text.'],
        [[account('a'), account('a')], 'Each "referenceId" is another word'],
        [[{ ...account('a'), body: 'x' }], 'The "body" of a request is an object.'],
      ] as const) {
        const [status, code, message] = messages(await composite(request)) as [number, string, string];
        expect([status, code]).to.deep.equal([400, 'INVALID_INPUT']);
        expect(message).to.include(text);
      }
      expect(await count()).to.equal(0);
    });
  });

  describe('batch', () => {
    const batch = (batchRequests: unknown, haltOnError = false): Promise<Answer> =>
      host.send('POST', `${data}/composite/batch`, { json: { haltOnError, batchRequests } });

    const requests = [
      { method: 'GET', url: 'v67.0/limits' },
      { method: 'POST', url: 'v67.0/sobjects/Account', richInput: {} },
      { method: 'POST', url: '/services/data/v67.0/sobjects/Account', richInput: { Name: 'A' } },
    ];

    it('answers each request for itself', async () => {
      const { body } = await batch(requests);
      expect(body.hasErrors).to.equal(true);
      expect(body.results.map(({ statusCode }: { statusCode: number }) => statusCode)).to.deep.equal([200, 400, 201]);
      expect(body.results[1].result[0]).to.include({ errorCode: 'REQUIRED_FIELD_MISSING' });
    });

    it('halts on an error where it is told to', async () => {
      const { body } = await batch(requests, true);
      expect(body.results[2]).to.deep.equal({
        statusCode: 412,
        result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
      });
      expect(await count()).to.equal(0);
    });
  });

  describe('tree', () => {
    const tree = (records: unknown): Promise<Answer> =>
      host.send('POST', `${data}/composite/tree/Account`, { json: { records } });

    const account = (Name: string | null, ...contacts: (string | null)[]) => ({
      attributes: { type: 'Account', referenceId: `a${Name ?? ''}` },
      Name,
      Contacts: {
        records: contacts.map((LastName) => ({
          attributes: { type: 'Contact', referenceId: `c${LastName ?? ''}` },
          LastName,
        })),
      },
    });

    it('makes records with their children', async () => {
      const { status, body } = await tree([account('A', 'One', 'Two'), account('B')]);
      expect([status, body.hasErrors]).to.deep.equal([201, false]);
      const references = body.results.map(({ referenceId }: { referenceId: string }) => referenceId);
      expect(references).to.deep.equal(['aA', 'cOne', 'cTwo', 'aB']);
      const soql = "SELECT LastName FROM Contact WHERE Account.Name = 'A' ORDER BY LastName";
      expect((await host.query(soql)).body.records.map(({ LastName }: { LastName: string }) => LastName)).to.deep.equal(
        ['One', 'Two'],
      );
    });

    it('makes none when one fails', async () => {
      const { status, body } = await tree([account('A', 'One'), account('B', null)]);
      const error = {
        statusCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [LastName]',
        fields: ['LastName'],
      };
      expect([status, body]).to.deep.equal([
        400,
        { hasErrors: true, results: [{ referenceId: 'c', errors: [error] }] },
      ]);
      expect([await count(), await count('Contact')]).to.deep.equal([0, 0]);
    });

    it('refuses trees without reference ids, and with one twice', async () => {
      const without = await tree([{ Name: 'A' }]);
      expect(messages(without)).to.include('Each record of a tree needs "attributes" with a "referenceId".');
      expect(messages(await tree([account('A'), account('A')]))).to.include(
        'Each "referenceId" in a tree is another one.',
      );
      expect(messages(await tree('x'))).to.include('A tree needs "records", a list of records.');
    });
  });

  describe('collections', () => {
    it('reads several records at once, with null for those that are not there', async () => {
      const admin = userId(host.org, 'admin@jwt-server.local');
      const ids = [admin, '005000000000001AAA'];
      const expected = [
        { attributes: { type: 'User', url: `${data}/sobjects/User/${admin}` }, Id: admin, Alias: 'admin' },
        null,
      ];
      const path = `${data}/composite/sobjects/User`;
      expect((await host.send('GET', `${path}?ids=${ids.join(',')}&fields=Alias`)).body).to.deep.equal(expected);
      expect((await host.send('POST', path, { json: { ids, fields: ['Alias'] } })).body).to.deep.equal(expected);
      expect((await host.send('POST', path, { json: { ids: 'x', fields: [] } })).status).to.equal(400);
    });

    it('begins nothing where one value is of the wrong type', async () => {
      const records = [
        { attributes: { type: 'Account' }, Name: 'A' },
        { attributes: { type: 'Account' }, Name: { x: 1 } },
      ];
      const answer = await host.send('POST', `${data}/composite/sobjects`, { json: { records } });
      expect(messages(answer)).to.deep.include('JSON_PARSER_ERROR');
      expect(await count()).to.equal(0);
    });
  });
});
