import { expect } from 'chai';
import { X509Certificate } from 'node:crypto';
import { hostOrgs, makeKeyPair, putComponent, startOfTest, type HostedOrg, type KeyPair } from './hosted-org.js';
import { startTokenServer, type TokenServer } from './token-server.js';

const now = startOfTest / 1000;

describe('POST /_local/jwt-bearer, to a server that is not Salesforce', () => {
  let keys: KeyPair;
  let publicKey: string;
  let client: HostedOrg;
  let server: TokenServer;

  before(async () => {
    keys = await makeKeyPair();
    publicKey = new X509Certificate(keys.certificatePem).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  });

  beforeEach(async () => {
    [client, server] = [(await hostOrgs(['jwt-client']))[0]!, await startTokenServer()];
    client.org.keyPairs.set('crm', { privateKeyPem: keys.privateKeyPem, certificatePem: keys.certificatePem });
  });

  afterEach(async () => {
    await Promise.all([client.close(), server.close()]);
  });

  const exchange = async (change: Readonly<Record<string, unknown>> = {}) =>
    client.send('POST', '/_local/jwt-bearer', {
      json: {
        certificate: 'crm',
        issuer: 'me',
        subject: 'service',
        audience: 'https://erp.example.com',
        tokenEndpoint: `${server.origin}/token`,
        validitySeconds: 180,
        ...change,
      },
    });

  const allowRemoteSite = (): void =>
    putComponent(
      client.org,
      'RemoteSiteSetting',
      'Server',
      'remoteSiteSettings/Server.remoteSite',
      `<disableProtocolSecurity>true</disableProtocolSecurity><isActive>true</isActive><url>${server.origin}</url>`,
    );

  it('sends scope and further claims, and calls the resource with the token', async () => {
    allowRemoteSite();
    const request = { scope: 'orders', claims: { tenant: 7, beta: true }, resource: `${server.origin}/me` };
    server.answer = ({ path }) =>
      path === '/token' ? { body: { access_token: 'the-token', scope: 'orders' } } : { body: { username: 'service' } };
    expect((await exchange(request)).body).to.deep.equal({
      issued: true,
      status: 200,
      scope: 'orders',
      username: 'service',
    });
    expect(server.received[0]!.form.get('scope')).to.equal('orders');
    expect(server.assertions()[0]!.claims).to.deep.equal({
      tenant: 7,
      beta: true,
      iss: 'me',
      sub: 'service',
      aud: 'https://erp.example.com',
      exp: now + 180,
    });
    expect(server.assertions()[0]!.isSignedBy(publicKey)).to.equal(true);
    expect(server.received[1]).to.include({ method: 'GET', path: '/me', authorization: 'Bearer the-token' });
  });

  it('calls nothing for a resource that is null, nor where the server is not Salesforce', async () => {
    allowRemoteSite();
    expect((await exchange({ resource: null })).body).to.deep.equal({ issued: true, status: 200 });
    expect((await exchange()).body).to.deep.equal({ issued: true, status: 200 });
    expect(server.received.map(({ path }) => path)).to.deep.equal(['/token', '/token']);
  });

  it('says what the resource answered, after one more token for a 401', async () => {
    allowRemoteSite();
    server.answer = ({ path }) => (path === '/token' ? { body: { access_token: 'the-token' } } : { status: 401 });
    expect((await exchange({ resource: `${server.origin}/me` })).body).to.deep.equal({ issued: true, status: 401 });
    expect(server.received).to.have.length(4);
  });

  it('asks for a remote site setting for the resource as well', async () => {
    allowRemoteSite();
    const other = await startTokenServer();
    const { body } = await exchange({ resource: `${other.origin}/me` });
    await other.close();
    expect(body).to.deep.equal({
      issued: true,
      status: 0,
      error: 'System.CalloutException',
      errorDescription: `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${other.origin}/me`,
    });
    expect(other.received).to.deep.equal([]);
  });

  it('does not follow an instance_url that leads off this machine', async () => {
    allowRemoteSite();
    for (const instanceUrl of [
      'https://evil.example',
      'http://localhost.evil.example',
      'http://localhost@evil.example',
    ]) {
      server.answer = () => ({ body: { access_token: 'the-token', instance_url: instanceUrl } });
      const before = server.received.length;
      const { body, text } = await exchange();
      expect(body).to.deep.equal({
        issued: true,
        status: 0,
        error: 'System.CalloutException',
        errorDescription: `A local org calls endpoints on this machine only, and not ${instanceUrl}`,
      });
      expect(text).not.to.include('the-token');
      expect(server.received.length - before).to.equal(1);
    }
  });

  it('asks for a remote site setting for an instance_url as well', async () => {
    allowRemoteSite();
    const other = await startTokenServer();
    server.answer = () => ({ body: { access_token: 'the-token', instance_url: other.origin } });
    const { body } = await exchange();
    await other.close();
    expect(body.errorDescription).to.include('Unauthorized endpoint').and.include(other.origin);
    expect(other.received).to.deep.equal([]);
  });

  it('refuses claims that other members set, and resources elsewhere', async () => {
    for (const [change, message] of [
      [{ claims: { sub: 'x' } }, 'The claim "sub" is set by other members of the request.'],
      [{ claims: [] }, 'The "claims" of the request must be an object.'],
      [{ scope: 1 }, 'The request needs "scope", a text.'],
      [{ resource: 'https://example.com/me' }, 'A local org calls URLs on this machine only.'],
    ] as const) {
      const { status, body } = await exchange(change);
      expect(status).to.equal(400);
      expect(body).to.deep.equal([{ message, errorCode: 'INVALID_INPUT' }]);
    }
  });
});
