import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { verifyOauthFlow } from '../../../src/verify/verify-oauth-flow.js';
import { detailOf, statusesOf } from './answering-org.js';
import { fakeWorld, jsonResponse, keyMaterial, startOfTest } from './material.js';

const grant = {
  issuer: 'client-17',
  subject: 'service@example.com',
  audience: 'https://auth.example.com/',
  tokenEndpoint: 'https://auth.example.com/oauth/token',
  baseUrl: 'https://api.example.com/v2',
  scope: 'orders:read orders:Write',
  claims: { tenant: 'acme', tier: 2, iss: 'planted-issuer' },
};
const issued = { access_token: 'planted-token-value', token_type: 'Bearer', scope: 'orders:read orders:Write' };

const server = (token: () => Response = () => jsonResponse(200, issued)) =>
  fakeWorld(({ form }) =>
    form.has('assertion')
      ? token()
      : jsonResponse(400, { error: 'invalid_request' }, { date: startOfTest.toUTCString() }),
  );

const verify = async (world: ReturnType<typeof server>, change: object = {}) => {
  const { privateKey, certificate } = await keyMaterial();
  return verifyOauthFlow({ privateKey, certificate, grant, deadlineSeconds: 600, ...change }, world);
};

describe('verifyOauthFlow', () => {
  it('gets a token and says that it was not used', async () => {
    const { checks, verified, orgId } = await verify(server());

    expect(statusesOf(checks)).to.deep.equal({
      'key-matches-certificate': 'passed',
      'certificate-valid': 'passed',
      'endpoint-reachable': 'passed',
      'clock-skew': 'passed',
      'token-issued': 'passed',
      'token-works': 'skipped',
      scopes: 'passed',
    });
    expect([verified, orgId]).to.deep.equal([true, undefined]);
    expect(detailOf(checks, 'token-issued')).to.equal('A token was issued by https://auth.example.com/oauth/token.');
    expect(detailOf(checks, 'token-works')).to.equal(
      'https://api.example.com/v2 was not called with the token: nothing is known of what this API offers.',
    );
    expect(JSON.stringify(checks)).not.to.include('planted-token-value');
  });

  it('sends scope and claims, and lets no claim take the place of a registered one', async () => {
    const world = server();
    await verify(world);
    const [, { url, form } = { url: '', form: new URLSearchParams() }] = world.sent;

    expect([url, form.get('scope')]).to.deep.equal([grant.tokenEndpoint, grant.scope]);
    expect(decodeJwt(form.get('assertion') ?? '')).to.deep.equal({
      tenant: 'acme',
      tier: 2,
      iss: 'client-17',
      sub: 'service@example.com',
      aud: 'https://auth.example.com/',
      exp: startOfTest.getTime() / 1000 + 120,
    });
    expect(world.sent.map(({ url: each }) => each)).not.to.include(grant.baseUrl);
  });

  it('sends no scope where none is configured', async () => {
    const world = server();
    await verify(world, { grant: { ...grant, scope: undefined, claims: undefined } });

    expect([...(world.sent[1]?.form.keys() ?? [])]).to.deep.equal(['grant_type', 'assertion']);
  });

  it('explains a refusal in general words, and never waits', async () => {
    const body = { error: 'invalid_grant', error_description: "user hasn't approved this consumer" };
    const world = server(() => jsonResponse(400, body));
    const { checks, verified } = await verify(world);

    expect([verified, world.slept]).to.deep.equal([false, []]);
    expect(detailOf(checks, 'token-issued')).to.equal(
      `No token. The server said invalid_grant, "user hasn't approved this consumer": the server does not accept the assertion: its signature, issuer, subject, audience or times are not what it expects.`,
    );
    expect(JSON.stringify(checks)).not.to.match(/salesforce|permission set|My Domain/i);
  });

  for (const [what, answer] of [
    ['a web page', () => new Response('<html>', { status: 200, headers: { 'content-type': 'text/html' } })],
    ['HTTP 503', () => new Response('', { status: 503 })],
    ['a redirect', () => new Response('', { status: 302, headers: { location: 'https://example.com/' } })],
    ['an answer without a token', () => jsonResponse(200, {})],
    [
      'no answer',
      () => {
        throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
      },
    ],
  ] as const) {
    it(`explains ${what} without a word of Salesforce's`, async () => {
      const probed = fakeWorld(answer);
      const { checks } = await verify(probed);
      const refused = await verify(server(answer));
      const texts = JSON.stringify([...checks, ...refused.checks].flatMap(({ detail, actions }) => [detail, actions]));

      expect(refused.verified).to.equal(false);
      expect(texts).not.to.match(/salesforce|\borg\b|My Domain|instance URL/i);
    });
  }

  it('compares scopes as they are written', async () => {
    const { checks, verified } = await verify(server(() => jsonResponse(200, { ...issued, scope: 'orders:write' })));

    expect(verified).to.equal(false);
    expect(detailOf(checks, 'scopes')).to.equal(
      'The token has the scopes orders:write; orders:read, orders:Write missing.',
    );
  });

  it('knows what an answer without scopes means', async () => {
    const silent = server(() => jsonResponse(200, { ...issued, scope: undefined }));
    const asked = await verify(silent);
    const notAsked = await verify(silent, { grant: { ...grant, scope: undefined } });

    expect(detailOf(asked.checks, 'scopes')).to.equal(
      'The answer does not name the scopes of the token: then it has those that were asked for (RFC 6749 section 5.1).',
    );
    expect(detailOf(notAsked.checks, 'scopes')).to.equal('The answer does not name the scopes of the token.');
  });

  it('is not verified without a key', async () => {
    const { checks, verified } = await verify(server(), { privateKey: undefined });

    expect(verified).to.equal(false);
    expect(statusesOf(checks)['token-issued']).to.equal('skipped');
  });
});
