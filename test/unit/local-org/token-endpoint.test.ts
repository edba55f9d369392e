import { expect } from 'chai';
import {
  assignPermissionSet,
  hostOrgs,
  makeKeyPair,
  putConnectedApp,
  putExternalClientApp,
  signAssertion,
  startOfTest,
  userId,
  type Answer,
  type EcaOptions,
  type HostedOrg,
  type KeyPair,
} from './hosted-org.js';

const integration = 'integration@jwt-server.local';
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const inThreeMinutes = startOfTest / 1000 + 180;

describe('token endpoint of a local org', () => {
  let keys: KeyPair;
  let otherKeys: KeyPair;
  let host: HostedOrg;
  let sibling: HostedOrg;

  before(async () => {
    [keys, otherKeys] = await Promise.all([makeKeyPair(), makeKeyPair()]);
  });

  beforeEach(async () => {
    const hosts = await hostOrgs(['jwt-server', 'jwt-client']);
    [host, sibling] = [hosts[0]!, hosts[1]!];
  });

  afterEach(async () => {
    await Promise.all([host.close(), sibling.close()]);
  });

  const token = (form: Readonly<Record<string, string>>, to = host): Promise<Answer> =>
    to.send('POST', '/services/oauth2/token', { body: new URLSearchParams(form), headers: { authorization: '' } });

  const claimsFor = (change: Readonly<Record<string, unknown>> = {}) => ({
    iss: 'CRM_KEY',
    sub: integration,
    aud: host.org.instanceUrl,
    exp: inThreeMinutes,
    ...change,
  });

  const ask = (change: Readonly<Record<string, unknown>> = {}, header?: Readonly<Record<string, unknown>>) =>
    token({ grant_type: grantType, assertion: signAssertion(keys.privateKeyPem, claimsFor(change), header) });

  const deployApproved = (options: EcaOptions = {}): void => {
    putExternalClientApp(host.org, { certificate: keys.certificatePem, permissionSet: 'Crm_Access', ...options });
    assignPermissionSet(host.org, integration);
  };

  const expectRefusal = ({ status, body }: Answer, error: string, description: string): void => {
    expect({ status, body: body as unknown }).to.deep.equal({
      status: 400,
      body: { error, error_description: description },
    });
  };

  it('issues a token to a pre-approved user, which works in the REST API', async () => {
    deployApproved();
    const { status, body, headers } = await ask();
    expect(status).to.equal(200);
    const { access_token, ...rest } = body as { access_token: string };
    expect(rest).to.deep.equal({
      scope: 'api web',
      instance_url: host.org.instanceUrl,
      id: `${host.org.instanceUrl}/id/${host.org.id}/${userId(host.org, integration)}`,
      token_type: 'Bearer',
    });
    expect(/^00D[A-Za-z0-9]{12}![\w.]+$/.test(access_token), 'form of the token').to.equal(true);
    expect(access_token.startsWith(host.org.id.slice(0, 15)), 'org of the token').to.equal(true);
    expect(headers.get('cache-control')).to.equal('no-store');
    const limits = await host.send('GET', '/services/data/v67.0/limits', {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(limits.status).to.equal(200);
    const info = await host.send('GET', '/services/oauth2/userinfo', {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect((info.body as { preferred_username: string }).preferred_username).to.equal(integration);
  });

  it('accepts each encoding of the certificate that orgs are seen to accept', async () => {
    const body = keys.certificatePem.replaceAll(/-----[^-]+-----|\n/g, '');
    const wholeInBase64 = Buffer.from(keys.certificatePem).toString('base64');
    assignPermissionSet(host.org, integration);
    for (const certificate of [keys.certificatePem, body, wholeInBase64]) {
      putExternalClientApp(host.org, { certificate, permissionSet: 'Crm_Access' });
      expect((await ask()).status).to.equal(200);
    }
  });

  it('accepts exp in milliseconds, as @salesforce/core sends it, and aud with a slash behind it', async () => {
    deployApproved();
    expect((await ask({ exp: startOfTest + 300, aud: `${host.org.instanceUrl}/` })).status).to.equal(200);
  });

  it('finds the user whatever the case of the username, and prefers prn to sub', async () => {
    deployApproved();
    expect((await ask({ sub: integration.toUpperCase() })).status).to.equal(200);
    expect((await ask({ sub: 'nobody@x.y', prn: integration })).status).to.equal(200);
  });

  it('refuses another grant type', async () => {
    expectRefusal(await token({ grant_type: 'password' }), 'unsupported_grant_type', 'grant type not supported');
    expectRefusal(await token({}), 'unsupported_grant_type', 'grant type not supported');
  });

  it('refuses a request without an assertion', async () => {
    expectRefusal(await token({ grant_type: grantType }), 'invalid_request', 'missing required parameter: assertion');
  });

  it('refuses GET', async () => {
    expectRefusal(await host.send('GET', '/services/oauth2/token'), 'invalid_request', 'must use HTTP POST');
  });

  for (const assertion of ['abc', 'a.b', 'a.b.c', '..', `${Buffer.from('[]').toString('base64url')}.e30.x`]) {
    it(`refuses ${JSON.stringify(assertion)} as no JWT`, async () => {
      deployApproved();
      expectRefusal(await token({ grant_type: grantType, assertion }), 'invalid_grant', 'invalid assertion');
    });
  }

  it('refuses every algorithm but RS256, "none" above all', async () => {
    deployApproved();
    for (const alg of ['none', 'HS256', 'RS512', 'PS256']) {
      expectRefusal(await ask({}, { alg }), 'invalid_grant', 'invalid assertion');
    }
  });

  it('refuses a consumer key that no app has', async () => {
    deployApproved();
    for (const iss of ['WRONG', undefined, 7]) {
      expectRefusal(await ask({ iss }), 'invalid_client_id', 'client identifier invalid');
    }
  });

  it('says that an External Client App of another org is not installed in this one', async () => {
    putExternalClientApp(sibling.org, { consumerKey: 'ELSEWHERE' });
    expectRefusal(await ask({ iss: 'ELSEWHERE' }), 'app_not_found', 'External client app is not installed in this org');
  });

  it('refuses the signature of another key, in the words of each kind of app', async () => {
    deployApproved();
    const assertion = signAssertion(otherKeys.privateKeyPem, claimsFor());
    expectRefusal(await token({ grant_type: grantType, assertion }), 'invalid_client', 'invalid client credentials');
    putConnectedApp(host.org, {
      certificate: keys.certificatePem,
      permissionSet: 'Crm_Access',
      consumerKey: 'CONNECTED',
    });
    const connected = signAssertion(otherKeys.privateKeyPem, claimsFor({ iss: 'CONNECTED' }));
    expectRefusal(await token({ grant_type: grantType, assertion: connected }), 'invalid_grant', 'invalid assertion');
  });

  it('refuses claims that were changed after they were signed', async () => {
    deployApproved();
    const [header, , signature] = signAssertion(keys.privateKeyPem, claimsFor()).split('.');
    const forged = Buffer.from(JSON.stringify(claimsFor({ sub: 'admin@jwt-server.local' }))).toString('base64url');
    const assertion = [header, forged, signature].join('.');
    expectRefusal(await token({ grant_type: grantType, assertion }), 'invalid_client', 'invalid client credentials');
  });

  it('refuses an app without a certificate, and one whose certificate is none', async () => {
    for (const certificate of [undefined, 'bm90IGEgY2VydGlmaWNhdGU=']) {
      deployApproved({ certificate });
      expectRefusal(await ask(), 'invalid_grant', 'invalid assertion');
    }
  });

  it('refuses an expired certificate, unless told that Salesforce does not', async () => {
    const expired = await makeKeyPair(new Date('2026-05-31T00:00:00Z'));
    deployApproved({ certificate: expired.certificatePem });
    const assertion = signAssertion(expired.privateKeyPem, claimsFor());
    expectRefusal(await token({ grant_type: grantType, assertion }), 'invalid_grant', 'invalid assertion');
    const [lenient] = await hostOrgs(['jwt-server'], { refuseExpiredCertificates: false });
    putExternalClientApp(lenient!.org, { certificate: expired.certificatePem, permissionSet: 'Crm_Access' });
    assignPermissionSet(lenient!.org, integration);
    const again = signAssertion(expired.privateKeyPem, claimsFor({ aud: lenient!.org.instanceUrl }));
    expect((await token({ grant_type: grantType, assertion: again }, lenient)).status).to.equal(200);
    await lenient!.close();
  });

  it('refuses a disabled app', async () => {
    deployApproved({ isEnabled: false });
    expectRefusal(await ask(), 'OAUTH_APP_BLOCKED', 'this app is blocked by admin');
  });

  it('refuses a wrong audience', async () => {
    deployApproved();
    for (const aud of ['https://example.com', undefined, sibling.org.instanceUrl]) {
      expectRefusal(await ask({ aud }), 'invalid_grant', 'audience is invalid');
    }
  });

  it('refuses login hosts as the audience of an External Client App', async () => {
    deployApproved();
    for (const aud of ['https://login.salesforce.com', 'https://test.salesforce.com/']) {
      expectRefusal(await ask({ aud }), 'app_not_found', 'External client app is not installed in this org');
    }
  });

  it('accepts the login host that fits the org as the audience of a Connected App', async () => {
    putConnectedApp(host.org, { certificate: keys.certificatePem, permissionSet: 'Crm_Access' });
    assignPermissionSet(host.org, integration);
    expect((await ask({ aud: 'https://login.salesforce.com' })).status).to.equal(200);
    expectRefusal(await ask({ aud: 'https://test.salesforce.com' }), 'invalid_grant', 'audience is invalid');
  });

  it('refuses an assertion that has expired, at the very second', async () => {
    deployApproved();
    expectRefusal(await ask({ exp: startOfTest / 1000 }), 'invalid_grant', 'expired authorization code');
    expect((await ask({ exp: startOfTest / 1000 + 1 })).status).to.equal(200);
    host.clock = startOfTest + 181_000;
    expectRefusal(await ask(), 'invalid_grant', 'expired authorization code');
  });

  it('refuses an assertion without exp, and one that is not valid yet', async () => {
    deployApproved();
    expectRefusal(await ask({ exp: undefined }), 'invalid_grant', 'invalid assertion');
    expectRefusal(await ask({ exp: 'soon' }), 'invalid_grant', 'invalid assertion');
    expectRefusal(await ask({ nbf: startOfTest / 1000 + 120 }), 'invalid_grant', 'invalid assertion');
  });

  it('refuses a user that does not exist', async () => {
    deployApproved();
    for (const sub of ['nobody@jwt-server.local', undefined]) {
      expectRefusal(await ask({ sub }), 'invalid_grant', "user hasn't approved this consumer");
    }
  });

  it('refuses an inactive user', async () => {
    deployApproved();
    host.org.records.update('User', userId(host.org, integration), { IsActive: false });
    expectRefusal(await ask(), 'inactive_user', 'user is inactive');
  });

  it('asks for the refresh_token scope, and for one more', async () => {
    deployApproved({ scopes: 'Api, Web' });
    const text = 'refresh_token scope is required and the connected app should be installed and preauthorized.';
    expectRefusal(await ask(), 'invalid_request', text);
    deployApproved({ scopes: 'RefreshToken' });
    expectRefusal(await ask(), 'invalid_scope', 'the requested scope is not allowed');
  });

  it('refuses a user without the permission set, and again once its assignment is gone', async () => {
    putExternalClientApp(host.org, { certificate: keys.certificatePem, permissionSet: 'Crm_Access' });
    const refusal = ['invalid_app_access', 'user is not admin approved to access this app'] as const;
    expectRefusal(await ask(), ...refusal);
    const assignment = assignPermissionSet(host.org, integration);
    expect((await ask()).status).to.equal(200);
    expect(
      (await host.send('DELETE', `/services/data/v67.0/sobjects/PermissionSetAssignment/${assignment}`)).status,
    ).to.equal(204);
    expectRefusal(await ask(), ...refusal);
  });

  it('takes a profile, by its label, as approval', async () => {
    putExternalClientApp(host.org, { certificate: keys.certificatePem, profile: 'Minimum Access - Salesforce' });
    expect((await ask()).status).to.equal(200);
  });

  it('takes a SetupEntityAccess row of an assigned permission set as approval', async () => {
    putExternalClientApp(host.org, { certificate: keys.certificatePem });
    const row = host.org.records.insert('ExternalClientApplication', { DeveloperName: 'Crm', MasterLabel: 'Crm' });
    assignPermissionSet(host.org, integration);
    expect((await ask()).status).to.equal(400);
    const { records } = (await host.query("SELECT Id FROM PermissionSet WHERE Name = 'Crm_Access'")).body as {
      records: { Id: string }[];
    };
    const access = { ParentId: records[0]?.Id, SetupEntityId: row.Id };
    expect(
      (await host.send('POST', '/services/data/v67.0/sobjects/SetupEntityAccess', { json: access })).status,
    ).to.equal(201);
    expect((await ask()).status).to.equal(200);
  });

  it('refuses users of a self-authorised app: nobody has approved it in a browser', async () => {
    deployApproved({ permittedUsers: 'AllSelfAuthorized' });
    expectRefusal(await ask(), 'invalid_grant', "user hasn't approved this consumer");
  });

  it('ends a session by revoke, by time without use, and with its user', async () => {
    deployApproved();
    const limits = async (authorization: string): Promise<number> =>
      (await host.send('GET', '/services/data/v67.0/limits', { headers: { authorization } })).status;
    const bearer = async (): Promise<string> =>
      `Bearer ${((await ask({ exp: startOfTest * 2 })).body as { access_token: string }).access_token}`;
    const [revoked, old, orphan] = [await bearer(), await bearer(), await bearer()];
    const revocation = await host.send('POST', '/services/oauth2/revoke', {
      body: new URLSearchParams({ token: revoked.slice(7) }),
    });
    expect(revocation.status).to.equal(200);
    expect(await limits(revoked)).to.equal(401);
    expect(await limits(old)).to.equal(200);
    host.clock += 2 * 60 * 60 * 1000 + 1;
    expect(await limits(old)).to.equal(401);
    host.clock = startOfTest;
    host.org.records.update('User', userId(host.org, integration), { IsActive: false });
    expect(await limits(orphan)).to.equal(401);
  });
});
