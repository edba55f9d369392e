import { inspect } from 'node:util';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import type { KeyMaterial } from '../../../src/keys/key-material.js';
import { checkNames, type Check } from '../../../src/verify/check.js';
import type { VerifyProgress } from '../../../src/verify/check-run.js';
import { verifyFlow, type VerifyInput } from '../../../src/verify/verify-flow.js';
import { fakeWorld, jsonResponse, keyMaterial, startOfTest, type Sent } from './material.js';

const origin = 'https://acme.my.salesforce.com';
const username = 'integration@example.com';
const orgId = '00D000000000001AAA';
const notYet = { error: 'invalid_client_id', error_description: 'client identifier invalid' };
const issued = {
  access_token: 'planted-token-value',
  instance_url: origin,
  id: `https://login.salesforce.com/id/${orgId}/005000000000001AAA`,
  scope: 'api web',
  token_type: 'Bearer',
};

const dated = { date: startOfTest.toUTCString() };
const isProbe = (request: Sent): boolean => request.method === 'POST' && !request.form.has('assertion');

/** An org that works, except where a test says otherwise. `token` gets the number of the token request. */
function org(change: { probe?: () => Response; token?: (count: number) => Response; userInfo?: () => Response } = {}) {
  let tokens = 0;
  return fakeWorld((request) => {
    if (isProbe(request)) return change.probe?.() ?? jsonResponse(400, { error: 'unsupported_grant_type' }, dated);
    if (request.method === 'POST') {
      tokens += 1;
      return change.token?.(tokens) ?? jsonResponse(200, issued);
    }
    const user = { preferred_username: username, organization_id: orgId };
    return change.userInfo?.() ?? jsonResponse(200, user);
  });
}

const statusesOf = (checks: readonly Check[]): Record<string, string> =>
  Object.fromEntries(checks.map(({ name, status }) => [name, status]));

const allPassed = {
  'key-matches-certificate': 'passed',
  'certificate-valid': 'passed',
  'endpoint-reachable': 'passed',
  'clock-skew': 'passed',
  'token-issued': 'passed',
  'token-works': 'passed',
  'user-and-org': 'passed',
  scopes: 'passed',
};

