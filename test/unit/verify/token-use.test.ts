import { expect } from 'chai';
import { AccessToken } from '../../../src/verify/access-token.js';
import { lookAtToken } from '../../../src/verify/token-use.js';
import type { TokenIssued } from '../../../src/verify/token-verdict.js';
import { fakeWorld, jsonResponse, type Sent } from './material.js';

const origin = 'https://acme.my.salesforce.com';
const token: TokenIssued = {
  kind: 'issued',
  accessToken: new AccessToken('the-token'),
  instanceUrl: `${origin}/`,
  identityUrl: 'https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA',
  tokenFormat: 'opaque',
};
const versions = [
  { version: '66.0', url: '/services/data/v66.0' },
  { version: '67.0', url: '/services/data/v67.0' },
];

/** Answers by path; what is not listed is refused as a token without the scope is. */
const orgWith = (paths: Readonly<Record<string, () => Response>>) =>
  fakeWorld(({ url }) => paths[url.slice(origin.length)]?.() ?? new Response('Bad_OAuth_Token', { status: 403 }));

const pathsOf = (sent: readonly Sent[]): readonly string[] => sent.map(({ url }) => url.slice(origin.length));

describe('token-works', () => {
  it('asks for the user with the token', async () => {
    const user = { preferred_username: 'integration@example.com', organization_id: '00D000000000001AAA' };
    const org = orgWith({ '/services/oauth2/userinfo': () => jsonResponse(200, user) });
    const { finding, value } = await lookAtToken(token, 'unused', org);

    expect(finding).to.deep.equal({
      status: 'passed',
      detail: `The token works: ${origin}/services/oauth2/userinfo answers.`,
    });
    expect(value).to.deep.equal({ username: 'integration@example.com', orgId: '00D000000000001AAA' });
    expect(org.sent).to.have.length(1);
    expect(org.sent[0]?.headers.get('authorization') === 'Bearer the-token').to.equal(true);
  });

  it('shows the address that a server names as text only', async () => {
    const strange = `${origin}/\u001B[2J`;
    const org = fakeWorld(() => jsonResponse(200, {}));
    const { finding } = await lookAtToken({ ...token, instanceUrl: strange }, 'unused', org);

    expect(finding.detail).to.equal(`The token works: ${origin}/ [2J/services/oauth2/userinfo answers.`);
  });

  it('takes the org from the identity URL where userinfo does not tell it', async () => {
    const org = orgWith({ '/services/oauth2/userinfo': () => jsonResponse(200, {}) });

    expect((await lookAtToken(token, 'unused', org)).value).to.deep.equal({
      username: undefined,
      orgId: '00D000000000001AAA',
    });
  });

  it('uses the REST API where the scopes do not open userinfo', async () => {
    const org = orgWith({
      '/services/data': () => jsonResponse(200, versions),
      '/services/data/v67.0/limits': () => jsonResponse(200, {}),
      '/services/data/v67.0/sobjects/User/005000000000001AAA?fields=Username': () =>
        jsonResponse(200, { Username: 'integration@example.com' }),
    });
    const { finding, value } = await lookAtToken(token, 'unused', org);

    expect(finding).to.deep.equal({
      status: 'passed',
      detail: `The token works: ${origin}/services/data/v67.0/limits answers (userinfo does not).`,
    });
    expect(value).to.deep.equal({ username: 'integration@example.com', orgId: '00D000000000001AAA' });
  });

  it('passes without a name when the user may not be read or is not told', async () => {
    const org = orgWith({
      '/services/data': () => jsonResponse(200, versions),
      '/services/data/v67.0/limits': () => jsonResponse(200, {}),
    });
    const anonymous = { ...token, identityUrl: 'https://login.salesforce.com/id/../005' };

    expect((await lookAtToken(token, 'unused', org)).value?.username).to.equal(undefined);
    expect((await lookAtToken(anonymous, 'unused', org)).value).to.deep.equal({
      username: undefined,
      orgId: undefined,
    });
  });

  it('fails with the words of the API when it refuses the token', async () => {
    const org = orgWith({
      '/services/data': () => jsonResponse(200, versions),
      '/services/data/v67.0/limits': () =>
        jsonResponse(403, [{ errorCode: 'API_DISABLED_FOR_ORG', message: 'API is not enabled\u0007' }]),
    });
    const { finding, value } = await lookAtToken(token, 'unused', org);

    expect(finding).to.include({
      status: 'failed',
      detail: `The token was issued, but ${origin} refuses calls with it (HTTP 403, "API_DISABLED_FOR_ORG: API is not enabled").`,
    });
    expect(finding.actions?.[0]).to.match(/^Give the user the permission "API Enabled"/);
    expect(value).to.equal(undefined);
  });

  for (const [what, given] of [
    ['a refusal', () => new Response('', { status: 404 })],
    ['no list', () => jsonResponse(200, {})],
    ['an empty list', () => jsonResponse(200, [])],
    ['a path that leads elsewhere', () => jsonResponse(200, [{ url: '/services/data/v67.0/../../x' }])],
  ] as const) {
    it(`fails where the list of versions is ${what}`, async () => {
      const org = orgWith({ '/services/data': given });
      const { finding } = await lookAtToken(token, 'unused', org);

      expect(finding.detail).to.equal(`The token was issued, but ${origin} refuses calls with it (HTTP 403).`);
      expect(pathsOf(org.sent)).to.deep.equal(['/services/oauth2/userinfo', '/services/data']);
    });
  }

  it('quotes an error in the form of OAuth too, and nothing of an empty one', async () => {
    const refuse = (body: unknown) => orgWith({ '/services/oauth2/userinfo': () => jsonResponse(401, body) });

    expect((await lookAtToken(token, 'unused', refuse({ error: 'invalid_token' }))).finding.detail).to.include(
      '(HTTP 401, "invalid_token")',
    );
    expect((await lookAtToken(token, 'unused', refuse({ other: 1 }))).finding.detail).to.include('(HTTP 401)');
  });

  it('fails with the cause when the API does not answer', async () => {
    const org = fakeWorld(() => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) });
    });
    const { finding } = await lookAtToken(token, 'unused', org);

    expect(finding.detail).to.equal(
      `The token was issued, but ${origin} did not answer a call with it: the connection was cut before an answer came (ECONNRESET).`,
    );
  });

  it('calls the instance URL that was given where the token names none', async () => {
    const org = orgWith({ '/services/oauth2/userinfo': () => jsonResponse(200, {}) });
    const { finding } = await lookAtToken({ ...token, instanceUrl: undefined }, origin, org);

    expect(finding.status).to.equal('passed');
  });

  it('does not send the token to an address without TLS', async () => {
    const org = orgWith({});
    const { finding } = await lookAtToken({ ...token, instanceUrl: 'http://evil.example' }, origin, org);

    expect(finding.detail).to.include('secrets are not sent in the clear');
    expect(org.sent).to.deep.equal([]);
  });
});
