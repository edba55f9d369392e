import { expect } from 'chai';
import type { Connection } from '../../../src/config/connection.js';
import { JwtError } from '../../../src/errors.js';
import { apexConnection, namedCredentialConnection, oauthConnection } from '../../helpers/connections.js';
import { answer, clientOrg, clients, run, server } from './answering-client-org.js';
import { deployedClasses } from './deployed-classes.js';

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
        /^A local org executes no Apex; its classes are there, and a parser found no fault in their syntax\./,
      );
    }
  });

  const inline = apexConnection({ client: { type: 'apex', org: 'c', settings: 'inline' } });
  const otherInline = oauthConnection({ client: { type: 'apex', org: 'c', settings: 'inline' } });
  const edited = (connection: Connection, change: (source: string) => string): Map<string, string> => {
    const classes = deployedClasses(connection, server);
    const path = 'classes/ErpTokenProvider.cls';
    const [before, after] = [classes.get(path) ?? '', change(classes.get(path) ?? '')];
    expect(after).not.to.equal(before);
    return classes.set(path, after);
  };

  it('signs what stands in the class', async () => {
    const org = clientOrg();
    const report = await run(inline, org);

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
          resource: `${server.instanceUrl}/services/oauth2/userinfo`,
        },
      },
    ]);
    expect(report.whyNotExecuted).to.match(
      /^A local org executes no Apex; its classes are there, and a parser found no fault in their syntax\./,
    );
  });

  it('signs what somebody wrote into the deployed class, not what it was made from', async () => {
    const classes = edited(inline, (source) =>
      source
        .replace("CONSUMER_KEY = '3MVG9.key'", String.raw`consumer_key = /* 'was' */ 'O\'THER\u0021'`)
        .replace('public with sharing', "// String CONSUMER_KEY = '3MVG9.key';\npublic with sharing")
        .replace('VALIDITY_SECONDS = 120', 'VALIDITY_SECONDS = 60')
        .replace(/BASE_URL = '[^']*'/, "BASE_URL = 'http://127.0.0.1:2'"),
    );
    const org = clientOrg({ classes });
    await run(inline, org);

    expect(org.asked[0]?.body).to.include({
      issuer: "O'THER!",
      validitySeconds: 60,
      resource: 'http://127.0.0.1:2/services/oauth2/userinfo',
    });
  });

  const withScope = { ...otherInline, server: { ...oauthConnection().server, scope: 'orders' } } as Connection;
  for (const [what, connection, [from, to], said] of [
    ['a text that code makes', inline, ["'3MVG9.key'", "'3MVG9' + '.key'"], 'text for CONSUMER_KEY'],
    ['no constant of that name', inline, ['String CONSUMER_KEY', 'String SOME_KEY'], 'text for CONSUMER_KEY'],
    ['a number that code makes', inline, ['SECONDS = 120', 'SECONDS = 60 + 60'], 'number for VALIDITY_SECONDS'],
    ['a scope that code makes', withScope, ["'orders'", "'or' + 'ders'"], 'text for SCOPE'],
  ] as const) {
    it(`does not guess what stands in the class: ${what}`, async () => {
      const org = clientOrg({ classes: edited(connection, (source) => source.replace(from, to)) });

      expect(await run(connection, org)).to.include({
        issued: false,
        error: 'LocalOrgException',
        errorDescription: `The class ErpTokenProvider has no ${said}.`,
      });
      expect(org.asked).to.deep.equal([]);
    });
  }

  it('signs what the deployed record says, not what it was made from', async () => {
    const values = {
      Consumer_Key__c: 'OTHER',
      Username__c: 'other@acme.com',
      Audience__c: 'https://other.example.com',
      Token_Endpoint__c: 'http://127.0.0.1:1/token',
      Base_Url__c: 'http://127.0.0.1:3',
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
      resource: 'http://127.0.0.1:3/services/oauth2/userinfo',
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
    const org = clientOrg();
    const report = await run(
      { ...withScope, server: { ...withScope.server, claims: { tenant: 'acme' } } } as Connection,
      org,
    );

    expect(org.asked[0]?.body).to.include({ issuer: 'crm-client', scope: 'orders', resource: null });
    expect(org.asked[0]?.body).to.have.deep.property('claims', { tenant: 'acme' });
    expect(report).to.include({ issued: true, scope: 'api' }).and.not.to.have.property('status');
  });

  it('runs nothing where a class is missing without which there is no flow', async () => {
    for (const [type, connection] of clients) {
      const org = clientOrg({ classes: new Map() });
      const said =
        type === 'apex'
          ? 'The classes ErpTokenProvider, ErpClient are not in the client org.'
          : 'The class ErpClient is not in the client org.';

      expect(await run(connection, org)).to.deep.equal({ issued: false, executed: false, detail: said });
      expect(org.asked).to.deep.equal([]);
    }
  });

  it('runs nothing where such a class is no Apex any more', async () => {
    for (const [, connection] of clients) {
      const classes = deployedClasses(connection, server).set(
        'classes/ErpClient.cls',
        'public class ErpClient {\n  int',
      );
      const org = clientOrg({ classes });
      const { detail, ...report } = await run(connection, org);

      expect(report).to.deep.equal({ issued: false, executed: false });
      expect(detail).to.match(/^The class ErpClient is no Apex that a parser understands: line 2, .+\.$/);
      expect(org.asked).to.deep.equal([]);
    }
  });

  it('tells of other classes that are missing or broken, and still shows the flow', async () => {
    for (const { client, ...connection } of [inline, ...clients.slice(1).map(([, each]) => each)]) {
      const withAction = { ...connection, client: { ...client, invocable: true } } as Connection;
      const classes = deployedClasses(withAction, server).set('classes/ErpFlowAction.cls', 'class {');
      classes.delete('classes/ErpClientTest.cls');
      const { incompleteApex, ...report } = await run(withAction, clientOrg({ classes }));

      expect(report).to.include({ issued: true, executed: false });
      expect(incompleteApex).to.match(
        /^The class ErpClientTest is not in the client org\. The class ErpFlowAction is no Apex that a parser understands: line 1, /,
      );
    }
  });

  it('finds classes whatever the case of their names in the org', async () => {
    const classes = [...deployedClasses(apexConnection(), server)].map(([path, body]) => [path.toUpperCase(), body]);
    const report = await run(inline, clientOrg({ classes: new Map(classes as [string, string][]) }));

    expect(report).not.to.have.any.keys('detail', 'incompleteApex');
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
