import { expect } from 'chai';
import { grantOf, type Grant } from '../../../src/artifacts/grant.js';
import type { Connection, OrgClient } from '../../../src/config/connection.js';
import { JwtError } from '../../../src/errors.js';
import type { AnonymousApexOutcome, LocalOrgGateway, OrgSource } from '../../../src/org/gateway.js';
import type { InOrgReport } from '../../../src/verify/in-org-report.js';
import { runInClientOrg } from '../../../src/verify/run-in-client-org.js';
import { apexConnection, namedCredentialConnection, oauthConnection } from '../../helpers/connections.js';
import { FakeOrg } from '../../helpers/fake-org.js';

const server = { consumerKey: '3MVG9.key', instanceUrl: 'https://acme.my.salesforce.com' };
const answer = { issued: true, status: 200, username: 'integration@acme.com', orgId: '00DSERVER', scope: 'api' };

type Asked = { readonly path: string; readonly body: unknown };

/** A client org that answers as a test says, and keeps what it was asked. */
function clientOrg(
  more: {
    apex?: () => Promise<AnonymousApexOutcome>;
    local?: unknown;
    classes?: readonly string[];
    record?: string;
  } = {},
) {
  const asked: Asked[] = [];
  const org = new FakeOrg({ orgId: '00DCLIENT' });
  for (const name of more.classes ?? ['ErpTokenProvider', 'ErpClient']) org.components.set(`ApexClass:${name}`, '');
  const answerTo =
    (path: string) =>
    (body: unknown): Promise<unknown> => {
      asked.push({ path, body });
      return more.local instanceof Error ? Promise.reject(more.local) : Promise.resolve(more.local ?? answer);
    };
  const localOrg: LocalOrgGateway = {
    runJwtBearer: answerTo('jwt-bearer'),
    callNamedCredential: answerTo('named-credential'),
  };
  const sources = (): Promise<readonly OrgSource[]> =>
    Promise.resolve(
      more.record === undefined ? [] : [{ path: 'customMetadata/ErpSettings.Default.md', content: more.record }],
    );
  const apex = (script: string): Promise<AnonymousApexOutcome> => {
    asked.push({ path: 'apex', body: script });
    return more.apex?.() ?? Promise.reject(new Error('no Apex here'));
  };
  const gateway = Object.assign(org, { executeAnonymous: apex, sources, ...(more.apex ? {} : { localOrg }) });
  return { asked, gateway };
}

const run = (connection: Connection, { gateway }: ReturnType<typeof clientOrg>): Promise<InOrgReport> =>
  runInClientOrg({
    connection,
    client: connection.client as OrgClient,
    grant: grantOf(connection.server, server) as Grant,
    org: gateway,
  });

const outcome = (problem?: string, compiled = true) => ({
  apex: () => Promise.resolve({ compiled, success: false, ...(problem === undefined ? {} : { problem }) }),
});

const clients = [
  ['apex', apexConnection()],
  ['named-credential', namedCredentialConnection()],
  [
    'legacy-named-credential',
    namedCredentialConnection({ client: { type: 'legacy-named-credential', org: 'crm-prod' } }),
  ],
] as const;

