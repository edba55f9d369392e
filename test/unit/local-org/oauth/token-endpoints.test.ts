import { expect } from 'chai';
import { startOfTest, userId, type Answer } from '../hosted-org.js';
import { integration, tokenFixture } from '../token-fixture.js';
import { addElements, issueJwts } from './add-elements.js';

const hour = 60 * 60 * 1000;
const globalSettings = 'ExtlClntAppGlobalOauthSettings';
const secret = '<consumerSecret>s3cret+/=:&amp;</consumerSecret>';
const credentials = { client_id: 'CRM_KEY', client_secret: 's3cret+/=:&' };

describe('introspection and revocation by a local org', () => {
  const fixture = tokenFixture();
  const { ask, deployApproved } = fixture;
  const token = async (): Promise<string> =>
    ((await ask({ exp: startOfTest })).body as { access_token: string }).access_token;
  const post = (path: string, form: Record<string, string>, headers = {}): Promise<Answer> =>
    fixture.host.send('POST', `/services/oauth2/${path}`, {
      body: new URLSearchParams(form),
      headers: { authorization: '', ...headers },
    });
  const introspect = (form: Record<string, string>, headers = {}) => post('introspect', form, headers);
  const error = ({ status, body }: Answer): readonly unknown[] => [
    status,
    (body as { error: string }).error,
    (body as { error_description: string }).error_description,
  ];

  describe('introspection', () => {
    beforeEach(() => {
      deployApproved();
      addElements(fixture.host.org, globalSettings, secret);
    });

    it('tells an app of its own token', async () => {
      const { org } = fixture.host;
      const { status, body, headers } = await introspect({ token: await token(), ...credentials });
      expect(status).to.equal(200);
      expect(body).to.deep.equal({
        active: true,
        scope: 'api web',
        client_id: 'CRM_KEY',
        username: integration,
        sub: `${org.instanceUrl}/id/${org.id}/${userId(org, integration)}`,
        token_type: 'access_token',
        exp: startOfTest / 1000 + 7200,
        iat: startOfTest / 1000,
        nbf: startOfTest / 1000,
      });
      expect(headers.get('cache-control')).to.equal('no-store');
    });

    it('takes key and secret in a Basic header, form-encoded or not', async () => {
      const accessToken = await token();
      for (const pair of ['CRM_KEY:s3cret%2B%2F%3D%3A%26', 'CRM_KEY:s3cret%2B/%3D:&']) {
        const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
        const { body } = await introspect({ token: accessToken, token_type_hint: 'access_token' }, { authorization });
        expect((body as { active: boolean }).active).to.equal(true);
      }
    });

    it('refuses clients without their secret, and unknown ones', async () => {
      const accessToken = await token();
      const refusal = [401, 'invalid_client', 'invalid client credentials'];
      const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
      expect(error(await introspect({ token: accessToken }))).to.deep.equal(refusal);
      expect(error(await introspect({ token: accessToken, client_id: 'CRM_KEY' }))).to.deep.equal(refusal);
      const wrong = { token: accessToken, client_id: 'CRM_KEY', client_secret: 'wrong' };
      expect(error(await introspect(wrong))).to.deep.equal(refusal);
      expect(error(await introspect({ ...wrong, client_id: 'NONE' }))).to.deep.equal(refusal);
      expect(error(await introspect({ token: accessToken }, basic('CRM_KEY')))).to.deep.equal(refusal);
      deployApproved();
      expect(error(await introspect({ ...credentials, token: accessToken }))).to.deep.equal(refusal);
    });

    it('refuses a request without a token, with two, and one that is not POST', async () => {
      const missing = [400, 'invalid_request', 'missing required parameter: token'];
      expect(error(await introspect(credentials))).to.deep.equal(missing);
      const twice = new URLSearchParams({ ...credentials, token: 'a' });
      twice.append('token', 'b');
      const repeated = await fixture.host.send('POST', '/services/oauth2/introspect', { body: twice });
      expect(error(repeated)).to.deep.equal([400, 'invalid_request', 'a parameter is included more than once']);
      const get = await fixture.host.send('GET', '/services/oauth2/introspect?token=a');
      expect(error(get)).to.deep.equal([400, 'invalid_request', 'must use HTTP POST']);
    });

    it('finds no token that is none, has ended, or is not of the app', async () => {
      const accessToken = await token();
      const isActive = async (candidate: string): Promise<unknown> =>
        (await introspect({ token: candidate, ...credentials })).body as unknown;
      expect(await isActive('abc')).to.deep.equal({ active: false });
      expect(await isActive(fixture.host.admin), 'of no app').to.deep.equal({ active: false });
      expect(await isActive(fixture.sibling.admin), 'of another org').to.deep.equal({ active: false });
      fixture.host.clock += 2 * hour + 1;
      expect(await isActive(accessToken)).to.deep.equal({ active: false });
    });

    it('tells an app that may introspect all of every token of the org', async () => {
      addElements(fixture.host.org, globalSettings, '<isIntrospectAllTokens>true</isIntrospectAllTokens>');
      const { body } = await introspect({ token: fixture.host.admin, ...credentials });
      expect((body as { active: boolean; username: string }).username).to.equal('admin@jwt-server.local');
      const foreign = await introspect({ token: fixture.sibling.admin, ...credentials });
      expect(foreign.body).to.deep.equal({ active: false });
    });

    it('does not count as use of a token, and keeps its start apart from its last use', async () => {
      const accessToken = await token();
      const { clock } = fixture.host;
      fixture.host.clock = clock + 1.5 * hour;
      await introspect({ token: accessToken, ...credentials });
      fixture.host.clock = clock + 2 * hour;
      const times = async () => {
        const { exp, iat } = (await introspect({ token: accessToken, ...credentials })).body as Record<string, number>;
        return [(iat ?? 0) - clock / 1000, (exp ?? 0) - clock / 1000];
      };
      expect(await times()).to.deep.equal([0, 7200]);
      const authorization = `Bearer ${accessToken}`;
      expect(
        (await fixture.host.send('GET', '/services/data/v67.0/limits', { headers: { authorization } })).status,
      ).to.equal(200);
      expect(await times()).to.deep.equal([0, 14_400]);
    });

    it('tells of a JWT as of any token', async () => {
      issueJwts(fixture.host.org);
      const { exp, active } = (await introspect({ token: await token(), ...credentials })).body as {
        exp: number;
        active: boolean;
      };
      expect([active, exp]).to.deep.equal([true, startOfTest / 1000 + 1800]);
    });
  });

  describe('revocation', () => {
    beforeEach(() => deployApproved());
    const isLive = async (accessToken: string): Promise<boolean> => {
      const headers = { authorization: `Bearer ${accessToken}` };
      return (await fixture.host.send('GET', '/services/data/v67.0/limits', { headers })).status === 200;
    };

    it('takes the token in the form of a POST and in the query of a GET', async () => {
      const [first, second] = [await token(), await token()];
      const posted = await post('revoke', { token: first, token_type_hint: 'access_token' });
      expect([posted.status, posted.text]).to.deep.equal([200, '']);
      const got = await fixture.host.send('GET', `/services/oauth2/revoke?token=${encodeURIComponent(second)}`);
      expect([got.status, got.text]).to.deep.equal([200, '']);
      expect([await isLive(first), await isLive(second)]).to.deep.equal([false, false]);
    });

    it('answers with a script where a callback is asked for', async () => {
      const accessToken = await token();
      const path = `/services/oauth2/revoke?callback=done&token=${encodeURIComponent(accessToken)}`;
      const { text, headers } = await fixture.host.send('GET', path);
      expect(text).to.equal('done({});');
      expect(headers.get('content-type')).to.contain('javascript');
      expect((await fixture.host.send('GET', path)).text).to.equal('done({"error":"invalid_token"});');
      const script = await fixture.host.send('GET', '/services/oauth2/revoke?token=a&callback=alert(1)//');
      expect(script.status).to.equal(400);
    });

    it('refuses tokens that have ended, tokens of other orgs, and what is no token', async () => {
      const accessToken = await token();
      await post('revoke', { token: accessToken });
      const invalid = [400, 'invalid_token', 'token is invalid'];
      expect(error(await post('revoke', { token: accessToken }))).to.deep.equal(invalid);
      expect(error(await post('revoke', { token: fixture.sibling.admin }))).to.deep.equal(invalid);
      expect(error(await post('revoke', { token: 'eyJhbGciOiJSUzI1NiJ9.e30.AAAA' }))).to.deep.equal(invalid);
      const unsupported = [400, 'unsupported_token_type', 'this token type is not supported'];
      expect(error(await post('revoke', { token: 'abc' }))).to.deep.equal(unsupported);
      expect(error(await post('revoke', {}))).to.deep.equal(unsupported);
      expect(error(await fixture.host.send('GET', '/services/oauth2/revoke'))).to.deep.equal(unsupported);
      const json = await fixture.host.send('POST', '/services/oauth2/revoke', { json: { token: accessToken } });
      expect(error(json)).to.deep.equal(unsupported);
    });
  });
});
