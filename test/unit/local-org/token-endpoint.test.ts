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
} from './hosted-org.js';
import { grantType, integration, tokenFixture } from './token-fixture.js';

describe('token endpoint of a local org', () => {
  const fixture = tokenFixture();
  const { token, claimsFor, ask, deployApproved, expectRefusal } = fixture;

  it('issues a token to a pre-approved user, which works in the REST API', async () => {
    deployApproved();
    const { status, body, headers } = await ask();
    expect(status).to.equal(200);
    const { access_token, ...rest } = body as { access_token: string };
    expect(rest).to.deep.equal({
      scope: 'api web',
      instance_url: fixture.host.org.instanceUrl,
      id: `${fixture.host.org.instanceUrl}/id/${fixture.host.org.id}/${userId(fixture.host.org, integration)}`,
      token_type: 'Bearer',
    });
    expect(/^00D[A-Za-z0-9]{12}![\w.]+$/.test(access_token), 'form of the token').to.equal(true);
    expect(access_token.startsWith(fixture.host.org.id.slice(0, 15)), 'org of the token').to.equal(true);
    expect(headers.get('cache-control')).to.equal('no-store');
    const limits = await fixture.host.send('GET', '/services/data/v67.0/limits', {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(limits.status).to.equal(200);
    const info = await fixture.host.send('GET', '/services/oauth2/userinfo', {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect((info.body as { preferred_username: string }).preferred_username).to.equal(integration);
  });

  it('accepts each encoding of the certificate that orgs are seen to accept', async () => {
    const body = fixture.keys.certificatePem.replaceAll(/-----[^-]+-----|\n/g, '');
    const wholeInBase64 = Buffer.from(fixture.keys.certificatePem).toString('base64');
    assignPermissionSet(fixture.host.org, integration);
    for (const certificate of [fixture.keys.certificatePem, body, wholeInBase64]) {
      putExternalClientApp(fixture.host.org, { certificate, permissionSet: 'Crm_Access' });
      expect((await ask()).status).to.equal(200);
    }
  });

  it('accepts exp in milliseconds, as @salesforce/core sends it, and aud with a slash behind it', async () => {
    deployApproved();
    expect((await ask({ exp: startOfTest + 300, aud: `${fixture.host.org.instanceUrl}/` })).status).to.equal(200);
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

  it('refuses GET and OPTIONS', async () => {
    for (const method of ['GET', 'OPTIONS'])
      expectRefusal(await fixture.host.send(method, '/services/oauth2/token'), 'invalid_request', 'must use HTTP POST');
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
    putExternalClientApp(fixture.sibling.org, { consumerKey: 'ELSEWHERE' });
    expectRefusal(await ask({ iss: 'ELSEWHERE' }), 'app_not_found', 'External client app is not installed in this org');
  });

  it('refuses the signature of another key, in the words of each kind of app', async () => {
    deployApproved();
    const assertion = signAssertion(fixture.otherKeys.privateKeyPem, claimsFor());
    expectRefusal(await token({ grant_type: grantType, assertion }), 'invalid_client', 'invalid client credentials');
    putConnectedApp(fixture.host.org, {
      certificate: fixture.keys.certificatePem,
      permissionSet: 'Crm_Access',
      consumerKey: 'CONNECTED',
    });
    const connected = signAssertion(fixture.otherKeys.privateKeyPem, claimsFor({ iss: 'CONNECTED' }));
    expectRefusal(await token({ grant_type: grantType, assertion: connected }), 'invalid_grant', 'invalid assertion');
  });

  it('refuses claims that were changed after they were signed', async () => {
    deployApproved();
    const [header, , signature] = signAssertion(fixture.keys.privateKeyPem, claimsFor()).split('.');
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
    for (const aud of ['https://example.com', undefined, fixture.sibling.org.instanceUrl]) {
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
    putConnectedApp(fixture.host.org, { certificate: fixture.keys.certificatePem, permissionSet: 'Crm_Access' });
    assignPermissionSet(fixture.host.org, integration);
    expect((await ask({ aud: 'https://login.salesforce.com' })).status).to.equal(200);
    expectRefusal(await ask({ aud: 'https://test.salesforce.com' }), 'invalid_grant', 'audience is invalid');
  });

  it('refuses an assertion that has expired, at the very second', async () => {
    deployApproved();
    expectRefusal(await ask({ exp: startOfTest / 1000 }), 'invalid_grant', 'expired authorization code');
    expect((await ask({ exp: startOfTest / 1000 + 1 })).status).to.equal(200);
    fixture.host.clock = startOfTest + 181_000;
    expectRefusal(await ask(), 'invalid_grant', 'expired authorization code');
  });

  it('refuses an assertion without exp, and one that is not valid yet', async () => {
    deployApproved();
    expectRefusal(await ask({ exp: undefined }), 'invalid_grant', 'invalid assertion');
    expectRefusal(await ask({ exp: 'soon' }), 'invalid_grant', 'invalid assertion');
    expectRefusal(await ask({ nbf: startOfTest / 1000 + 120 }), 'invalid_grant', 'invalid assertion');
  });
});
