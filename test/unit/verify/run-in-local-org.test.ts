import { expect } from 'chai';
import { JwtError } from '../../../src/errors.js';
import { apexConnection, namedCredentialConnection, oauthConnection } from '../../helpers/connections.js';
import { answer, clientOrg, clients, run, server } from './answering-client-org.js';

describe('runInClientOrg in a local org', () => {
  it('calls userinfo through the Named Credential, and says that no Apex ran', async () => {
    for (const [, connection] of clients.slice(1)) {
      const org = clientOrg();
      const report = await run(connection, org);

      expect(org.asked).to.deep.equal([
        { path: 'named-credential', body: { namedCredential: 'Erp', path: '/services/oauth2/userinfo' } },
      ]);
      expect(report).to.include({ ...answer, executed: false });
      expect(report.whyNotExecuted).to.match(
        /^A local org executes no Apex, whose syntax a parser checked when it was deployed/,
      );
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
    expect(report.whyNotExecuted).to.match(
      /^A local org executes no Apex, whose syntax a parser checked when it was deployed/,
    );
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
    const report = await run(
      { ...oauthConnection({ client: { type: 'apex', org: 'c', settings: 'inline' } }), server: more },
      org,
    );

    expect(org.asked[0]?.body).to.include({ issuer: 'crm-client', scope: 'orders', resource: null });
    expect(org.asked[0]?.body).to.have.deep.property('claims', { tenant: 'acme' });
    expect(report).to.include({ issued: true, scope: 'api' }).and.not.to.have.property('status');
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
