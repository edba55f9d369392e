import { expect } from 'chai';
import type { ApexClient, SalesforceConnection } from '../../src/config/connection.js';
import type { ConnectionDraft } from '../../src/config/draft.js';
import type { Verification } from '../../src/verify/verification-result.js';
import { apexConnection, namedCredentialConnection, oauthConnection } from '../helpers/connections.js';
import { startTokenServer, type TokenServer } from '../unit/local-org/token-server.js';
import { OrgToOrg } from './org-to-org.js';

const clientTypes = ['apex', 'named-credential', 'legacy-named-credential'] as const;
type OrgClientType = (typeof clientTypes)[number];

const certificateUsers = {
  apex: [],
  'named-credential': ['NamedCredential', 'ExternalCredential'],
  'legacy-named-credential': ['NamedCredential'],
} as const satisfies Record<OrgClientType, readonly string[]>;

const here = ['key-matches-certificate', 'certificate-valid', 'endpoint-reachable', 'clock-skew'];
const token = ['token-issued', 'token-works', 'user-and-org', 'scopes'];
const there = ['client-org-certificate', 'client-org-token', 'client-org-call', 'client-org-user'];

const summaryOf = ({ checks }: Verification): readonly string[] =>
  checks.map(({ name, status }) => `${name} ${status}`);
const allPassed = (names: readonly string[]): readonly string[] => names.map((name) => `${name} passed`);
const checkOf = ({ checks }: Verification, name: string) => checks.find((check) => check.name === name);

type Value = { readonly field: string; readonly value: { readonly $: Record<string, string>; readonly _: string } };

