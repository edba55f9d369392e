import { expect } from 'chai';
import { verifyFlow } from '../../../src/verify/verify-flow.js';
import { detailOf, inputWith, org, orgId, statusesOf } from './answering-org.js';
import { jsonResponse, keyMaterial, startOfTest } from './material.js';

describe('verifyFlow, where something is wrong', () => {
  it('sends no assertion that is signed with a key of another certificate', async () => {
    const other = await keyMaterial('other');
    const world = org();
    const { checks, verified } = await verifyFlow(await inputWith({ privateKey: other.privateKey }), world);

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
    const { checks, verified } = await verifyFlow(await inputWith({ privateKey: undefined }), org());

    expect(verified).to.equal(false);
    expect(detailOf(checks, 'token-issued')).to.equal('Skipped: key-matches-certificate was skipped.');
  });

  it('verifies without a certificate, and says what it could not see', async () => {
    const { checks, verified } = await verifyFlow(await inputWith({ certificate: undefined }), org());

    expect(verified).to.equal(true);
    expect(statusesOf(checks)).to.include({ 'key-matches-certificate': 'skipped', 'certificate-valid': 'skipped' });
  });

  it('still asks for a token when the certificate expired, since only the org knows whether it minds', async () => {
    const world = org();
    world.advance(400 * 86_400);
    const { checks, verified } = await verifyFlow(await inputWith(), {
      ...world,
      fetch: (input, init) =>
        init?.body instanceof URLSearchParams && init.body.size === 0
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
    const { checks } = await verifyFlow(await inputWith(), world);

    expect(world.sent).to.have.length(1);
    expect(statusesOf(checks)).to.include({ 'endpoint-reachable': 'failed', 'clock-skew': 'skipped' });
    expect(detailOf(checks, 'token-issued')).to.equal('Skipped: endpoint-reachable failed.');
  });

  it('sends no assertion that has expired before it arrives', async () => {
    const date = new Date(startOfTest.getTime() + 200_000).toUTCString();
    const world = org({ probe: () => jsonResponse(400, { error: 'invalid_request' }, { date }) });
    const { checks } = await verifyFlow(await inputWith(), world);

    expect(world.sent).to.have.length(1);
    expect(detailOf(checks, 'token-issued')).to.equal('Skipped: clock-skew failed.');
  });

  it('explains an instance URL that cannot be one, and sends nothing', async () => {
    const world = org();
    const { checks } = await verifyFlow(await inputWith({ instanceUrl: 'http://acme.example\u0007' }), world);

    expect(world.sent).to.deep.equal([]);
    expect(detailOf(checks, 'endpoint-reachable')).to.match(
      /^http:\/\/acme\.example cannot be used as the instance URL/,
    );
  });

  it('fails for a token of another user', async () => {
    const world = org({
      userInfo: () => jsonResponse(200, { preferred_username: 'admin@example.com', organization_id: orgId }),
    });
    const { checks, verified } = await verifyFlow(await inputWith(), world);

    expect(statusesOf(checks)).to.include({ 'token-works': 'passed', 'user-and-org': 'failed', scopes: 'passed' });
    expect(verified).to.equal(false);
  });

  it('is verified with a warning', async () => {
    const { verified, checks } = await verifyFlow(
      await inputWith({
        certificate: (await keyMaterial('first', 10)).certificate,
        privateKey: (await keyMaterial('first', 10)).privateKey,
      }),
      org(),
    );

    expect(statusesOf(checks)).to.include({ 'certificate-valid': 'warning' });
    expect(verified).to.equal(true);
  });
});
