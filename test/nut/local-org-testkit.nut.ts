import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startClientOrg, type ClientOrg } from '../helpers/client-org.js';
import { temporaryFolder, temporaryProject } from '../helpers/home.js';
import { sfCli, type SfCli } from '../helpers/sf-cli.js';
import { metadataXml, writeSource } from '../unit/local-org/metadata/sample-files.js';

const script = fileURLToPath(new URL('../helpers/testkit-session.mjs', import.meta.url));

/** What authors of CLI plugins test with: https://github.com/salesforcecli/cli-plugins-testkit */
describe('a TestSession of @salesforce/cli-plugins-testkit and a local org', () => {
  let org: ClientOrg;
  let sf: SfCli;

  before(async () => {
    sf = await sfCli();
    org = await startClientOrg('testkit');
  });

  after(async () => {
    await org.close();
    expect(org.faults).to.deep.equal([]);
  });

  it('logs in as its hub, has a project, deploys, queries, and cleans up', async () => {
    const project = temporaryProject('testkit-source');
    writeSource(join(project, 'force-app', 'main', 'default'), {
      'permissionsets/Testkit.permissionset': metadataXml('PermissionSet', '<label>Testkit</label>'),
    });
    writeFileSync(join(project, 'good.apex'), 'Integer i = 1;\n');
    const cwd = temporaryFolder('testkit');
    const env = {
      TESTKIT_HUB_USERNAME: org.username,
      TESTKIT_HUB_INSTANCE: org.instanceUrl,
      TESTKIT_JWT_CLIENT_ID: org.consumerKey,
      TESTKIT_JWT_KEY: org.privateKey,
      TESTKIT_ORG_USERNAME: org.username,
    };
    const { code, stdout, stderr } = await sf.script([script, project], { cwd, env });
    expect(code, stderr).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({
      hubOrg: { username: org.username, connectedStatus: 'Connected' },
      orgs: [org.username],
      deployed: [['Testkit', 'Created']],
      permissionSets: ['Crm_Access', 'Testkit'],
      apex: { compiled: true, exceptionMessage: 'Not executed: a local org does not run Apex.' },
      project: '67.0',
    });
    expect(readdirSync(cwd)).to.deep.equal([]);
  });
});