describe('verifyConnection between two local orgs', () => {
  let orgs: OrgToOrg;
  beforeEach(async () => {
    orgs = await OrgToOrg.start();
  });
  afterEach(() => orgs.close());

  const connect = (type: OrgClientType, source: 'generate' | 'platform'): SalesforceConnection => {
    const more: ConnectionDraft = { client: { type, org: 'jwt-client' }, certificate: { source } };
    const draft = type === 'apex' ? apexConnection(more) : namedCredentialConnection(more);
    return { ...draft, server: { ...draft.server, username: orgs.integrationUsername } };
  };

  for (const type of clientTypes) {
    it(`lets both sign with the key that was imported: ${type}`, async () => {
      await orgs.setUp(connect(type, 'generate'));
      const verification = await orgs.verify();

      expect(summaryOf(verification)).to.deep.equal([
        ...allPassed([...here, ...token, ...there]),
        'client-org-runs skipped',
      ]);
      expect([verification.verified, verification.orgId]).to.deep.equal([true, orgs.serverOrgId]);
      expect(checkOf(verification, 'client-org-runs')?.detail).to.include(
        'A local org executes no Apex; its classes are there, and a parser found no fault in their syntax.',
      );
    });

    it(`lets the client org sign alone with the key that it made: ${type}`, async () => {
      await orgs.setUp(connect(type, 'platform'));
      const verification = await orgs.verify();

      expect(summaryOf(verification)).to.deep.equal([
        ...allPassed(['certificate-valid', 'certificate-in-app', ...token]),
        'client-org-runs skipped',
      ]);
      expect([verification.verified, verification.orgId]).to.deep.equal([true, orgs.serverOrgId]);
    });

    it(`notices a class that is gone: ${type}`, async () => {
      await orgs.setUp(connect(type, 'platform'));
      await orgs.client.metadata.delete('ApexClass', ['ErpClient', 'ErpClientTest']);
      const { verified, checks } = await orgs.verify();
      const failed = checks.filter(({ status }) => status === 'failed');

      expect(verified).to.equal(false);
      expect(failed.map(({ name }) => name)).to.deep.equal(['token-issued', 'client-org-runs']);
      expect(failed[0]?.detail).to.include('The class ErpClient is not in the client org.');
      expect(failed[0]?.actions?.[0]).to.include('sf jwt deploy --connection erp');
    });

    it(`notices a certificate that is gone from the client org: ${type}`, async () => {
      await orgs.setUp(connect(type, 'generate'));
      // A certificate that is in use cannot be deleted.
      for (const user of certificateUsers[type]) await orgs.client.metadata.delete(user, ['Erp']);
      const [deleted] = await orgs.client.metadata.delete('Certificate', ['erp_jwt']);
      expect(deleted?.success).to.equal(true);
      const verification = await orgs.verify();

      expect(verification.verified).to.equal(false);
      expect(summaryOf(verification).slice(-5)).to.deep.equal([
        'client-org-certificate failed',
        ...[...there.slice(1), 'client-org-runs'].map((name) => `${name} skipped`),
      ]);
      expect(checkOf(verification, 'client-org-certificate')?.actions).to.deep.equal([
        'Bring the certificate into the client org: sf jwt setup --connection erp',
      ]);
    });
  }

  it('gives the command that assigns the permission set, where the user has no access to the principal', async () => {
    await orgs.setUp(connect('named-credential', 'platform'));
    const { records } = await orgs.client.query<{ Id: string }>(
      "SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Erp_Callouts'",
    );
    await orgs.client.sobject('PermissionSetAssignment').destroy(records.map(({ Id }) => Id));
    const issued = checkOf(await orgs.verify(), 'token-issued');

    expect(records).to.have.length(1);
    expect(issued?.status).to.equal('failed');
    expect(issued?.detail).to.include('the external credential "Erp" might not exist');
    expect(issued?.actions?.[0]).to.equal(
      `Assign the permission set to the user who makes the callout: sf org assign permset --name Erp_Callouts --target-org jwt-client --on-behalf-of ${orgs.client.getUsername()}`,
    );
  });

  for (const type of ['named-credential', 'legacy-named-credential'] as const) {
    it(`notices a Named Credential that is gone: ${type}`, async () => {
      await orgs.setUp(connect(type, 'generate'));
      await orgs.client.metadata.delete('NamedCredential', ['Erp']);
      const verification = await orgs.verify();

      expect(checkOf(verification, 'token-issued')?.status).to.equal('passed');
      expect(checkOf(verification, 'client-org-token')?.detail).to.include(
        `the named credential "Erp" might not exist.": the client org has no Named Credential of this name`,
      );
    });
  }

  for (const type of clientTypes) {
    it(`makes a new pair under another name, as the next step for one that expired says: ${type}`, async () => {
      const connection = connect(type, 'platform');
      await orgs.setUp(connection);
      await orgs.setUp({ ...connection, certificate: { ...connection.certificate, name: 'erp_jwt_2' } });

      expect((await orgs.verify()).verified).to.equal(true);
    });
  }

  it('notices a remote site that is gone', async () => {
    await orgs.setUp(connect('apex', 'platform'));
    await orgs.client.metadata.delete('RemoteSiteSetting', ['ErpApi']);

    expect(checkOf(await orgs.verify(), 'token-issued')?.detail).to.include(
      'the client org may not call the token endpoint: the remote site setting is missing or inactive',
    );
  });

  it('signs what stands in the class of the client org, not what should stand there', async () => {
    const connection = connect('apex', 'platform');
    await orgs.setUp({ ...connection, client: { ...connection.client, settings: 'inline' } as ApexClient });
    await orgs.changeClass('ErpTokenProvider', (body) => body.replace(/(CONSUMER_KEY =) '[^']*'/, "$1 'OTHER_KEY'"));
    const verification = await orgs.verify();

    expect(verification.verified).to.equal(false);
    expect(checkOf(verification, 'token-issued')?.detail).to.include('The server said invalid_client_id');
  });

  it('signs what the settings in the client org say, not what they should say', async () => {
    await orgs.setUp(connect('apex', 'platform'));
    const record = { fullName: 'ErpSettings.Default', label: 'Default', protected: false };
    const [read] = [await orgs.client.metadata.read('CustomMetadata', [record.fullName])].flat();
    const values = (read?.values as unknown as readonly Value[]).map(({ field, value: { $: type, _: text } }) => ({
      field,
      // The way in which jsforce writes an element with an attribute and a text.
      value: { '@xsi:type': type['xsi:type'], '': field === 'Consumer_Key__c' ? 'SOMEBODY_ELSES_KEY' : text },
    }));
    const saved = await orgs.client.metadata.update('CustomMetadata', { ...record, values } as never);
    expect(saved).to.include({ success: true });
    const issued = checkOf(await orgs.verify(), 'token-issued');

    expect(issued?.status).to.equal('failed');
    expect(issued?.detail).to.include('The server said invalid_client_id');
  });

  describe('and a server that is no org', () => {
    let server: TokenServer;
    beforeEach(async () => {
      server = await startTokenServer();
      server.answer = ({ path, form }) => {
        if (path !== '/token') return { status: 404, body: { error: 'nothing here' } };
        return form.has('assertion')
          ? { body: { access_token: 'planted-token-value', token_type: 'Bearer', scope: 'orders' } }
          : { status: 400, body: { error: 'invalid_request' } };
      };
    });
    afterEach(() => server.close());

    const connectOther = (type: OrgClientType, source: 'generate' | 'platform') =>
      oauthConnection({
        server: {
          type: 'oauth2',
          username: 'svc-crm',
          issuer: 'crm-client',
          audience: 'https://login.example.com',
          tokenEndpoint: `${server.origin}/token`,
          baseUrl: `${server.origin}/api`,
          scope: 'orders',
          ...(type === 'legacy-named-credential' ? {} : { claims: { tenant: 'acme' } }),
        },
        client: { type, org: 'jwt-client' },
        certificate: { source },
      });

    for (const type of clientTypes) {
      it(`gets as far as the token, with scope and claims, from here and from the client org: ${type}`, async () => {
        await orgs.setUp(connectOther(type, 'generate'));
        const verification = await orgs.verify();

        expect(summaryOf(verification)).to.deep.equal([
          ...allPassed([...here, 'token-issued']),
          'token-works skipped',
          ...allPassed(['scopes', 'client-org-certificate', 'client-org-token']),
          'client-org-call skipped',
          'client-org-runs skipped',
        ]);
        expect(verification.verified).to.equal(true);
        const [own, inOrg] = server.assertions().map(({ claims }) => claims);
        const { iss, sub, aud, tenant } = inOrg ?? {};
        expect({ iss, sub, aud, tenant }).to.deep.equal({
          iss: own?.['iss'],
          sub: own?.['sub'],
          aud: own?.['aud'],
          tenant: own?.['tenant'],
        });
        expect([iss, sub, aud]).to.deep.equal(['crm-client', 'svc-crm', 'https://login.example.com']);
        const scopes = server.received.filter(({ form }) => form.has('assertion')).map(({ form }) => form.get('scope'));
        expect(new Set(scopes)).to.deep.equal(new Set(['orders']));
      });
    }

    it('names the certificate file to register where the server does not accept the assertion', async () => {
      server.answer = () => ({ status: 400, body: { error: 'invalid_grant' } });
      await orgs.setUp(connectOther('named-credential', 'platform'));
      const issued = checkOf(await orgs.verify(), 'token-issued');

      expect(issued?.status).to.equal('failed');
      expect(issued?.actions?.[1]).to.include('.sf/jwt/erp/erp_jwt.crt');
      expect(JSON.stringify(issued)).not.to.match(/salesforce|permission set/i);
    });
  });
});
