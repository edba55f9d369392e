import { request } from 'node:http';
import { expect } from 'chai';
import { hostOrgs, type Answer, type HostedOrg, type SendOptions } from '../hosted-org.js';

const data = '/services/data/v67.0';
const control = '/_local/faults';

describe('faults on demand', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  const arm = async (...rules: unknown[]): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization: '' };
    const answer = await host.send('POST', control, { json: { rules }, headers });
    expect(answer.status, answer.text).to.equal(201);
  };

  const envelope = (session: string, call: string): string =>
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">' +
    `<e:Header><SessionHeader xmlns="http://soap.sforce.com/2006/04/metadata"><sessionId>${session}</sessionId></SessionHeader></e:Header>` +
    `<e:Body><${call} xmlns="http://soap.sforce.com/2006/04/metadata"><asOfVersion>67.0</asOfVersion></${call}></e:Body></e:Envelope>`;

  const soap = (call: string): Promise<Answer> =>
    host.send('POST', '/services/Soap/m/67.0', {
      body: envelope(host.admin, call),
      headers: { 'content-type': 'text/xml', authorization: '' },
    });

  const askToken = (): Promise<Answer> =>
    host.send('POST', '/services/oauth2/token', {
      body: new URLSearchParams({ grant_type: 'x' }),
      headers: { authorization: '' },
    });

  const restRefusals: ReadonlyArray<
    readonly [rule: string, ask: [method: string, path: string, options?: SendOptions], status: number, error: unknown]
  > = [
    ['503', ['GET', `${data}/limits`], 503, { errorCode: 'SERVER_UNAVAILABLE', message: 'Server too busy' }],
    [
      'expired-session',
      ['GET', `${data}/limits`],
      401,
      { errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' },
    ],
    [
      'api-limit',
      ['GET', `${data}/sobjects`],
      403,
      { errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' },
    ],
    [
      'lock-row',
      ['POST', `${data}/sobjects/Account`, { json: { Name: 'A' } }],
      400,
      { errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record' },
    ],
    [
      'lock-row',
      ['PATCH', `${data}/sobjects/Account/001000000000001AAA`, { json: { Name: 'A' } }],
      400,
      {
        errorCode: 'UNABLE_TO_LOCK_ROW',
        message: 'unable to obtain exclusive access to this record or 1 records: 001000000000001AAA',
      },
    ],
  ];

  for (const [rule, [method, path, options], status, error] of restRefusals) {
    it(`${rule} at ${method} ${path} is an error of the REST API, once`, async () => {
      await arm(rule);
      const answer = await host.send(method, path, options);
      expect({ status: answer.status, body: answer.body as unknown }).to.deep.equal({ status, body: [error] });
      expect((await host.send(method, path, options)).body).not.to.deep.include([error]);
      expect((await host.query('SELECT Id FROM Account')).body.totalSize, 'the one request that went through').to.equal(
        method === 'POST' ? 1 : 0,
      );
    });
  }

  for (const [rule, status, fault] of [
    ['503', 503, 'sf:SERVER_UNAVAILABLE'],
    ['expired-session', 500, 'sf:INVALID_SESSION_ID'],
    ['api-limit', 500, 'sf:REQUEST_LIMIT_EXCEEDED'],
    ['lock-row operation=change-metadata', 500, 'sf:UNABLE_TO_LOCK_ROW'],
  ] as const) {
    it(`${rule} is a SOAP fault of the Metadata API, once`, async () => {
      await arm(rule);
      const call = rule.includes('lock-row') ? 'createMetadata' : 'describeMetadata';
      const answer = await soap(call);
      expect(answer.status).to.equal(status);
      expect(answer.text)
        .to.match(/^<\?xml/)
        .and.include(`<faultcode>${fault}</faultcode>`);
      expect((await soap('describeMetadata')).text).to.include('<describeMetadataResponse>');
    });
  }

  for (const [rule, status, error] of [
    ['503', 503, { error: 'unknown_error', error_description: 'retry your request' }],
    ['login-rate', 400, { error: 'rate_limit_exceeded', error_description: 'number of logins exceeded' }],
  ] as const) {
    it(`${rule} is an OAuth error of the token endpoint, once`, async () => {
      await arm(rule);
      const answer = await askToken();
      expect({ status: answer.status, body: answer.body as unknown }).to.deep.equal({ status, body: error });
      expect((await askToken()).body).to.include({ error: 'unsupported_grant_type' });
    });
  }

  it('an expired session is refused in plain text where userinfo refuses so', async () => {
    await arm('expired-session operation=userinfo');
    const answer = await host.send('GET', '/services/oauth2/userinfo');
    expect([answer.status, answer.text]).to.deep.equal([403, 'Bad_OAuth_Token']);
    expect((await host.send('GET', '/services/oauth2/userinfo')).status).to.equal(200);
  });

  it('a maintenance page is HTML with status 503, whatever was asked', async () => {
    await arm('maintenance times=3');
    for (const ask of [() => host.send('GET', `${data}/limits`), () => soap('describeMetadata'), askToken]) {
      const { status, headers, text } = await ask();
      expect([status, headers.get('content-type')]).to.deep.equal([503, 'text/html;charset=UTF-8']);
      expect(text).to.include('We are down for maintenance.').and.include("We'll be back shortly.");
    }
    expect((await askToken()).status).to.equal(400);
  });

  it('locked rows are told for each record of a collection', async () => {
    await arm('lock-row times=2');
    const records = [1, 2].map((index) => ({ attributes: { type: 'Account' }, Name: `A${index}` }));
    const error = {
      statusCode: 'UNABLE_TO_LOCK_ROW',
      message: 'unable to obtain exclusive access to this record',
      fields: [],
    };
    const expected = [1, 2].map(() => ({ success: false, errors: [error] }));
    const path = `${data}/composite/sobjects`;
    expect((await host.send('POST', path, { json: { records } })).body).to.deep.equal(expected);
    const ids = '001000000000001AAA,001000000000002AAA';
    expect((await host.send('DELETE', `${path}?ids=${ids}`)).body).to.deep.equal(expected);
  });

  it('a slow answer waits as long as the rule says, and is the right one', async () => {
    await arm('slow delayMs=2500');
    const answer = await host.send('POST', `${data}/sobjects/Account`, { json: { Name: 'A' } });
    expect([answer.status, host.waits]).to.deep.equal([201, [2500]]);
    await host.send('GET', `${data}/limits`);
    expect(host.waits).to.deep.equal([2500]);
  });

  /** What a client sees that reads the raw answer: the error code of its connection, or the body as far as it came. */
  const rawGet = (path: string): Promise<{ readonly code?: string; readonly body: string; readonly told?: string }> =>
    new Promise((resolve) => {
      let body = '';
      let told: string | undefined;
      const failed = (error: NodeJS.ErrnoException): void => resolve({ code: error.code, body, told });
      request(host.org.instanceUrl + path, { headers: { authorization: `Bearer ${host.admin}` } }, (response) => {
        told = response.headers['content-length'];
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('error', failed);
        response.on('end', () => resolve({ body, told }));
      })
        .on('error', failed)
        .end();
    });

  it('a reset ends the connection without an answer', async () => {
    await arm('reset operation=limits');
    expect(await rawGet(`${data}/limits`)).to.deep.equal({ code: 'ECONNRESET', body: '', told: undefined });
    expect((await rawGet(`${data}/limits`)).code).to.equal(undefined);
  });

  it('a truncated answer announces more than it sends', async () => {
    await arm('truncated operation=limits');
    const cut = await rawGet(`${data}/limits`);
    expect(cut.code).to.equal('ECONNRESET');
    const whole = await rawGet(`${data}/limits`);
    expect(cut.body.length).to.equal(Math.floor(whole.body.length / 2));
    expect(cut.told).to.equal(String(whole.body.length));
    expect(whole.body.startsWith(cut.body)).to.equal(true);
  });

  it('hits by operation and path, after so many requests, so many times', async () => {
    await arm('503 operation=query after=1 times=2', { fault: 'api-limit', path: `${data}/limits`, method: 'GET' });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await host.query('SELECT Id FROM User')).status);
    expect(statuses).to.deep.equal([200, 503, 503, 200, 200]);
    expect((await host.send('GET', `${data}/sobjects`)).status).to.equal(200);
    expect((await host.send('GET', `${data}/limits`)).status).to.equal(403);
    const { rules } = (await host.send('GET', control)).body as { rules: unknown[] };
    expect(rules).to.deep.equal([
      { id: 1, fault: '503', operation: 'query', after: 1, times: 2, seen: 3, hit: 2 },
      { id: 2, fault: 'api-limit', path: `${data}/limits`, method: 'GET', after: 0, times: 1, seen: 1, hit: 1 },
    ]);
  });

  it('tells SOAP calls apart', async () => {
    await arm('503 operation=list-metadata');
    expect((await soap('describeMetadata')).status).to.equal(200);
    expect((await soap('listMetadata')).status).to.equal(503);
  });

  it('goes on to say that it is a local org, and to take rules away', async () => {
    await arm('reset times=1000', '503 times=1000');
    expect((await host.send('GET', '/_local')).status).to.equal(200);
    expect((await host.send('DELETE', `${control}/1`)).status).to.equal(204);
    expect((await host.send('DELETE', `${control}/1`)).status).to.equal(404);
    expect((await host.send('GET', `${data}/limits`)).status).to.equal(503);
    expect((await host.send('DELETE', control)).status).to.equal(204);
    expect((await host.send('GET', `${data}/limits`)).status).to.equal(200);
    expect((await host.send('GET', control)).body).to.deep.equal({ rules: [] });
  });

  it('meets requests for what it does not have, and those without a session', async () => {
    await arm('503 times=2');
    expect((await host.send('GET', '/nowhere')).status).to.equal(503);
    expect((await host.send('GET', `${data}/limits`, { headers: { authorization: '' } })).status).to.equal(503);
  });
});
