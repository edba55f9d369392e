import { expect } from 'chai';
import { readRules } from '../../../../src/local-org/faults/read-rules.js';
import { hostOrgs, type Answer, type HostedOrg } from '../hosted-org.js';

const control = '/_local/faults';

describe('fault rules', () => {
  for (const [entry, expected] of [
    ['503', { fault: '503', after: 0, times: 1 }],
    ['  slow   delayMs=60000 ', { fault: 'slow', after: 0, times: 1, delayMs: 60_000 }],
    ['slow', { fault: 'slow', after: 0, times: 1, delayMs: 1000 }],
    [
      'reset operation=deploy-status method=GET path=/services after=2 times=1000',
      { fault: 'reset', operation: 'deploy-status', method: 'GET', path: '/services', after: 2, times: 1000 },
    ],
    [
      { fault: '503', times: 2 },
      { fault: '503', after: 0, times: 2 },
    ],
  ] as const) {
    it(`are read from ${JSON.stringify(entry)}`, () => {
      const { rules, problems } = readRules([entry]);
      expect(problems).to.deep.equal([]);
      expect(JSON.parse(JSON.stringify(rules))).to.deep.equal([expected]);
    });
  }

  const faults = '503, maintenance, reset, truncated, slow, expired-session, api-limit, login-rate, lock-row';
  for (const [entry, ...expected] of [
    ['', `it names no fault; there are ${faults}.`],
    ['502', `"502" is no fault; there are ${faults}.`],
    [7, 'a rule is an object, or a text like "503 operation=query times=3".'],
    [['503'], 'a rule is an object, or a text like "503 operation=query times=3".'],
    [{ fault: 503 }, `"503" is no fault; there are ${faults}.`],
    ['503 times=0', 'times is a whole number from 1 to 1000.'],
    ['503 times=1001', 'times is a whole number from 1 to 1000.'],
    ['503 after=-1', 'after is a whole number from 0 to 1000000.'],
    ['503 times=1.5', 'times is a whole number from 1 to 1000.'],
    ['slow delayMs=60001', 'delayMs is a whole number from 1 to 60000.'],
    ['503 delayMs=5', 'delayMs belongs to the fault slow, not to 503.'],
    ['503 path=services', 'the path is the beginning of one, with a slash first, like /services/data.'],
    ['503 often', '"often" is no setting; write one as name=value, like times=3.'],
    ['503 times=1 times=2', 'the setting "times" stands there twice.'],
    [
      '503 fault=reset times=x oft\u0007en=1',
      'the setting "fault" stands there twice.',
      'there is no setting "oft?en"; there are fault, operation, path, method, after, times, delayMs.',
      'times is a whole number from 1 to 1000.',
    ],
    ['login-rate operation=query', 'login-rate never meets the operation query; it meets token.'],
    ['login-rate path=/services/data', 'no path of token begins with "/services/data".'],
    [
      'lock-row path=/services/oauth2',
      'no path of create, update, delete, composite, change-metadata begins with "/services/oauth2".',
    ],
    ['503 operation=query path=/services/Soap', 'no path of query begins with "/services/Soap".'],
  ] as const) {
    it(`are refused where they are ${JSON.stringify(entry)}`, () => {
      expect(readRules([entry])).to.deep.equal({ rules: [], problems: expected.map((text) => `Rule 1: ${text}`) });
    });
  }

  it('are refused with everything that is wrong in any of them', () => {
    expect(readRules(['503', 'slow times=0 delayMs=0', 'x']).problems.map((text) => text.slice(0, 20))).to.deep.equal([
      'Rule 2: times is a w',
      'Rule 2: delayMs is a',
      'Rule 3: "x" is no fa',
    ]);
  });
});

describe('the control endpoint of faults', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  const post = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    host.send('POST', control, {
      body,
      headers: { 'content-type': 'application/json', authorization: '', ...headers },
    });

  const rulesThere = async (): Promise<number> =>
    ((await host.send('GET', control)).body as { rules: unknown[] }).rules.length;

  it('takes one rule or several, without a session', async () => {
    expect((await post('{"fault":"503"}')).body.rules).to.have.length(1);
    const { status, body } = await post('{"rules":["reset",{"fault":"slow","delayMs":5}]}');
    expect([status, body.rules.map(({ id }: { id: number }) => id)]).to.deep.equal([201, [2, 3]]);
    expect(await rulesThere()).to.equal(3);
  });

  it('answers a bad rule with each problem, and takes none', async () => {
    const { status, body } = await post('{"rules":["503","502 times=0"]}');
    expect(status).to.equal(400);
    expect(body.map(({ errorCode }: { errorCode: string }) => errorCode)).to.deep.equal([
      'INVALID_INPUT',
      'INVALID_INPUT',
    ]);
    expect(await rulesThere()).to.equal(0);
  });

  it('refuses what a form on a web page could send, and any other origin', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '']) {
      expect((await post('{"fault":"503"}', { 'content-type': type })).status, type).to.equal(415);
    }
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1']) {
      const { status, body } = await post('{"fault":"503"}', { origin });
      expect([status, body[0].message]).to.deep.equal([403, 'Web pages may not change what a local org does.']);
      expect((await host.send('DELETE', control, { headers: { origin } })).status).to.equal(403);
    }
    expect(await rulesThere()).to.equal(0);
    expect((await post('{"fault":"503"}', { origin: host.org.instanceUrl })).status).to.equal(201);
  });

  it('grants no other origin a look, so that browsers do not send JSON there', async () => {
    const preflight = await host.send('OPTIONS', control, { headers: { origin: 'https://evil.example' } });
    expect(preflight.status).to.equal(405);
    expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control'))).to.deep.equal([]);
  });

  it('keeps at most a hundred rules, and lets those go that are spent', async () => {
    const hundred = JSON.stringify({ rules: Array.from({ length: 100 }, () => '503') });
    expect((await post(hundred)).status).to.equal(201);
    const { status, body } = await post('{"fault":"503"}');
    expect([status, body[0].message]).to.deep.equal([400, 'At most 100 rules can wait at a time.']);
    await host.send('GET', '/services/data');
    expect((await post('{"fault":"503"}')).status).to.equal(201);
    expect(await rulesThere()).to.equal(100);
    expect((await post(JSON.stringify({ rules: Array.from({ length: 101 }, () => '503') }))).status).to.equal(400);
  });
});
