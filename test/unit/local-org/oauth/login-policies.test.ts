import { expect } from 'chai';
import { putComponent, putConnectedApp, startOfTest, userId } from '../hosted-org.js';
import { integration, tokenFixture } from '../token-fixture.js';
import { addElements, putProfile, putSessionSetting, userLoginId } from './add-elements.js';

const minute = 60_000;

describe('policies of a local org for logins', () => {
  const fixture = tokenFixture();
  const { ask, deployApproved, expectRefusal } = fixture;
  const later = { exp: startOfTest };
  const isGranted = async (change = {}): Promise<boolean> => (await ask({ ...later, ...change })).status === 200;
  const bearer = async (): Promise<string> =>
    `Bearer ${((await ask(later)).body as { access_token: string }).access_token}`;
  const statusOf = async (authorization: string): Promise<number> =>
    (await fixture.host.send('GET', '/services/data/v67.0/limits', { headers: { authorization } })).status;

  describe('users', () => {
    for (const field of ['IsFrozen', 'IsPasswordLocked']) {
      it(`refuses one whose UserLogin says ${field}, until it does no more`, async () => {
        deployApproved();
        const login = `/services/data/v67.0/sobjects/UserLogin/${userLoginId(fixture.host.org, integration)}`;
        expect((await fixture.host.send('PATCH', login, { json: { [field]: true } })).status).to.equal(204);
        expectRefusal(await ask(), 'invalid_grant', 'user is locked');
        expect((await fixture.host.send('PATCH', login, { json: { [field]: false } })).status).to.equal(204);
        expect(await isGranted()).to.equal(true);
      });
    }

    it('gives each new user a UserLogin, which nobody may make or delete', async () => {
      const { records } = (
        await fixture.host.query("SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'")
      ).body as { records: { Id: string }[] };
      const json = { Username: 'new@x.y', LastName: 'New', Email: 'a@b.c', Alias: 'new', ProfileId: records[0]?.Id };
      const { id } = (await fixture.host.send('POST', '/services/data/v67.0/sobjects/User', { json })).body as {
        id: string;
      };
      const login = await fixture.host.query(`SELECT Id, IsFrozen FROM UserLogin WHERE UserId = '${id}'`);
      expect(login.body.records).to.have.lengthOf(1);
      const path = `/services/data/v67.0/sobjects/UserLogin/${login.body.records[0].Id as string}`;
      expect((await fixture.host.send('DELETE', path)).status).to.equal(400);
      const made = await fixture.host.send('POST', '/services/data/v67.0/sobjects/UserLogin', { json: { UserId: id } });
      expect(made.status).to.equal(400);
    });
  });

  describe('addresses and hours', () => {
    const range = (start: string, end: string): string =>
      `<loginIpRanges><endAddress>${end}</endAddress><startAddress>${start}</startAddress></loginIpRanges>`;
    const refusal = ['invalid_grant', 'ip restricted or invalid login hours'] as const;

    it('refuses an address outside the login IP ranges of the profile', async () => {
      deployApproved();
      putProfile(fixture.host.org, range('203.0.113.0', '203.0.113.255'));
      expectRefusal(await ask(), ...refusal);
      putProfile(fixture.host.org, range('203.0.113.0', '203.0.113.255') + range('127.0.0.0', '127.255.255.255'));
      expect(await isGranted()).to.equal(true);
    });

    it('does so whatever the app says of relaxing them', async () => {
      deployApproved();
      addElements(
        fixture.host.org,
        'ExtlClntAppOauthConfigurablePolicies',
        '<ipRelaxationPolicyType>Bypass</ipRelaxationPolicyType>',
      );
      putProfile(fixture.host.org, range('203.0.113.0', '203.0.113.255'));
      expectRefusal(await ask(), ...refusal);
    });

    it('refuses all addresses where the only range is none', async () => {
      deployApproved();
      putProfile(fixture.host.org, range('here', 'there'));
      expectRefusal(await ask(), ...refusal);
    });

    it('refuses an hour outside the login hours of the profile', async () => {
      deployApproved();
      // The first of June 2026 is a Monday, and it is noon.
      const hours = (start: number, end: number): string =>
        `<loginHours><mondayEnd>${end}</mondayEnd><mondayStart>${start}</mondayStart></loginHours>`;
      putProfile(fixture.host.org, hours(480, 720));
      expectRefusal(await ask(), ...refusal);
      putProfile(fixture.host.org, hours(480, 780));
      expect(await isGranted()).to.equal(true);
      fixture.host.clock += 60 * minute;
      expectRefusal(await ask(later), ...refusal);
      fixture.host.clock += 24 * 60 * minute;
      expect(await isGranted(), 'a day without hours').to.equal(true);
    });
  });

  describe('sessions', () => {
    const failure = ['invalid_grant', 'authentication failure'] as const;

    it('refuses apps and profiles that ask for high assurance', async () => {
      deployApproved();
      const policies = 'ExtlClntAppOauthConfigurablePolicies';
      addElements(fixture.host.org, policies, '<requiredSessionLevel>HIGH_ASSURANCE</requiredSessionLevel>');
      expectRefusal(await ask(), ...failure);
      deployApproved();
      expect(await isGranted()).to.equal(true);
      putSessionSetting(fixture.host.org, '<requiredSessionLevel>HIGH_ASSURANCE</requiredSessionLevel>');
      expectRefusal(await ask(), ...failure);
      putSessionSetting(fixture.host.org, '<requiredSessionLevel>STANDARD</requiredSessionLevel>');
      expect(await isGranted()).to.equal(true);
    });

    it('refuses a Connected App that asks for high assurance', async () => {
      deployApproved();
      const { certificatePem: certificate } = fixture.keys;
      putConnectedApp(fixture.host.org, { certificate, permissionSet: 'Crm_Access', consumerKey: 'CONNECTED' });
      expect(await isGranted({ iss: 'CONNECTED' })).to.equal(true);
      const policy = '<policyAction>Block</policyAction><sessionLevel>HIGH_ASSURANCE</sessionLevel>';
      addElements(fixture.host.org, 'ConnectedApp', `<sessionPolicy>${policy}</sessionPolicy>`);
      expectRefusal(await ask({ iss: 'CONNECTED' }), ...failure);
    });

    it('ends sessions as app, profile and org say, in this order', async () => {
      deployApproved();
      const endsAfter = async (minutes: number): Promise<void> => {
        const authorization = await bearer();
        const start = fixture.host.clock;
        fixture.host.clock = start + minutes * minute + 1;
        expect(await statusOf(authorization), `${minutes} minutes later`).to.equal(401);
        fixture.host.clock = start;
        const inUse = await bearer();
        fixture.host.clock = start + minutes * minute - 1;
        expect(await statusOf(inUse), `in use, ${minutes} minutes later`).to.equal(200);
        fixture.host.clock = start + minutes * minute + 1;
        expect(await statusOf(inUse), 'its use counts').to.equal(200);
        fixture.host.clock = start;
      };
      await endsAfter(120);
      const timeout = '<sessionSettings><sessionTimeout>FourHours</sessionTimeout></sessionSettings>';
      putComponent(fixture.host.org, 'Settings', 'Security', 'settings/Security.settings', timeout);
      await endsAfter(240);
      putSessionSetting(fixture.host.org, '<sessionTimeout>30</sessionTimeout>');
      await endsAfter(30);
      addElements(
        fixture.host.org,
        'ExtlClntAppOauthConfigurablePolicies',
        '<sessionTimeoutInMinutes>15</sessionTimeoutInMinutes>',
      );
      await endsAfter(15);
    });
  });

  describe('rate', () => {
    const refusal = ['rate_limit_exceeded', 'number of logins exceeded'] as const;

    it('refuses a user after as many logins within an hour as the org allows', async () => {
      deployApproved();
      fixture.host.org.settings.loginsPerHour = 2;
      expect([await isGranted(), await isGranted()]).to.deep.equal([true, true]);
      expectRefusal(await ask(), ...refusal);
      fixture.host.clock += 60 * minute - 1;
      expectRefusal(await ask(later), ...refusal);
      fixture.host.clock += 1;
      expect(await isGranted()).to.equal(true);
    });

    it('does not count what was refused', async () => {
      deployApproved();
      fixture.host.org.settings.loginsPerHour = 1;
      expect((await ask({ aud: 'https://example.com' })).status).to.equal(400);
      fixture.host.org.records.update('User', userId(fixture.host.org, integration), { IsActive: false });
      expect((await ask()).status).to.equal(400);
      fixture.host.org.records.update('User', userId(fixture.host.org, integration), { IsActive: true });
      expect(await isGranted()).to.equal(true);
    });

    it('is 3,600 where nobody says otherwise', () => {
      expect(fixture.host.org.settings.loginsPerHour).to.equal(3600);
    });
  });

  describe('apps and orgs', () => {
    it('does not know a new app until the delay has passed', async () => {
      fixture.host.org.settings.propagationDelayMs = 10 * minute;
      deployApproved();
      expectRefusal(await ask(), 'invalid_client_id', 'client identifier invalid');
      fixture.host.clock += 10 * minute - 1;
      expectRefusal(await ask(later), 'invalid_client_id', 'client identifier invalid');
      fixture.host.clock += 1;
      expect(await isGranted()).to.equal(true);
      fixture.host.clock = startOfTest;
      fixture.host.org.settings.propagationDelayMs = 0;
      expect(await isGranted()).to.equal(true);
    });

    it('refuses all logins to an org whose trial has ended', async () => {
      deployApproved();
      const { org } = fixture.host;
      org.records.update('Organization', org.id, { TrialExpirationDate: '2026-06-01T12:00:00.000+0000' });
      expectRefusal(await ask(), 'inactive_org', 'organization is inactive or locked');
      org.records.update('Organization', org.id, { TrialExpirationDate: '2026-06-02T12:00:00.000+0000' });
      expect(await isGranted()).to.equal(true);
    });

    it('takes users of a self-authorised app once they have approved it', async () => {
      deployApproved({ permittedUsers: 'AllSelfAuthorized' });
      const refusal = ['invalid_grant', "user hasn't approved this consumer"] as const;
      fixture.host.org.records.insert('OauthToken', {
        AppName: 'Other',
        UserId: userId(fixture.host.org, integration),
      });
      expectRefusal(await ask(), ...refusal);
      const approve = (json: object, headers = {}) =>
        fixture.host.send('POST', '/_local/oauth-approvals', { json, headers });
      expect((await approve({ consumerKey: 'CRM_KEY' })).status, 'the administrator').to.equal(201);
      expectRefusal(await ask(), ...refusal);
      const { status } = await approve({ consumerKey: 'CRM_KEY', username: integration.toUpperCase() });
      expect(status).to.equal(201);
      const authorization = await bearer();
      expect(await statusOf(authorization)).to.equal(200);
      const others = { consumerKey: 'CRM_KEY', username: 'admin@jwt-server.local' };
      expect((await approve(others, { authorization })).status, 'for somebody else').to.equal(403);
      expect((await approve({ consumerKey: 'CRM_KEY' }, { authorization })).status, 'again').to.equal(201);
      expect(fixture.host.org.records.all('OauthToken')).to.have.lengthOf(3);
      expect((await approve({ consumerKey: 'NONE' })).status).to.equal(404);
      expect((await approve({ consumerKey: 'CRM_KEY', username: 'nobody@x.y' })).status).to.equal(404);
    });
  });
});
