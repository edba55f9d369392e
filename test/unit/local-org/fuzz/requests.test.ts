import { SeededRandom } from '../../../helpers/seeded-random.js';
import { userId } from '../hosted-org.js';
import { fuzzedOrg, iterations, odd, type FuzzedOrg } from './fuzzed-org.js';

const data = '/services/data/v67.0';

describe('a local org under requests of any kind', () => {
  let fuzzed: FuzzedOrg;

  beforeEach(async () => {
    fuzzed = await fuzzedOrg();
  });

  afterEach(() => fuzzed.close());

  it('answers any address', async () => {
    const random = new SeededRandom(1);
    const paths = [
      `${data}/sobjects/Account/001000000000001AAA`,
      `${data}/sobjects/User/describe`,
      `${data}/composite/sobjects?ids=001000000000001AAA`,
      `${data}/query/01g000000000001AAA-2000`,
      `${data}/tooling/executeAnonymous/?anonymousBody=x`,
      '/services/oauth2/token?grant_type=x',
      `/id/${fuzzed.host.org.id}/005000000000001AAA`,
      '/services/Soap/s/67.0/00D000000000001',
      '/_local/faults/1',
    ];
    for (let index = 0; index < iterations; index += 1) {
      const path = `/${random.mutated(random.pick(paths), odd).replace(/^\/+/, '')}`;
      const method = random.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']);
      fuzzed.judge(await fuzzed.host.send(method, path), `${method} ${JSON.stringify(path)}`);
    }
  });

  const bodies = (random: SeededRandom): readonly (readonly [method: string, path: string, body: unknown])[] => {
    const user = userId(fuzzed.host.org, 'integration@jwt-server.local');
    const record = { attributes: { type: 'Account', referenceId: 'a' }, Name: 'A' };
    return [
      ['POST', `${data}/sobjects/Account`, { Name: 'A', Phone: '1', Description: null }],
      ['POST', `${data}/sobjects/Contact`, { LastName: 'L', AccountId: '001000000000001AAA', Email: 'a@b.c' }],
      ['PATCH', `${data}/sobjects/User/${user}`, { Alias: 'a', IsActive: true, Email: 'a@b.c' }],
      ['POST', `${data}/sobjects/PermissionSetAssignment`, { AssigneeId: user, PermissionSetId: '0PS000000000001AAA' }],
      ['POST', `${data}/composite/sobjects`, { allOrNone: true, records: [record, record] }],
      ['POST', `${data}/composite/tree/Account`, { records: [{ ...record, Contacts: { records: [record] } }] }],
      [
        'POST',
        `${data}/composite`,
        {
          allOrNone: random.chance(0.5),
          compositeRequest: [
            { method: 'POST', url: `${data}/sobjects/Account`, referenceId: 'a', body: { Name: 'A' } },
            { method: 'GET', url: `${data}/sobjects/Account/@{a.id}`, referenceId: 'b' },
          ],
        },
      ],
      ['POST', `${data}/composite/batch`, { batchRequests: [{ method: 'GET', url: 'v67.0/limits' }] }],
      [
        'POST',
        '/_local/jwt-bearer',
        { certificate: 'c', issuer: 'i', subject: 's', audience: 'a', validitySeconds: 1 },
      ],
    ];
  };

  it('answers any text in place of JSON', async () => {
    const random = new SeededRandom(2);
    for (let index = 0; index < iterations; index += 1) {
      const [method, path, value] = random.pick(bodies(random));
      const body = random.mutated(JSON.stringify(value), odd);
      const headers = { 'content-type': 'application/json' };
      fuzzed.judge(
        await fuzzed.host.send(method, path, { body, headers }),
        `${method} ${path} ${JSON.stringify(body)}`,
      );
    }
  });

  it('answers JSON of any shape', async () => {
    const random = new SeededRandom(3);
    for (let index = 0; index < iterations; index += 1) {
      const [method, path, value] = random.pick(bodies(random));
      const json = reshaped(random, value, 0);
      fuzzed.judge(await fuzzed.host.send(method, path, { json }), `${method} ${path} ${JSON.stringify(json)}`);
    }
  });

  it('answers any fault rule and any setting, and takes none that it refuses', async () => {
    const random = new SeededRandom(4);
    const headers = { 'content-type': 'application/json', authorization: '' };
    for (let index = 0; index < iterations; index += 1) {
      const text = random.mutated('503 operation=query path=/services method=GET after=1 times=2', odd);
      const object = { fault: 'slow', delayMs: 5, operation: 'token', path: '/x', times: 1, after: 1 };
      const rules = { rules: [random.chance(0.5) ? text : reshaped(random, object, 0)] };
      const settings = reshaped(random, { deployDelayMs: 1, deployDelayPolls: 1, propagationDelayMs: 1 }, 0);
      const [method, path, json] = random.pick([
        ['POST', '/_local/faults', rules],
        ['PATCH', '/_local/settings', settings],
      ] as const);
      const answer = await fuzzed.host.send(method, path, { json, headers });
      fuzzed.judge(answer, `${path} ${JSON.stringify(json)}`);
      const { rules: armed } = (await fuzzed.host.send('GET', '/_local/faults')).body as { rules: { times: number }[] };
      if (armed.length !== (answer.status === 201 ? 1 : 0) || armed.some(({ times }) => !(times <= 1000)))
        throw new Error(`taken as a rule: ${JSON.stringify(json)}`);
      await fuzzed.host.send('DELETE', '/_local/faults');
    }
  });
});

const scalars = [null, true, false, 0, -1, 1.5, 1e308, '', 'x', '001000000000001AAA', '\u0000', '__proto__', 'v67.0'];

/** A value with parts of it replaced, left out, wrapped, doubled or renamed. */
function reshaped(random: SeededRandom, value: unknown, depth: number): unknown {
  if (random.chance(0.12)) return random.pick<unknown>([...scalars, [], {}, [value], { x: value }, [value, value]]);
  if (Array.isArray(value)) return value.map((entry: unknown) => reshaped(random, entry, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, entry]) => {
    if (random.chance(0.08)) return [];
    const key = random.chance(0.06)
      ? random.pick(['__proto__', 'constructor', 'Id', 'attributes', '', 'x\u0000', 'name'])
      : name;
    return [[key, reshaped(random, entry, depth + 1)] as const];
  });
  return Object.fromEntries(entries);
}
