import { expect } from 'chai';
import { decodeJwt } from 'jose';
import type { VerifyProgress } from '../../../src/verify/check-run.js';
import { verifyFlow } from '../../../src/verify/verify-flow.js';
import { detailOf, inputWith, issued, notYet, org, origin, statusesOf } from './answering-org.js';
import { jsonResponse, startOfTest } from './material.js';

describe('verifyFlow, waiting', () => {
  it('waits for an app that is not known yet, signs anew for each attempt, and says so', async () => {
    const events: VerifyProgress[] = [];
    const world = org({ token: (count) => (count < 4 ? jsonResponse(400, notYet) : jsonResponse(200, issued)) });
    const { checks, verified } = await verifyFlow(await inputWith(), world, (event) => events.push(event));
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
    const { checks, verified } = await verifyFlow(await inputWith({ deadlineSeconds: 20 }), world);
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
    const { checks } = await verifyFlow(await inputWith(), world);

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

    expect((await verifyFlow(await inputWith(), passing)).verified).to.equal(true);
    expect(passing.slept).to.deep.equal([5, 10, 15]);
    const { checks } = await verifyFlow(await inputWith(), first);
    expect(first.slept).to.deep.equal([]);
    expect(detailOf(checks, 'token-issued')).to.equal(
      'No token. The org did not answer: the connection was cut before an answer came (ECONNRESET).',
    );
  });

  it('stops waiting when an answer is no OAuth at all', async () => {
    const world = org({ token: (count) => (count === 1 ? jsonResponse(400, notYet) : jsonResponse(200, [])) });
    const { checks } = await verifyFlow(await inputWith(), world);

    expect(world.slept).to.deep.equal([5]);
    expect(detailOf(checks, 'token-issued')).to.match(
      /^No token after 2 attempts in 5 seconds\. The org answered HTTP 200 with a body that is not a JSON object: /,
    );
  });

  it('says an error without a description as it is', async () => {
    const world = org({ token: () => jsonResponse(400, { error: 'odd' }) });

    expect(detailOf((await verifyFlow(await inputWith(), world)).checks, 'token-issued')).to.match(
      /^No token\. The org said odd: this error is not in our catalogue/,
    );
  });
});
