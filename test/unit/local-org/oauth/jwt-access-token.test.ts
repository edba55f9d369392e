import { expect } from 'chai';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { findSoapSession } from '../../../../src/local-org/sessions.js';
import { putConnectedApp, startOfTest, userId } from '../hosted-org.js';
import { integration, tokenFixture } from '../token-fixture.js';
import { addElements, issueJwts, putSessionSetting } from './add-elements.js';

const minute = 60_000;
const policies = 'ExtlClntAppOauthConfigurablePolicies';

describe('JWT-based access tokens of a local org', () => {
  const fixture = tokenFixture();
  const { ask, deployApproved } = fixture;
  const later = { exp: startOfTest };

  const deployJwtApp = (policy = ''): void => {
    deployApproved();
    issueJwts(fixture.host.org);
    addElements(fixture.host.org, policies, policy);
  };
  const token = async (change = {}): Promise<string> =>
    ((await ask({ ...later, ...change })).body as { access_token: string }).access_token;
  const statusOf = async (accessToken: string): Promise<number> => {
    const headers = { authorization: `Bearer ${accessToken}` };
    return (await fixture.host.send('GET', '/services/data/v67.0/limits', { headers })).status;
  };
  const keys = async (host = fixture.host): Promise<JSONWebKeySet> =>
    (await host.send('GET', '/id/keys', { headers: { authorization: '' } })).body as JSONWebKeySet;
  const verified = async (accessToken: string) => {
    const { origin } = new URL(fixture.host.org.instanceUrl);
    return jwtVerify(accessToken, createLocalJWKSet(await keys()), {
      issuer: origin,
      audience: origin,
      typ: 'JWT',
      algorithms: ['RS256'],
      currentDate: new Date(fixture.host.clock),
    });
  };

  it('are issued where the app asks for them, and told from others in the answer', async () => {
    deployApproved();
    expect(((await ask()).body as { token_format?: string }).token_format).to.equal(undefined);
    deployJwtApp();
    const { access_token, ...rest } = (await ask()).body as { access_token: string };
    expect(access_token.split('.')).to.have.lengthOf(3);
    expect(rest).to.deep.equal({
      scope: 'api web',
      instance_url: fixture.host.org.instanceUrl,
      id: `${fixture.host.org.instanceUrl}/id/${fixture.host.org.id}/${userId(fixture.host.org, integration)}`,
      token_type: 'Bearer',
      token_format: 'jwt',
      api_instance_url: fixture.host.org.instanceUrl,
    });
  });

  it('are issued for Connected Apps too', async () => {
    deployApproved();
    const { certificatePem: certificate } = fixture.keys;
    putConnectedApp(fixture.host.org, { certificate, permissionSet: 'Crm_Access', consumerKey: 'CONNECTED' });
    const { org } = fixture.host;
    const stored = org.components.get('ConnectedApp', 'Crm')!;
    const xml = Buffer.from([...stored.files.values()][0]!).toString('utf8');
    const jwt = xml.replace('<oauthConfig>', '<oauthConfig><isNamedUserJwtEnabled>true</isNamedUserJwtEnabled>');
    org.components.put({ ...stored, files: new Map([['connectedApps/Crm.connectedApp', Buffer.from(jwt)]]) });
    const { payload } = await verified(await token({ iss: 'CONNECTED' }));
    expect(payload['client_id']).to.equal('CONNECTED');
  });

  it('are signed with a key that the org publishes', async () => {
    deployJwtApp();
    const accessToken = await token();
    const { payload } = await verified(accessToken);
    const { sfi, ...claims } = payload;
    const issuedAt = startOfTest / 1000;
    expect(claims).to.deep.equal({
      scp: 'api web',
      aud: [fixture.host.org.instanceUrl],
      sub: `uid:${userId(fixture.host.org, integration)}`,
      nbf: issuedAt - 15,
      mty: 'oauth',
      roles: [],
      iss: fixture.host.org.instanceUrl,
      hsc: false,
      exp: issuedAt + 30 * 60,
      iat: issuedAt,
      client_id: 'CRM_KEY',
    });
    expect(/^[0-9a-f]{64}$/.test(String(sfi))).to.equal(true);
    const { kid, ...header } = decodeProtectedHeader(accessToken);
    const tnk = `core/local/${fixture.host.org.id}`;
    expect(header).to.deep.equal({ alg: 'RS256', typ: 'JWT', tty: 'sfdc-core-token', tnk, ver: '1.0' });
    const { keys: published } = await keys();
    expect(published.map((key) => [key.kid, key.use, key.alg, key.kty])).to.deep.equal([[kid, 'sig', 'RS256', 'RSA']]);
    expect(published.flatMap((key) => ['d', 'p', 'q'].filter((member) => member in key))).to.deep.equal([]);
  });

  it('are signed with one key, however many are asked for at once', async () => {
    deployJwtApp();
    const tokens = await Promise.all([token(), token(), token()]);
    expect(new Set(tokens.map((accessToken) => decodeProtectedHeader(accessToken).kid)).size).to.equal(1);
    expect(new Set(tokens).size).to.equal(3);
    expect((await keys()).keys).to.have.lengthOf(1);
  });

  it('are not those of another org', async () => {
    deployJwtApp();
    const accessToken = await token();
    const { keys: foreign } = await keys(fixture.sibling);
    const outcome = await jwtVerify(accessToken, createLocalJWKSet({ keys: foreign })).catch((error: Error) => error);
    expect(outcome).to.be.instanceOf(Error);
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await fixture.sibling.send('GET', '/services/oauth2/userinfo', { headers })).status).to.equal(403);
  });

  it('open the REST API and userinfo until they expire, used or not', async () => {
    deployJwtApp();
    const accessToken = await token();
    fixture.host.clock += 29 * minute;
    expect(await statusOf(accessToken)).to.equal(200);
    const headers = { authorization: `Bearer ${accessToken}` };
    const { body } = await fixture.host.send('GET', '/services/oauth2/userinfo', { headers });
    expect((body as { preferred_username: string }).preferred_username).to.equal(integration);
    fixture.host.clock += minute + 1;
    expect(await statusOf(accessToken)).to.equal(401);
  });

  it('open nothing once a character of them is changed', async () => {
    deployJwtApp();
    const accessToken = await token();
    const [header, claims = '', signature] = accessToken.split('.');
    const forged = Buffer.from(
      Buffer.from(claims, 'base64url').toString('utf8').replace('"api web"', '"full"'),
    ).toString('base64url');
    expect(await statusOf([header, forged, signature].join('.'))).to.equal(401);
    expect(await statusOf([header, claims, ''].join('.'))).to.equal(401);
  });

  it('do not open SOAP before version 68', async () => {
    deployJwtApp();
    const accessToken = await token();
    const body =
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header>' +
      `<SessionHeader xmlns="http://soap.sforce.com/2006/04/metadata"><sessionId>${accessToken}</sessionId></SessionHeader>` +
      '</soapenv:Header><soapenv:Body><describeMetadata xmlns="http://soap.sforce.com/2006/04/metadata">' +
      '<asOfVersion>67.0</asOfVersion></describeMetadata></soapenv:Body></soapenv:Envelope>';
    const headers = { 'content-type': 'text/xml', soapaction: '""' };
    const { status, text } = await fixture.host.send('POST', '/services/Soap/m/67.0', { body, headers });
    expect(status).to.equal(500);
    expect(text).to.contain('INVALID_SESSION_ID');
    expect(findSoapSession(fixture.host.org, accessToken, '67.0')).to.equal(undefined);
    expect(findSoapSession(fixture.host.org, accessToken, '68.0')?.userId).to.equal(
      userId(fixture.host.org, integration),
    );
  });

  it('live as long as the policies of the app say', async () => {
    const lifetime = async (): Promise<number> => {
      const { payload } = await verified(await token());
      return ((payload.exp ?? 0) - (payload.iat ?? 0)) / 60;
    };
    deployJwtApp('<namedUserJwtTimeout>5</namedUserJwtTimeout>');
    expect(await lifetime()).to.equal(5);
    deployJwtApp('<namedUserJwtSessionTimeoutType>UserSession</namedUserJwtSessionTimeoutType>');
    expect(await lifetime()).to.equal(120);
    putSessionSetting(fixture.host.org, '<sessionTimeout>60</sessionTimeout>');
    expect(await lifetime()).to.equal(60);
  });

  it('can be revoked', async () => {
    deployJwtApp();
    const accessToken = await token();
    const body = new URLSearchParams({ token: accessToken });
    expect((await fixture.host.send('POST', '/services/oauth2/revoke', { body })).status).to.equal(200);
    expect(await statusOf(accessToken)).to.equal(401);
  });

  it('end with their user', async () => {
    deployJwtApp();
    const accessToken = await token();
    fixture.host.org.records.update('User', userId(fixture.host.org, integration), { IsActive: false });
    expect(await statusOf(accessToken)).to.equal(401);
  });
});
