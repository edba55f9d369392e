import { expect } from 'chai';
import { signAssertion, startOfTest } from '../hosted-org.js';
import { grantType, integration, tokenFixture } from '../token-fixture.js';

const path = '/services/oauth2/token';

describe('request to the token endpoint of a local org', () => {
  const fixture = tokenFixture();
  const { ask, claimsFor, deployApproved, expectRefusal } = fixture;
  const assertion = (): string => signAssertion(fixture.keys.privateKeyPem, claimsFor());
  const form = (): URLSearchParams => new URLSearchParams({ grant_type: grantType, assertion: assertion() });
  const unsupported = ['unsupported_grant_type', 'grant type not supported'] as const;

  it('takes a form whose content type names a character set, and whose parameters are in any order', async () => {
    deployApproved();
    const headers = { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=utf-8', authorization: '' };
    const body = `assertion=${assertion()}&format=json&grant_type=${encodeURIComponent(grantType)}`;
    expect((await fixture.host.send('POST', path, { body, headers })).status).to.equal(200);
  });

  it('takes parameters of the query', async () => {
    deployApproved();
    expect((await fixture.host.send('POST', `${path}?${form().toString()}`)).status).to.equal(200);
  });

  it('finds no parameters in a body that is no form', async () => {
    deployApproved();
    const json = { grant_type: grantType, assertion: assertion() };
    const headers = { 'content-type': 'application/json' };
    expectRefusal(await fixture.host.send('POST', path, { json, headers }), ...unsupported);
    const text = form().toString();
    const plain = { body: text, headers: { 'content-type': 'text/plain' } };
    expectRefusal(await fixture.host.send('POST', path, plain), ...unsupported);
    const parts = new FormData();
    form().forEach((value, name) => parts.set(name, value));
    expectRefusal(await fixture.host.send('POST', path, { body: parts }), ...unsupported);
  });

  it('refuses a parameter that is there twice, in the form or in form and query', async () => {
    deployApproved();
    const repeated = ['invalid_request', 'a parameter is included more than once'] as const;
    const twice = form();
    twice.append('assertion', assertion());
    expectRefusal(await fixture.host.send('POST', path, { body: twice }), ...repeated);
    const query = new URLSearchParams({ grant_type: grantType }).toString();
    expectRefusal(await fixture.host.send('POST', `${path}?${query}`, { body: form() }), ...repeated);
  });

  it('takes an empty parameter for one that is left out', async () => {
    const body = new URLSearchParams({ grant_type: grantType, assertion: '' });
    const missing = ['invalid_request', 'missing required parameter: assertion'] as const;
    expectRefusal(await fixture.host.send('POST', path, { body }), ...missing);
  });

  it('refuses a form that is badly encoded as one with a wrong assertion', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = `grant_type=${encodeURIComponent(grantType)}&assertion=%zz%&&=&%`;
    expectRefusal(await fixture.host.send('POST', path, { body, headers }), 'invalid_grant', 'invalid assertion');
    expect(fixture.host.faults).to.deep.equal([]);
  });

  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    it(`refuses ${method}`, async () => {
      expectRefusal(await fixture.host.send(method, path), 'invalid_request', 'must use HTTP POST');
    });
  }

  it('refuses a body above its limit', async () => {
    const body = new URLSearchParams({ grant_type: grantType, assertion: 'a'.repeat(1024 * 1024) });
    const { status, text } = await fixture.host.send('POST', path, { body });
    expect(status).to.equal(413);
    expect(text).not.to.contain(' at ');
  });

  it('takes an assertion twice, with and without jti: no rule of Salesforce against it is known', async () => {
    deployApproved();
    for (const jti of [undefined, 'one']) {
      const body = new URLSearchParams({
        grant_type: grantType,
        assertion: signAssertion(fixture.keys.privateKeyPem, claimsFor({ jti })),
      });
      expect((await fixture.host.send('POST', path, { body })).status).to.equal(200);
      expect((await fixture.host.send('POST', path, { body })).status).to.equal(200);
    }
  });

  it('takes exp and nbf as texts, as the Java code of Salesforce Help sends exp', async () => {
    deployApproved();
    const seconds = startOfTest / 1000;
    expect((await ask({ exp: String(seconds + 300), nbf: String(seconds) })).status).to.equal(200);
    expectRefusal(await ask({ exp: String(seconds) }), 'invalid_grant', 'expired authorization code');
  });

  it('takes headers of any kind beside alg, but no extension that it must understand', async () => {
    deployApproved();
    expect((await ask({}, { alg: 'RS256', typ: 'JWT', kid: 'any', x5t: 'any' })).status).to.equal(200);
    expect((await ask({}, { alg: 'RS256', crit: ['new'], new: true })).status).to.equal(400);
  });

  it('takes one right audience among several', async () => {
    deployApproved();
    expect((await ask({ aud: ['https://example.com', fixture.host.org.instanceUrl] })).status).to.equal(200);
  });

  it('grants fewer scopes where fewer are asked for, and none that the app lacks', async () => {
    deployApproved();
    const scopeOf = async (answer: ReturnType<typeof ask>): Promise<unknown> =>
      ((await answer).body as { scope?: string }).scope;
    expect(await scopeOf(ask({ scope: 'api refresh_token' }))).to.equal('api');
    const body = form();
    body.set('scope', 'web');
    expect(await scopeOf(fixture.host.send('POST', path, { body }))).to.equal('web');
    const unknown = 'the requested scope is invalid, unknown, or malformed';
    expectRefusal(await ask({ scope: 'api full' }), 'invalid_scope', unknown);
    expectRefusal(await ask({ scope: 'refresh_token' }), 'invalid_scope', 'the requested scope is not allowed');
  });

  it('issues tokens for the user of the assertion and no other', async () => {
    deployApproved();
    const { id } = (await ask()).body as { id: string };
    const user = fixture.host.org.records.get('User', id.split('/').at(-1) ?? '');
    expect(user?.['Username']).to.equal(integration);
  });
});
