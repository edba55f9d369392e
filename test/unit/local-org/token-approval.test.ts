import { expect } from 'chai';
import { assignPermissionSet, putExternalClientApp, startOfTest, userId } from './hosted-org.js';
import { integration, tokenFixture } from './token-fixture.js';

describe('approval of users by a local org', () => {
  const fixture = tokenFixture();
  const { ask, deployApproved, expectRefusal } = fixture;

  it('refuses a user that does not exist', async () => {
    deployApproved();
    for (const sub of ['nobody@jwt-server.local', undefined]) {
      expectRefusal(await ask({ sub }), 'invalid_grant', "user hasn't approved this consumer");
    }
  });

  it('refuses an inactive user', async () => {
    deployApproved();
    fixture.host.org.records.update('User', userId(fixture.host.org, integration), { IsActive: false });
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
    putExternalClientApp(fixture.host.org, { certificate: fixture.keys.certificatePem, permissionSet: 'Crm_Access' });
    const refusal = ['invalid_app_access', 'user is not admin approved to access this app'] as const;
    expectRefusal(await ask(), ...refusal);
    const assignment = assignPermissionSet(fixture.host.org, integration);
    expect((await ask()).status).to.equal(200);
    expect(
      (await fixture.host.send('DELETE', `/services/data/v67.0/sobjects/PermissionSetAssignment/${assignment}`)).status,
    ).to.equal(204);
    expectRefusal(await ask(), ...refusal);
  });

  it('takes a profile, by its label, as approval', async () => {
    putExternalClientApp(fixture.host.org, {
      certificate: fixture.keys.certificatePem,
      profile: 'Minimum Access - Salesforce',
    });
    expect((await ask()).status).to.equal(200);
  });

  it('takes a SetupEntityAccess row of an assigned permission set as approval', async () => {
    putExternalClientApp(fixture.host.org, { certificate: fixture.keys.certificatePem });
    const row = fixture.host.org.records.insert('ExternalClientApplication', {
      DeveloperName: 'Crm',
      MasterLabel: 'Crm',
    });
    assignPermissionSet(fixture.host.org, integration);
    expect((await ask()).status).to.equal(400);
    const { records } = (await fixture.host.query("SELECT Id FROM PermissionSet WHERE Name = 'Crm_Access'")).body as {
      records: { Id: string }[];
    };
    const access = { ParentId: records[0]?.Id, SetupEntityId: row.Id };
    expect(
      (await fixture.host.send('POST', '/services/data/v67.0/sobjects/SetupEntityAccess', { json: access })).status,
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
      (await fixture.host.send('GET', '/services/data/v67.0/limits', { headers: { authorization } })).status;
    const bearer = async (): Promise<string> =>
      `Bearer ${((await ask({ exp: startOfTest * 2 })).body as { access_token: string }).access_token}`;
    const [revoked, old, orphan] = [await bearer(), await bearer(), await bearer()];
    const revocation = await fixture.host.send('POST', '/services/oauth2/revoke', {
      body: new URLSearchParams({ token: revoked.slice(7) }),
    });
    expect(revocation.status).to.equal(200);
    expect(await limits(revoked)).to.equal(401);
    expect(await limits(old)).to.equal(200);
    fixture.host.clock += 2 * 60 * 60 * 1000 + 1;
    expect(await limits(old)).to.equal(401);
    fixture.host.clock = startOfTest;
    fixture.host.org.records.update('User', userId(fixture.host.org, integration), { IsActive: false });
    expect(await limits(orphan)).to.equal(401);
  });
});
