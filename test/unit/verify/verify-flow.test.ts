import { inspect } from 'node:util';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { checkNames } from '../../../src/verify/check.js';
import type { VerifyProgress } from '../../../src/verify/check-run.js';
import { verifyFlow } from '../../../src/verify/verify-flow.js';
import { allPassed, inputWith, issued, notYet, org, origin, statusesOf, username } from './answering-org.js';
import { jsonResponse, startOfTest } from './material.js';

describe('verifyFlow', () => {
  it('runs all checks in order and verifies a flow that works', async () => {
    const { checks, verified } = await verifyFlow(await inputWith(), org());

    expect(statusesOf(checks)).to.deep.equal(allPassed);
    expect(checks.map(({ name }) => name)).to.deep.equal(
      checkNames.filter((name) => name !== 'certificate-in-app' && !name.startsWith('client-org')),
    );
    expect(verified).to.equal(true);
  });

  it('holds no secret in its result and its progress', async () => {
    const events: VerifyProgress[] = [];
    const world = org({ token: (count) => (count === 1 ? jsonResponse(400, notYet) : jsonResponse(200, issued)) });
    const result = await verifyFlow(await inputWith(), world, (event) => events.push(event));
    const shown = JSON.stringify([result, events]) + inspect([result, events], { depth: 9 });
    const assertions = world.sent.map(({ form }) => form.get('assertion')).filter((each) => each !== null);

    expect(assertions).to.have.length(2);
    expect(['planted-token-value', ...assertions].some((secret) => shown.includes(secret))).to.equal(false);
  });

  it('takes My Domain for both the token endpoint and the audience', async () => {
    const world = org();
    await verifyFlow(await inputWith({ instanceUrl: `${origin}/services/oauth2/token` }), world);
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
    await verifyFlow(await inputWith({ audience: 'https://test.salesforce.com' }), world);

    expect(decodeJwt(world.sent[1]?.form.get('assertion') ?? '').aud).to.equal('https://test.salesforce.com');
  });

  it('probes the endpoint without any grant or secret', async () => {
    const world = org();
    await verifyFlow(await inputWith(), world);

    expect(world.sent[0]).to.include({ method: 'POST', url: `${origin}/services/oauth2/token` });
    expect([...(world.sent[0]?.form.keys() ?? [])]).to.deep.equal([]);
  });

  it('reports each check as it starts and ends', async () => {
    const events: VerifyProgress[] = [];
    const { checks } = await verifyFlow(await inputWith({ expected: undefined }), org(), (event) => events.push(event));

    expect(events).to.deep.equal(
      checks.flatMap((check) => [
        { kind: 'started', name: check.name },
        { kind: 'finished', check },
      ]),
    );
  });
});
