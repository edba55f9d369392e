import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import { temporaryFolder, temporaryProject } from '../helpers/home.js';
import { sfCli, type SfCli } from '../helpers/sf-cli.js';
import { makeKeyPair } from '../unit/local-org/hosted-org.js';
import { externalClientAppFiles, permissionSetFile, writeSource } from '../unit/local-org/metadata/sample-files.js';

const consumerKey = '3MVG9.ClientOfALocalOrgWithTls';

/** From a session of the administrator to a login by JWT, by commands of the CLI alone. */
describe('sf and a local org that is served through TLS', () => {
  let orgs: LocalOrgs;
  let sf: SfCli;

  before(async () => {
    sf = await sfCli();
    orgs = await startLocalOrgs({ orgs: [{ alias: 'tls' }], https: true });
  });

  after(() => orgs.close());

  it('deploys an app, assigns its permission set, logs in with its key and queries, once it trusts the certificate', async () => {
    const keys = await makeKeyPair(new Date(Date.now() + 24 * 60 * 60 * 1000));
    const keyFile = join(temporaryFolder('tls-key'), 'client.key');
    writeFileSync(keyFile, keys.privateKeyPem, { mode: 0o600 });
    const cwd = temporaryProject();
    const app = externalClientAppFiles({ certificate: keys.certificatePem, consumerKey });
    writeSource(join(cwd, 'force-app', 'main', 'default'), { ...permissionSetFile, ...app });
    const { instanceUrl, username, accessToken } = orgs.orgs[0]!;
    const url = ['--instance-url', instanceUrl];
    const env = { NODE_EXTRA_CA_CERTS: orgs.certificateFile, SF_TARGET_ORG: username, SF_ACCESS_TOKEN: accessToken };
    const run = async (...args: readonly string[]) => {
      const answer = await sf.json(args, { cwd, env });
      expect(answer.status, `sf ${args.join(' ')}: ${answer.message}`).to.equal(0);
      return answer;
    };

    const taken = await run('org', 'login', 'access-token', ...url, '--no-prompt');
    expect(JSON.stringify(taken.warnings)).not.to.include('insecure protocol');
    const { result } = await run('project', 'deploy', 'start', '--source-dir', 'force-app');
    expect(result).to.include({ status: 'Succeeded', numberComponentsDeployed: 6 });
    await run('org', 'assign', 'permset', '--name', 'Crm_Access');
    await run('org', 'logout', '--target-org', username, '--no-prompt');
    const flags = ['--client-id', consumerKey, '--jwt-key-file', keyFile, '--username', username];
    expect((await run('org', 'login', 'jwt', ...flags, ...url)).result).to.include({ username, instanceUrl });
    const query = await run('data', 'query', '--query', 'SELECT Id FROM Organization');
    expect(query.result.records[0].Id).to.equal(orgs.orgs[0]?.orgId);
  });

  it('refuses it otherwise', async () => {
    const { instanceUrl, accessToken } = orgs.orgs[0]!;
    const flags = ['--instance-url', instanceUrl, '--no-prompt'];
    const env = { SF_ACCESS_TOKEN: accessToken };
    const answer = await sf.json(['org', 'login', 'access-token', ...flags], { env });
    expect(answer.status).to.equal(1);
    expect(`${answer.message} ${JSON.stringify(answer.cause)}`).to.match(/fetch failed|self-signed certificate/);
  });
});
