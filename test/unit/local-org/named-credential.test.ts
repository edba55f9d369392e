import { expect } from 'chai';
import { startSession } from '../../../src/local-org/sessions.js';
import { putLegacyCredential, putPrincipalAccess, putSecuredEndpoint, secondsFormula } from './credential-files.js';
import {
  assignPermissionSet,
  hostOrgs,
  makeKeyPair,
  putExternalClientApp,
  userId,
  type HostedOrg,
  type KeyPair,
} from './hosted-org.js';

const integration = 'integration@jwt-server.local';
const admin = 'admin@jwt-client.local';
const noAccess = {
  issued: false,
  status: 0,
  error: 'System.CalloutException',
  errorDescription:
    'We couldn\'t access the credential(s). You might not have the required permissions, or the external credential "My_Erp" might not exist.',
};

describe('POST /_local/named-credential, between two local orgs', () => {
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
    assignPermissionSet(server.org, integration);
    client.org.keyPairs.set('crm', { privateKeyPem: keys.privateKeyPem, certificatePem: keys.certificatePem });
    putPrincipalAccess(client.org, 'Erp_Callouts', 'My_Erp-Integration');
  });

  afterEach(async () => {
    await Promise.all([server.close(), client.close()]);
  });

  const claims = (change: Readonly<Record<string, string>> = {}) => ({
    iss: 'CRM_KEY',
    sub: integration,
    aud: `"${server.org.instanceUrl}"`,
    exp: secondsFormula(' + 180'),
    iat: secondsFormula(),
    nbf: secondsFormula(),
    ...change,
  });

  const deploy = (change: Partial<Parameters<typeof putSecuredEndpoint>[1]> = {}): void =>
    putSecuredEndpoint(client.org, {
      tokenEndpoint: `${server.org.instanceUrl}/services/oauth2/token`,
      url: server.org.instanceUrl,
      claims: claims(),
      headers: { alg: 'RS256', typ: 'JWT', kid: 'crm' },
      ...change,
    });

  const call = (change: Readonly<Record<string, unknown>> = {}, authorization = `Bearer ${client.admin}`) =>
    client.send('POST', '/_local/named-credential', {
      json: { namedCredential: 'My_Erp', path: '/services/oauth2/userinfo', ...change },
      headers: { authorization },
    });

  const success = () => ({ issued: true, status: 200, scope: 'api web', username: integration, orgId: server.org.id });

  it('signs with the key of the org and calls through to the other, without a remote site setting', async () => {
    deploy();
    assignPermissionSet(client.org, admin, 'Erp_Callouts');
    const { status, body, text } = await call();
    expect(status).to.equal(200);
    expect(body).to.deep.equal(success());
    expect(text.includes('!'), 'a token in the answer').to.equal(false);
  });

  it('refuses a user without access to the principal, the administrator too', async () => {
    deploy();
    expect((await call()).body).to.deep.equal(noAccess);
    assignPermissionSet(client.org, admin, 'Another');
    expect((await call()).body).to.deep.equal(noAccess);
  });

  it('asks for the access of whoever calls, administrator or not', async () => {
    deploy();
    const caller = 'integration@jwt-client.local';
    const session = startSession(client.org, userId(client.org, caller), 'api');
    assignPermissionSet(client.org, admin, 'Erp_Callouts');
    expect((await call({}, `Bearer ${session}`)).body).to.deep.equal(noAccess);
    assignPermissionSet(client.org, caller, 'Erp_Callouts');
    expect((await call({}, `Bearer ${session}`)).body).to.deep.equal(success());
  });

  it('refuses access that is not enabled, or that is to another principal', async () => {
    deploy();
    assignPermissionSet(client.org, admin, 'Erp_Callouts');
    putPrincipalAccess(client.org, 'Erp_Callouts', 'My_Erp-Integration', false);
    expect((await call()).body).to.deep.equal(noAccess);
    putPrincipalAccess(client.org, 'Erp_Callouts', 'My_Erp-Other');
    expect((await call()).body).to.deep.equal(noAccess);
  });

  it('refuses access through an assignment that has expired', async () => {
    deploy();
    const id = assignPermissionSet(client.org, admin, 'Erp_Callouts');
    client.org.records.update('PermissionSetAssignment', id, { ExpirationDate: '2026-06-01T11:59:59.000+0000' });
    expect((await call()).body).to.deep.equal(noAccess);
    client.org.records.update('PermissionSetAssignment', id, { ExpirationDate: '2026-06-01T12:00:01.000+0000' });
    expect((await call()).body).to.deep.equal(success());
  });

  it('takes access through the permission set of the profile, and all names in any case', async () => {
    deploy({ certificate: 'CRM' });
    putPrincipalAccess(client.org, 'X00eAdministrator', 'MY_ERP-INTEGRATION');
    expect((await call({ namedCredential: 'my_erp' })).body).to.deep.equal(success());
  });

  it('says that a Named Credential might not exist', async () => {
    expect((await call()).body).to.deep.equal({
      issued: false,
      status: 0,
      error: 'System.CalloutException',
      errorDescription:
        'The callout couldn\'t access the endpoint. You might not have the required permissions, or the named credential "My_Erp" might not exist.',
    });
  });

  it('says that an External Credential might not exist', async () => {
    deploy();
    assignPermissionSet(client.org, admin, 'Erp_Callouts');
    client.org.components.delete('ExternalCredential', 'My_Erp');
    expect((await call()).body).to.deep.equal(noAccess);
  });

  it('refuses a Named Credential that is not enabled for callouts', async () => {
    deploy({ calloutStatus: 'Disabled' });
    assignPermissionSet(client.org, admin, 'Erp_Callouts');
    expect((await call()).body).to.deep.include({
      issued: false,
      errorDescription: 'The named credential "My_Erp" is not enabled for callouts.',
    });
  });

  it('says "Data Not Available" for a certificate that the org does not have', async () => {
    deploy({ certificate: 'gone' });
    assignPermissionSet(client.org, admin, 'Erp_Callouts');
    expect((await call()).body).to.deep.equal({
      issued: false,
      status: 0,
      error: 'System.NoDataFoundException',
      errorDescription: 'Data Not Available: gone',
    });
  });

  it('passes on why the token endpoint refused', async () => {
    deploy({ claims: claims({ iss: 'WRONG' }) });
    assignPermissionSet(client.org, admin, 'Erp_Callouts');
    expect((await call()).body).to.deep.equal({
      issued: false,
      status: 400,
      error: 'invalid_client_id',
      errorDescription: 'client identifier invalid',
    });
  });

  it('passes on why the API refused', async () => {
    deploy();
    assignPermissionSet(client.org, admin, 'Erp_Callouts');
    expect((await call({ path: '/services/data/v67.0/sobjects/Nothing' })).body).to.deep.include({
      issued: true,
      status: 404,
      error: 'NOT_FOUND',
    });
  });

  it('calls through a legacy Named Credential, which needs no permission set', async () => {
    const { instanceUrl } = server.org;
    const fields = {
      authTokenEndpointUrl: `${instanceUrl}/services/oauth2/token`,
      endpoint: `${instanceUrl}/`,
      jwtAudience: `"${instanceUrl}"`,
      jwtIssuer: 'CRM_KEY',
      jwtSigningCertificate: 'crm',
      jwtTextSubject: integration,
      jwtValidityPeriodSeconds: '180',
      principalType: 'NamedUser',
      protocol: 'JwtExchange',
    };
    putLegacyCredential(client.org, fields);
    expect((await call({ namedCredential: 'Old_Erp' })).body).to.deep.equal(success());
    putLegacyCredential(client.org, { ...fields, jwtAudience: `["${instanceUrl}"]` });
    expect((await call({ namedCredential: 'Old_Erp' })).body).to.deep.equal(success());
  });

  it('says what it cannot call through', async () => {
    assignPermissionSet(client.org, admin, 'Erp_Callouts');
    putLegacyCredential(client.org, { endpoint: server.org.instanceUrl, protocol: 'Password' });
    expect((await call({ namedCredential: 'Old_Erp' })).body.errorDescription).to.equal(
      'A local org makes no callouts with the protocol Password, but with JwtExchange.',
    );
    putLegacyCredential(client.org, {
      authTokenEndpointUrl: server.org.instanceUrl,
      endpoint: server.org.instanceUrl,
      jwtFormulaSubject: '$User.Username',
      jwtSigningCertificate: 'crm',
      protocol: 'JwtExchange',
    });
    expect((await call({ namedCredential: 'Old_Erp' })).body.errorDescription).to.equal(
      'A local org cannot evaluate the formula of the subject: give it as text, with NamedUser.',
    );
    deploy({ variant: 'ClientCredentialsClientSecret' });
    expect((await call()).body.errorDescription).to.equal(
      'A local org makes no callouts with external credentials other than OAuth 2.0 JWT bearer.',
    );
  });

  it('calls nothing that is not on this machine', async () => {
    assignPermissionSet(client.org, admin, 'Erp_Callouts');
    deploy({ tokenEndpoint: 'https://login.salesforce.com/services/oauth2/token' });
    const refusal = 'A local org calls endpoints on this machine only, and not ';
    expect((await call()).body.errorDescription).to.equal(
      `${refusal}https://login.salesforce.com/services/oauth2/token`,
    );
    deploy({ url: 'https://erp.example.com' });
    expect((await call({ path: '/x' })).body.errorDescription).to.equal(`${refusal}https://erp.example.com/x`);
  });

  it('names what is wrong with a request', async () => {
    for (const [change, message] of [
      [{ namedCredential: undefined }, 'The request needs "namedCredential", a text.'],
      [{ path: 'x' }, 'The request needs a "path" that begins with a slash.'],
      [{ method: 'TRACE' }, 'The request needs a "method" of these: GET, HEAD, POST, PUT, PATCH, DELETE.'],
    ] as const) {
      const { status, body } = await call(change);
      expect(status).to.equal(400);
      expect(body).to.deep.equal([{ message, errorCode: 'INVALID_INPUT' }]);
    }
  });

  it('is for users with a session only', async () => {
    expect((await call({}, '')).status).to.equal(401);
  });
});