describe('verifyFlow', () => {
  let own: KeyMaterial;

  before(async () => {
    own = await keyMaterial();
  });

  const inputWith = (change: Partial<VerifyInput> = {}): VerifyInput => ({
    privateKey: own.privateKey,
    certificate: own.certificate,
    clientId: 'CONSUMER_KEY',
    username,
    instanceUrl: origin,
    expected: { orgId, scopes: ['Api', 'Web', 'RefreshToken'] },
    deadlineSeconds: 600,
    ...change,
  });

  const detailOf = (checks: readonly Check[], name: string): string =>
    checks.find((check) => check.name === name)?.detail ?? '';

  it('runs all checks in order and verifies a flow that works', async () => {
    const { checks, verified } = await verifyFlow(inputWith(), org());

    expect(statusesOf(checks)).to.deep.equal(allPassed);
    expect(checks.map(({ name }) => name)).to.deep.equal(
      checkNames.filter((name) => name !== 'certificate-in-app' && name !== 'client-org-runs'),
    );
    expect(verified).to.equal(true);
  });

  it('holds no secret in its result and its progress', async () => {
    const events: VerifyProgress[] = [];
    const world = org({ token: (count) => (count === 1 ? jsonResponse(400, notYet) : jsonResponse(200, issued)) });
    const result = await verifyFlow(inputWith(), world, (event) => events.push(event));
    const shown = JSON.stringify([result, events]) + inspect([result, events], { depth: 9 });
    const assertions = world.sent.map(({ form }) => form.get('assertion')).filter((each) => each !== null);

    expect(assertions).to.have.length(2);
    expect(['planted-token-value', ...assertions].some((secret) => shown.includes(secret))).to.equal(false);
  });

  it('takes My Domain for both the token endpoint and the audience', async () => {
    const world = org();
    await verifyFlow(inputWith({ instanceUrl: `${origin}/services/oauth2/token` }), world);
    const [, request] = world.sent;

    expect(request?.url).to.equal(`${origin}/services/oauth2/token`);
    expect(decodeJwt(request?.form.get('assertion') ?? '')).to.deep.equal({
      iss: 'CONSUMER_KEY',
      sub: username,
      aud: origin,
      exp: startOfTest.getTime() / 1000 + 120,
    });
  });

  it('takes another audience when one is given', async () => {
    const world = org();
    await verifyFlow(inputWith({ audience: 'https://test.salesforce.com' }), world);

    expect(decodeJwt(world.sent[1]?.form.get('assertion') ?? '').aud).to.equal('https://test.salesforce.com');
  });

  it('probes the endpoint without any grant or secret', async () => {
    const world = org();
    await verifyFlow(inputWith(), world);

    expect(world.sent[0]).to.include({ method: 'POST', url: `${origin}/services/oauth2/token` });
    expect([...(world.sent[0]?.form.keys() ?? [])]).to.deep.equal([]);
  });

  it('waits for an app that is not known yet, signs anew for each attempt, and says so', async () => {
    const events: VerifyProgress[] = [];
    const world = org({ token: (count) => (count < 4 ? jsonResponse(400, notYet) : jsonResponse(200, issued)) });
    const { checks, verified } = await verifyFlow(inputWith(), world, (event) => events.push(event));
    const assertions = world.sent.map(({ form }) => form.get('assertion')).filter((each) => each !== null);

    expect(verified).to.equal(true);
    expect(world.slept).to.deep.equal([5, 10, 15]);
    expect(assertions.map((each) => (decodeJwt(each).exp ?? 0) - startOfTest.getTime() / 1000)).to.deep.equal([
      120, 125, 135, 150,
    ]);
    expect(detailOf(checks, 'token-issued')).to.equal(
      `A token was issued for ${origin} after 4 attempts in 30 seconds.`,
    );
    expect(events.filter(({ kind }) => kind === 'waiting')[0]).to.deep.equal({
      kind: 'waiting',
      name: 'token-issued',
      detail:
        'The org said invalid_client_id, "client identifier invalid"; a new or changed app takes a few minutes to be known',
      nextAttemptSeconds: 5,
      remainingSeconds: 600,
    });
  });

  it('gives up at the deadline, with cause and next steps', async () => {
    const world = org({ token: () => jsonResponse(400, notYet) });
    const { checks, verified } = await verifyFlow(inputWith({ deadlineSeconds: 20 }), world);
    const check = checks.find(({ name }) => name === 'token-issued');

    expect(verified).to.equal(false);
    expect(world.slept).to.deep.equal([5, 10, 5]);
    expect(check?.status).to.equal('failed');
    expect(check?.detail).to.match(
      /^No token after 4 attempts in 20 seconds\. The org said invalid_client_id, "client identifier invalid": the org knows no app with this consumer key/,
    );
    expect(check?.actions).to.have.length(3);
    expect(statusesOf(checks)).to.include({ 'token-works': 'skipped', 'user-and-org': 'skipped', scopes: 'skipped' });
    expect(detailOf(checks, 'scopes')).to.equal('Skipped: token-issued failed.');
  });

  it('does not wait where waiting cannot help', async () => {
    const refusal = { error: 'invalid_grant', error_description: 'invalid assertion' };
    const world = org({ token: () => jsonResponse(400, refusal) });
    const { checks } = await verifyFlow(inputWith(), world);

    expect(world.slept).to.deep.equal([]);
    expect(detailOf(checks, 'token-issued')).to.match(/^No token\. The org said invalid_grant, "invalid assertion": /);
  });

  it('goes on waiting over a passing fault, but does not start to wait for one', async () => {
    const fault = (): Response => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) });
    };
    const passing = org({
      token: (count) =>
        [jsonResponse(400, notYet), undefined, new Response('', { status: 503 })][count - 1] ??
        (count === 2 ? fault() : jsonResponse(200, issued)),
    });
    const first = org({ token: fault });

    expect((await verifyFlow(inputWith(), passing)).verified).to.equal(true);
    expect(passing.slept).to.deep.equal([5, 10, 15]);
    const { checks } = await verifyFlow(inputWith(), first);
    expect(first.slept).to.deep.equal([]);
    expect(detailOf(checks, 'token-issued')).to.equal(
      'No token. The org did not answer: the connection was cut before an answer came (ECONNRESET).',
    );
  });

  it('stops waiting when an answer is no OAuth at all', async () => {
    const world = org({ token: (count) => (count === 1 ? jsonResponse(400, notYet) : jsonResponse(200, [])) });
    const { checks } = await verifyFlow(inputWith(), world);

    expect(world.slept).to.deep.equal([5]);
    expect(detailOf(checks, 'token-issued')).to.match(
      /^No token after 2 attempts in 5 seconds\. The org answered HTTP 200 with a body that is not a JSON object: /,
    );
  });

  it('says an error without a description as it is', async () => {
    const world = org({ token: () => jsonResponse(400, { error: 'odd' }) });

    expect(detailOf((await verifyFlow(inputWith(), world)).checks, 'token-issued')).to.match(
      /^No token\. The org said odd: this error is not in our catalogue/,
    );
  });

  it('sends no assertion that is signed with a key of another certificate', async () => {
    const other = await keyMaterial('other');
    const world = org();
    const { checks, verified } = await verifyFlow(inputWith({ privateKey: other.privateKey }), world);

    expect(verified).to.equal(false);
    expect(world.sent).to.have.length(1);
    expect(statusesOf(checks)).to.include({
      'key-matches-certificate': 'failed',
      'endpoint-reachable': 'passed',
      'token-issued': 'skipped',
    });
    expect(detailOf(checks, 'token-issued')).to.equal('Skipped: key-matches-certificate failed.');
  });

  it('is not verified without a key, though nothing failed', async () => {
    const { checks, verified } = await verifyFlow(inputWith({ privateKey: undefined }), org());

    expect(verified).to.equal(false);
    expect(detailOf(checks, 'token-issued')).to.equal('Skipped: key-matches-certificate was skipped.');
  });

  it('verifies without a certificate, and says what it could not see', async () => {
    const { checks, verified } = await verifyFlow(inputWith({ certificate: undefined }), org());

    expect(verified).to.equal(true);
    expect(statusesOf(checks)).to.include({ 'key-matches-certificate': 'skipped', 'certificate-valid': 'skipped' });
  });

  it('still asks for a token when the certificate expired, since only the org knows whether it minds', async () => {
    const world = org();
    world.advance(400 * 86_400);
    const { checks, verified } = await verifyFlow(inputWith(), {
      ...world,
      fetch: (input, init) =>
        init?.method === 'POST' && String(init.body) === ''
          ? Promise.resolve(jsonResponse(400, { error: 'invalid_request' }))
          : world.fetch(input, init),
    });

    expect(statusesOf(checks)).to.include({ 'certificate-valid': 'failed', 'token-issued': 'passed' });
    expect(verified).to.equal(false);
  });

  it('sends nothing more when the endpoint cannot be reached', async () => {
    const world = org({
      probe: () => {
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) });
      },
    });
    const { checks } = await verifyFlow(inputWith(), world);

    expect(world.sent).to.have.length(1);
    expect(statusesOf(checks)).to.include({ 'endpoint-reachable': 'failed', 'clock-skew': 'skipped' });
    expect(detailOf(checks, 'token-issued')).to.equal('Skipped: endpoint-reachable failed.');
  });

  it('sends no assertion that has expired before it arrives', async () => {
    const date = new Date(startOfTest.getTime() + 200_000).toUTCString();
    const world = org({ probe: () => jsonResponse(400, { error: 'invalid_request' }, { date }) });
    const { checks } = await verifyFlow(inputWith(), world);

    expect(world.sent).to.have.length(1);
    expect(detailOf(checks, 'token-issued')).to.equal('Skipped: clock-skew failed.');
  });

  it('explains an instance URL that cannot be one, and sends nothing', async () => {
    const world = org();
    const { checks } = await verifyFlow(inputWith({ instanceUrl: 'http://acme.example\u0007' }), world);

    expect(world.sent).to.deep.equal([]);
    expect(detailOf(checks, 'endpoint-reachable')).to.match(
      /^http:\/\/acme\.example cannot be used as the instance URL/,
    );
  });

  it('fails for a token of another user', async () => {
    const world = org({
      userInfo: () => jsonResponse(200, { preferred_username: 'admin@example.com', organization_id: orgId }),
    });
    const { checks, verified } = await verifyFlow(inputWith(), world);

    expect(statusesOf(checks)).to.include({ 'token-works': 'passed', 'user-and-org': 'failed', scopes: 'passed' });
    expect(verified).to.equal(false);
  });

  it('is verified with a warning', async () => {
    const { verified, checks } = await verifyFlow(
      inputWith({
        certificate: (await keyMaterial('first', 10)).certificate,
        privateKey: (await keyMaterial('first', 10)).privateKey,
      }),
      org(),
    );

    expect(statusesOf(checks)).to.include({ 'certificate-valid': 'warning' });
    expect(verified).to.equal(true);
  });

  it('reports each check as it starts and ends', async () => {
    const events: VerifyProgress[] = [];
    const { checks } = await verifyFlow(inputWith({ expected: undefined }), org(), (event) => events.push(event));

    expect(events).to.deep.equal(
      checks.flatMap((check) => [
        { kind: 'started', name: check.name },
        { kind: 'finished', check },
      ]),
    );
  });
});