describe('runInClientOrg', () => {
  for (const [type, connection] of clients) {
    describe(`with ${type} in a real org`, () => {
      it('runs the generated class and reports what it reached', async () => {
        const told = '{"status":200,"username":"integration@acme.com","userId":"005","orgId":"00DSERVER"}';
        const org = clientOrg(outcome(`System.IllegalArgumentException: sf-jwt-verification:${told}`));

        expect(await run(connection, org)).to.deep.equal({
          issued: true,
          executed: true,
          status: 200,
          username: 'integration@acme.com',
          orgId: '00DSERVER',
        });
        expect(org.asked.map(({ path }) => path)).to.deep.equal(['apex']);
        expect(org.asked[0]?.body).to.include('ErpClient.verify()');
      });

      it('reports the refusal of the server', async () => {
        const told = '{"error":"invalid_grant","description":"audience is invalid"}';

        expect(await run(connection, clientOrg(outcome(`sf-jwt-verification:${told}`)))).to.deep.equal({
          issued: false,
          executed: true,
          error: 'invalid_grant',
          errorDescription: 'audience is invalid',
        });
      });

      it('tells an exception from Apex that does not compile', async () => {
        expect(await run(connection, clientOrg(outcome('System.LimitException: Apex CPU time')))).to.deep.equal({
          issued: false,
          executed: true,
          detail: 'System.LimitException: Apex CPU time',
        });
        expect(await run(connection, clientOrg(outcome('Variable does not exist: ErpClient', false)))).to.deep.equal({
          issued: false,
          executed: false,
          detail: 'Variable does not exist: ErpClient',
        });
        expect(await run(connection, clientOrg(outcome()))).to.deep.equal({ issued: false, executed: true });
      });

      it('reports an org that does not let the user run Apex, and throws anything else', async () => {
        const refusal = new JwtError('orgRequestFailed', ['admin@crm', 'INVALID_SESSION_ID: Session expired']);
        const refused = clientOrg({ apex: () => Promise.reject(refusal) });
        const broken = clientOrg({ apex: () => Promise.reject(new TypeError('a mistake')) });
        const thrown = await run(connection, broken).catch((error: unknown) => error);

        expect(await run(connection, refused)).to.deep.equal({
          issued: false,
          executed: false,
          detail: 'INVALID_SESSION_ID: Session expired',
        });
        expect(thrown).to.be.instanceOf(TypeError);
      });
    });
  }

  it('reports a token for a server that is no org, and how its API answered where it was called', async () => {
    const told = (report: string) => clientOrg(outcome(`sf-jwt-verification:${report}`));

    expect(await run(oauthConnection(), told('{"issued":true}'))).to.deep.equal({ issued: true, executed: true });
    expect(await run(oauthConnection(), told('{"issued":true,"status":404}'))).to.deep.equal({
      issued: true,
      executed: true,
      status: 404,
    });
  });

  describe('in a local org', () => {
    it('calls userinfo through the Named Credential, and says that no Apex ran', async () => {
      for (const [, connection] of clients.slice(1)) {
        const org = clientOrg();
        const report = await run(connection, org);

        expect(org.asked).to.deep.equal([
          { path: 'named-credential', body: { namedCredential: 'Erp', path: '/services/oauth2/userinfo' } },
        ]);
        expect(report).to.include({ ...answer, executed: false });
        expect(report.detail).to.match(/^A local org executes no Apex: a parser checked its syntax/);
      }
    });

    it('signs what the settings in a class were made from', async () => {
      const org = clientOrg();
      const report = await run(apexConnection({ client: { type: 'apex', org: 'c', settings: 'inline' } }), org);

      expect(org.asked).to.deep.equal([
        {
          path: 'jwt-bearer',
          body: {
            certificate: 'erp_jwt',
            issuer: '3MVG9.key',
            subject: 'integration@acme.com',
            audience: server.instanceUrl,
            tokenEndpoint: `${server.instanceUrl}/services/oauth2/token`,
            validitySeconds: 120,
          },
        },
      ]);
      expect(report.detail).to.match(/^A local org executes no Apex: a parser checked its syntax/);
    });

    it('signs what the deployed record says, not what it was made from', async () => {
      const values = {
        Consumer_Key__c: 'OTHER',
        Username__c: 'other@acme.com',
        Audience__c: 'https://other.example.com',
        Token_Endpoint__c: 'http://127.0.0.1:1/token',
        Certificate_Name__c: 'other',
        Validity_Seconds__c: '60.0',
      };
      const rows = Object.entries(values).map(
        ([field, value]) => `<values><field>${field}</field><value>${value}</value></values>`,
      );
      const org = clientOrg({ record: `<CustomMetadata>${rows.join('')}</CustomMetadata>` });
      await run(apexConnection(), org);

      expect(org.asked[0]?.body).to.deep.equal({
        certificate: 'other',
        issuer: 'OTHER',
        subject: 'other@acme.com',
        audience: 'https://other.example.com',
        tokenEndpoint: 'http://127.0.0.1:1/token',
        validitySeconds: 60,
      });
    });

    it('says what the class would say where there is no record', async () => {
      const org = clientOrg();

      expect(await run(apexConnection(), org)).to.include({
        issued: false,
        error: 'settings_missing',
        errorDescription: 'There is no record ErpSettings__mdt.Default.',
      });
      expect(org.asked).to.deep.equal([]);
    });

    it('asks for the token only where the server is no org, with scope and claims', async () => {
      const { server: oauth } = oauthConnection();
      const more = { ...oauth, scope: 'orders', claims: { tenant: 'acme' } } as const;
      const org = clientOrg();
      await run(
        { ...oauthConnection({ client: { type: 'apex', org: 'c', settings: 'inline' } }), server: more },
        org,
      );

      expect(org.asked[0]?.body).to.include({ issuer: 'crm-client', scope: 'orders', resource: null });
      expect(org.asked[0]?.body).to.have.deep.property('claims', { tenant: 'acme' });
    });

    it('notices classes that are not deployed', async () => {
      for (const [type, connection] of clients) {
        const org = clientOrg({ classes: [] });
        const name = type === 'apex' ? 'ErpTokenProvider' : 'ErpClient';

        expect(await run(connection, org)).to.deep.equal({
          issued: false,
          executed: false,
          detail: `The class ${name} is not in the client org.`,
        });
        expect(org.asked).to.deep.equal([]);
      }
    });

    it('takes nothing from a report but what it knows', async () => {
      const report = await run(
        namedCredentialConnection(),
        clientOrg({ local: { issued: 'yes', status: '200', token: 'planted', username: 7, executed: true } }),
      );

      expect(report).to.include({ issued: false, executed: false });
      expect(report).not.to.have.any.keys('token', 'status', 'username');
      expect(await run(namedCredentialConnection(), clientOrg({ local: 'odd' }))).to.include({ issued: false });
    });

    it('reports what the local org refuses', async () => {
      const refusal = new JwtError('orgRequestFailed', ['admin', 'INVALID_INPUT: The request needs "issuer", a text.']);

      expect(await run(namedCredentialConnection(), clientOrg({ local: refusal }))).to.include({
        issued: false,
        errorDescription: 'INVALID_INPUT: The request needs "issuer", a text.',
      });
    });
  });
});
