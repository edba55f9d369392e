import { XMLParser } from 'fast-xml-parser';
import { expect } from 'chai';
import { userId, type Answer } from '../hosted-org.js';
import { integration, tokenFixture } from '../token-fixture.js';

describe('identity URL and discovery of a local org', () => {
  const fixture = tokenFixture();
  const path = (user = 'admin@jwt-server.local'): string =>
    `/id/${fixture.host.org.id}/${userId(fixture.host.org, user)}`;
  const get = (to: string, headers = {}): Promise<Answer> => fixture.host.send('GET', to, { headers });
  const plain = ({ status, text }: Answer): readonly unknown[] => [status, text];

  it('answers the user of the token, with 15 or 18 characters in its ids', async () => {
    const { status, body } = await get(path());
    expect(status).to.equal(200);
    expect((body as { username: string }).username).to.equal('admin@jwt-server.local');
    const short = path().replaceAll(/(\w{15})\w{3}/g, '$1');
    expect((await get(short)).status).to.equal(200);
    expect((await fixture.host.send('POST', path())).status).to.equal(200);
  });

  it('fills a version into its URLs where one is asked for', async () => {
    const rest = async (query: string): Promise<string> =>
      ((await get(path() + query)).body as { urls: { rest: string } }).urls.rest.replace(/.*data/, '');
    expect(await rest('')).to.equal('/v{version}/');
    expect(await rest('?version=latest')).to.equal('/v67.0/');
    expect(await rest('?version=58.0')).to.equal('/v58.0/');
    for (const version of ['200.0', '58', 'x']) {
      expect(plain(await get(`${path()}?version=${version}`))).to.deep.equal([406, 'Invalid_Version']);
    }
  });

  it('answers in XML where that is asked for', async () => {
    fixture.host.org.records.update('User', userId(fixture.host.org, 'admin@jwt-server.local'), { Name: 'A & <B>' });
    const answers = [await get(`${path()}?format=xml`), await get(path(), { accept: 'application/xml' })];
    for (const { headers, text } of answers) {
      expect(headers.get('content-type')).to.contain('application/xml');
      const { user } = new XMLParser().parse(text) as { user: { display_name: string; urls: object } };
      expect(user.display_name).to.equal('A & <B>');
      expect(Object.keys(user.urls)).to.include('rest');
    }
    const json = await get(`${path()}?format=json`, { accept: 'application/xml' });
    expect(json.headers.get('content-type')).to.contain('application/json');
  });

  it('takes the token in oauth_token', async () => {
    const token = new URLSearchParams({ oauth_token: fixture.host.admin }).toString();
    expect((await get(`${path()}?${token}`, { authorization: '' })).status).to.equal(200);
  });

  it('refuses in plain text what it cannot answer', async () => {
    expect(plain(await get(path(), { authorization: '' }))).to.deep.equal([403, 'Missing_OAuth_Token']);
    expect(plain(await get(path(), { authorization: 'Bearer x' }))).to.deep.equal([403, 'Bad_OAuth_Token']);
    expect(plain(await get(path(), { authorization: 'Basic eDp5' }))).to.deep.equal([403, 'Bad_OAuth_Token']);
    const foreign = { authorization: `Bearer ${fixture.sibling.admin}` };
    expect(plain(await get(path(), foreign))).to.deep.equal([403, 'Bad_OAuth_Token']);
    const elsewhere = path().replace(fixture.host.org.id, fixture.sibling.org.id);
    expect(plain(await get(elsewhere))).to.deep.equal([403, 'Wrong_Org']);
    expect(plain(await get(`/id/${fixture.host.org.id}/005000000000000AAA`))).to.deep.equal([404, 'Bad_Id']);
    expect(plain(await get(path(integration)))).to.deep.equal([404, 'No_Access']);
    const userInfo = '/services/oauth2/userinfo';
    expect(plain(await get(userInfo, { authorization: '' }))).to.deep.equal([403, 'Missing_OAuth_Token']);
    expect(plain(await get(userInfo, foreign))).to.deep.equal([403, 'Bad_OAuth_Token']);
  });

  it('refuses other methods as the REST API does', async () => {
    for (const to of [path(), '/services/oauth2/userinfo', '/id/keys', '/.well-known/openid-configuration']) {
      expect((await fixture.host.send('DELETE', to)).status, to).to.equal(405);
    }
  });

  it('names endpoints of its own origin, which answer', async () => {
    const { status, body } = await get('/.well-known/openid-configuration', { authorization: '' });
    expect(status).to.equal(200);
    const document = body as Record<string, string>;
    const { instanceUrl } = fixture.host.org;
    expect(document['issuer']).to.equal(instanceUrl);
    const urls = Object.entries(document).filter(([name]) => /_(?:endpoint|uri)$/.test(name));
    expect(urls.filter(([, url]) => !url.startsWith(`${instanceUrl}/`))).to.deep.equal([]);
    const known = ['token_endpoint', 'revocation_endpoint', 'userinfo_endpoint', 'introspection_endpoint', 'jwks_uri'];
    for (const name of known) {
      const answer = await get(new URL(document[name] ?? '').pathname, { authorization: '' });
      expect(answer.status, name).not.to.equal(404);
    }
  });
});
