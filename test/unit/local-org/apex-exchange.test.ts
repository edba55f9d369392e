import { expect } from 'chai';
import {
  assignPermissionSet,
  hostOrgs,
  makeKeyPair,
  putComponent,
  putExternalClientApp,
  type HostedOrg,
  type KeyPair,
} from './hosted-org.js';

describe('POST /_local/jwt-bearer', () => {
  let keys: KeyPair;
  let server: HostedOrg;
  let client: HostedOrg;

  before(async () => {
    keys = await makeKeyPair();
  });

  beforeEach(async () => {
    const hosts = await hostOrgs(['jwt-server', 'jwt-client']);
    [server, client] = [hosts[0]!, hosts[1]!];
    putExternalClientApp(server.org, { certificate: keys.certificatePem, permissionSet: 'Crm_Access' });
    assignPermissionSet(server.org, 'integration@jwt-server.local');
    client.org.keyPairs.set('crm', { privateKeyPem: keys.privateKeyPem, certificatePem: keys.certificatePem });
  });

  afterEach(async () => {
    await Promise.all([server.close(), client.close()]);
  });

  const requestBody = (change: Readonly<Record<string, unknown>> = {}) => ({
    certificate: 'crm',
    issuer: 'CRM_KEY',
    subject: 'integration@jwt-server.local',
    audience: server.org.instanceUrl,
    tokenEndpoint: `${server.org.instanceUrl}/services/oauth2/token`,
    validitySeconds: 180,
    ...change,
  });

  const exchange = (change?: Readonly<Record<string, unknown>>) =>
    client.send('POST', '/_local/jwt-bearer', { json: requestBody(change) });

  const allowRemoteSite = (isActive = true): void =>
    putComponent(
      client.org,
      'RemoteSiteSetting',
      'Server',
      'remoteSiteSettings/Server.remoteSite',
      `<disableProtocolSecurity>true</disableProtocolSecurity><isActive>${String(isActive)}</isActive><url>${server.org.instanceUrl}</url>`,
    );

  it('signs with the key of the org and tells whose token it got, never the token', async () => {
    allowRemoteSite();
    const { status, body, text } = await exchange();
    expect(status).to.equal(200);
    const username = 'integration@jwt-server.local';
    expect(body).to.deep.equal({ issued: true, status: 200, scope: 'api web', username, orgId: server.org.id });
    expect(text.includes('!'), 'a token in the answer').to.equal(false);
  });

  it('passes on why the token endpoint refused', async () => {
    allowRemoteSite();
    expect((await exchange({ issuer: 'WRONG' })).body).to.deep.equal({
      issued: false,
      status: 400,
      error: 'invalid_client_id',
      errorDescription: 'client identifier invalid',
    });
  });

  it('says "Data Not Available" for a certificate that the org does not have', async () => {
    allowRemoteSite();
    expect((await exchange({ certificate: 'other' })).body).to.deep.equal({
      issued: false,
      status: 0,
      error: 'System.NoDataFoundException',
      errorDescription: 'Data Not Available: other',
    });
  });

  it('refuses an endpoint without an active remote site setting', async () => {
    const errorDescription = `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${server.org.instanceUrl}/services/oauth2/token`;
    const refusal = { issued: false, status: 0, error: 'System.CalloutException', errorDescription };
    expect((await exchange()).body).to.deep.equal(refusal);
    allowRemoteSite(false);
    expect((await exchange()).body).to.deep.equal(refusal);
  });

  it('calls only endpoints on this machine', async () => {
    for (const tokenEndpoint of ['https://login.salesforce.com/services/oauth2/token', 'file:///etc/passwd', 'x']) {
      const { status, body } = await exchange({ tokenEndpoint });
      expect(status).to.equal(400);
      const message = 'A local org calls token endpoints on this machine only.';
      expect(body).to.deep.equal([{ message, errorCode: 'INVALID_INPUT' }]);
    }
  });

  it('names what is missing in a request', async () => {
    for (const [change, text] of [
      [{ issuer: '' }, 'The request needs "issuer", a text.'],
      [{ validitySeconds: '180' }, 'The request needs "validitySeconds", a number of seconds above 0.'],
    ] as const) {
      expect((await exchange(change)).body).to.deep.equal([{ message: text, errorCode: 'INVALID_INPUT' }]);
    }
  });

  it('is for administrators only', async () => {
    const { startSession } = await import('../../../src/local-org/sessions.js');
    const integration = client.org.records
      .all('User')
      .find(({ Username }) => String(Username).startsWith('integration'));
    const token = startSession(client.org, integration!.Id, 'api');
    const send = (authorization: string) =>
      client.send('POST', '/_local/jwt-bearer', { json: requestBody(), headers: { authorization } });
    expect((await send(`Bearer ${token}`)).status).to.equal(403);
    expect((await send('')).status).to.equal(401);
  });
});
