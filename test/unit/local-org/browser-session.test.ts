import { expect } from 'chai';
import { startSession } from '../../../src/local-org/sessions.js';
import { hostOrgs, userId, type Answer, type HostedOrg } from './hosted-org.js';

const importPath = '/_ui/security/certificate/KeyStoreImportUi/e';

describe('pages of a local org: who gets in', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-client']))[0]!;
  });

  afterEach(() => host.close());

  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    host.send('GET', path, { headers: { authorization: '', ...headers } });

  /** As `sf org open` gets its URL. */
  const frontdoorUrl = async (path?: string): Promise<URL> => {
    const query = path === undefined ? '' : `?${new URLSearchParams({ redirect_uri: path }).toString()}`;
    const { status, body } = await host.send('GET', `/services/oauth2/singleaccess${query}`);
    expect(status).to.equal(200);
    const url = new URL((body as { frontdoor_uri: string }).frontdoor_uri);
    expect(url.origin).to.equal(host.org.instanceUrl);
    return url;
  };

  const open = async (url: URL): Promise<Answer> => get(url.pathname + url.search);

  it('opens a session with a URL for one use, as the CLI asks for it, and goes on to the path', async () => {
    const opened = await open(await frontdoorUrl(importPath));
    expect(opened.status).to.equal(302);
    expect(opened.headers.get('location')).to.equal(importPath);
    const cookie = opened.headers.get('set-cookie')!;
    expect(cookie).to.match(/^sid_00D\w{15}=00D[^;]+; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie.includes(host.admin), 'the session of the API in the cookie').to.equal(false);
    const page = await get(importPath, { cookie: `other=1; ${cookie.split(';')[0]}` });
    expect(page.status).to.equal(200);
    expect(page.text).to.include('<h1>Import from Keystore</h1>');
  });

  it('opens no second session with the same URL, nor one after a minute, nor in another org', async () => {
    const login = `/?ec=302&startURL=${encodeURIComponent(importPath)}`;
    const url = await frontdoorUrl(importPath);
    await open(url);
    expect((await open(url)).headers.get('location')).to.equal(login);
    const late = await frontdoorUrl(importPath);
    host.clock += 60_000;
    const [other] = await hostOrgs(['jwt-server']);
    const foreign = (await other!.send('GET', '/services/oauth2/singleaccess')).body.frontdoor_uri as string;
    await other!.close();
    const guessed = new URL(`/secur/frontdoor.jsp?otp=x&startURL=${importPath}`, url);
    for (const refused of [late, guessed]) {
      const answer = await open(refused);
      expect(answer.headers.get('location')).to.equal(login);
      expect(answer.headers.get('set-cookie')).to.equal(null);
    }
    expect((await open(new URL(foreign))).headers.get('set-cookie')).to.equal(null);
  });

  it('keeps the sessions of two orgs of one machine apart in one browser', async () => {
    const [other] = await hostOrgs(['jwt-server']);
    const jar: string[] = [];
    for (const org of [host, other!]) {
      const { frontdoor_uri: url } = (await org.send('GET', '/services/oauth2/singleaccess')).body as Record<
        string,
        string
      >;
      const { pathname, search } = new URL(url!);
      const { headers } = await org.send('GET', pathname + search, { headers: { authorization: '' } });
      const [pair = ''] = headers.get('set-cookie')!.split(';');
      // A cookie of the same name takes the place of the one before.
      jar.splice(0, jar.length, ...jar.filter((known) => known.split('=')[0] !== pair.split('=')[0]), pair);
    }
    for (const org of [host, other!]) {
      const headers = { authorization: '', cookie: jar.join('; ') };
      expect((await org.send('GET', importPath, { headers })).status, org.org.alias).to.equal(200);
    }
    await other!.close();
  });

  it('keeps the code where somebody only looks, with HEAD', async () => {
    const url = await frontdoorUrl(importPath);
    const looked = await host.send('HEAD', url.pathname + url.search, { headers: { authorization: '' } });
    expect(looked.headers.get('set-cookie')).to.equal(null);
    expect((await open(url)).headers.get('set-cookie')).to.be.a('string');
  });

  it('gives such a URL to sessions only', async () => {
    const answer = await host.send('GET', '/services/oauth2/singleaccess', { headers: { authorization: 'Bearer x' } });
    expect(answer.status).to.equal(403);
    expect(answer.text).to.equal('Bad_OAuth_Token');
  });

  it('takes the path of a POST from its form', async () => {
    const body = new URLSearchParams({ redirect_uri: importPath });
    const { body: answer } = await host.send('POST', '/services/oauth2/singleaccess', { body });
    expect(new URL(answer.frontdoor_uri as string).searchParams.get('startURL')).to.equal(importPath);
  });

  it('takes a session id as well, as tools send it, but no wrong one', async () => {
    const path = (sid: string) => `/secur/frontdoor.jsp?${new URLSearchParams({ sid, retURL: '/a?b=c' }).toString()}`;
    const opened = await get(path(host.admin));
    expect(opened.headers.get('location')).to.equal('/a?b=c');
    expect(opened.headers.get('set-cookie')!.startsWith(`sid_${host.org.id}=${host.admin};`)).to.equal(true);
    expect((await get(path('00Dx!y'))).headers.get('set-cookie')).to.equal(null);
    expect((await get('/secur/frontdoor.jsp')).headers.get('location')).to.equal('/?ec=302&startURL=%2F');
  });

  it('never sends a browser to another site', async () => {
    for (const target of [
      'https://evil.example/x',
      '//evil.example/x',
      '/\\evil.example/x',
      '/.//evil.example/x',
      'javascript:alert(1)',
      '\t//evil.example/x',
      'http://localhost:1/x',
    ]) {
      const location = (await open(await frontdoorUrl(target))).headers.get('location')!;
      const sid = (
        await get(`/secur/frontdoor.jsp?${new URLSearchParams({ sid: host.admin, retURL: target }).toString()}`)
      ).headers.get('location')!;
      for (const seen of [location, sid])
        expect(new URL(seen, host.org.instanceUrl).origin).to.equal(host.org.instanceUrl);
    }
  });

  it('sends whoever has no session to a page that says how to get in', async () => {
    const answer = await get(importPath);
    expect(answer.status).to.equal(302);
    const hint = await get(answer.headers.get('location')!);
    expect(hint.status).to.equal(200);
    expect(hint.text).to.include(
      `<pre>SF_DOMAIN_RETRY=0 sf org open --target-org jwt-client --path ${importPath}</pre>`,
    );
    expect((await get('/')).text).to.include('<pre>SF_DOMAIN_RETRY=0 sf org open --target-org jwt-client</pre>');
  });

  it('shows no path that a shell would make something else of, and no markup', async () => {
    for (const path of ['/$(touch x)', '/;ls', '/<script>', "/'", '/a%0Ab', 'https://evil.example/x']) {
      const { text } = await get(`/?${new URLSearchParams({ ec: '302', startURL: path }).toString()}`);
      expect(text).to.include('<pre>SF_DOMAIN_RETRY=0 sf org open --target-org jwt-client</pre>');
      expect(text).to.not.include('<script');
    }
  });

  it('asks pages to be kept in no cache, shown in no frame and run no script', async () => {
    const { headers } = await host.send('GET', importPath);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('content-security-policy'))
      .to.include("default-src 'none'")
      .and.include("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).to.equal('same-origin');
  });

  it('shows pages of Setup to administrators only', async () => {
    const session = startSession(host.org, userId(host.org, 'integration@jwt-client.local'), 'web');
    const answer = await get(importPath, { cookie: `sid=${session}` });
    expect(answer.status).to.equal(403);
    expect(answer.text).to.include('Insufficient Privileges');
    expect((await get(importPath, { cookie: 'sid=00Dx!y' })).status).to.equal(302);
    expect((await get(importPath, { authorization: `Bearer ${host.admin}` })).status).to.equal(200);
  });
});
