import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { writeArtifacts } from '../../../src/apply/write-artifacts.js';
import { certificateArtifacts, clientArtifacts, grantOf, serverArtifacts } from '../../../src/artifacts/build.js';
import type { SalesforceConnection } from '../../../src/config/connection.js';
import { apexConnection, namedCredentialConnection } from '../../helpers/connections.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('provision, where artifacts were in the project before', () => {
  const path = 'jwt/erp/client/main/default/classes/ErpClient.cls';
  let platformPem: string;
  let on: Provisioning;
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
  });

  const makeOrgs = () => ({ server: on.serverOrg(), client: on.clientOrg() });

  /** What `sf jwt generate` writes, for an app that exists somewhere else. */
  async function generate(connection: SalesforceConnection): Promise<void> {
    const facts = { consumerKey: '3MVG9.another_key', instanceUrl: 'https://acme--uat.sandbox.my.salesforce.com' };
    const grant = grantOf(connection.server, facts);
    if (!grant) throw new TypeError('no grant');
    const { platformPem: other } = await Provisioning.withCertificate();
    const client = [...certificateArtifacts(connection), ...clientArtifacts(connection, grant)];
    const artifacts = [...client, ...serverArtifacts(connection, { certificatePem: other })];
    await writeArtifacts(on.root, connection.name, artifacts);
  }

  it('tells of a class of the user before it changes anything, in a dry run as well', async () => {
    await mkdir(dirname(join(on.root, path)), { recursive: true });
    await writeFile(join(on.root, path), 'public class ErpClient { /* mine */ }\n');
    const orgs = makeOrgs();
    const planned = await on.plan(apexConnection(), orgs);
    expect(planned.conflicts).to.deep.equal([{ kind: 'file-not-ours', path }]);
    expect(planned.differences[0]?.diff).to.contain('-public class ErpClient { /* mine */ }');
    const error = await refusalOf(() => on.run(apexConnection(), orgs));
    expect([error.key, error.tokens[0]]).to.deep.equal(['notOurs', path]);
    expect([...orgs.server.log, ...orgs.client.log]).to.deep.equal([]);
  });

  for (const [what, make] of [
    ['Apex', apexConnection],
    ['a Named Credential', namedCredentialConnection],
  ] as const) {
    it(`takes over what was generated (${what}), whatever only an org tells of it, and may change it later`, async () => {
      await generate(make());
      const orgs = makeOrgs();
      expect((await on.plan(make(), orgs)).conflicts).to.deep.equal([]);
      await on.run(make(), orgs);
      expect(changes(await on.run(make(), orgs))).to.deep.equal([]);
      const older = make({ apiVersion: '65.0' });
      expect(changes(await on.run(older, orgs))).to.include('deploy-client');
    });
  }

  it('keeps what was edited after it was generated', async () => {
    await generate(apexConnection());
    const ours = await readFile(join(on.root, path), 'utf8');
    await writeFile(join(on.root, path), ours.replace('public ', 'public  '));
    const orgs = makeOrgs();
    const error = await refusalOf(() => on.run(apexConnection(), orgs));
    expect([error.key, error.tokens[0]]).to.deep.equal(['notOurs', path]);
    expect([...orgs.server.log, ...orgs.client.log]).to.deep.equal([]);
  });

  it('takes a file of the app for foreign whose certificate is none', async () => {
    await generate(apexConnection());
    const app = 'jwt/erp/server/main/default/extlClntAppGlobalOauthSets/Erp_Integration.ecaGlblOauth-meta.xml';
    const text = await readFile(join(on.root, app), 'utf8');
    await writeFile(join(on.root, app), text.replace(/(-----BEGIN CERTIFICATE-----)[^-]+/, '$1bm9uZQ=='));
    const error = await refusalOf(() => on.run(apexConnection(), makeOrgs()));
    expect(error.key).to.equal('notOurs');
    expect(error.tokens[0]).to.contain(app);
  });
});
