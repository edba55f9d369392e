import { expect } from 'chai';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import { apexNotExecuted } from '../../src/local-org/apex/not-executed.js';
import { temporaryProject } from '../helpers/home.js';
import { sourceOf } from '../helpers/sdr.js';
import { sfCli, type SfCli } from '../helpers/sf-cli.js';
import {
  calloutPermissionSet,
  classFile,
  externalCredentialFile,
  namedCredentialFile,
  objectFile,
  recordFile,
  settingsFields,
} from '../unit/local-org/metadata/client-files.js';
import { certificateFiles } from '../unit/local-org/metadata/sample-files.js';

const files = {
  ...certificateFiles,
  ...objectFile(settingsFields),
  ...recordFile(),
  ...externalCredentialFile(),
  ...namedCredentialFile(),
  ...classFile('ErpClient', 'public class ErpClient {}\n'),
  ...classFile('ErpClientTest', '@IsTest\nprivate class ErpClientTest {}\n'),
  ...calloutPermissionSet(['Erp-Integration'], ['ErpClient']),
};

/** The real CLI deploys the calling side to a local org, with test levels. */
describe('sf project deploy start and the calling side of an integration', () => {
  let sf: SfCli;
  let orgs: LocalOrgs;
  let folder: string;
  let cwd: string;
  const home = process.env['HOME'];

  before(async () => {
    sf = await sfCli();
    orgs = await startLocalOrgs({ orgs: [{ alias: 'client' }] });
    process.env['HOME'] = temporaryProject('nut-home');
    const { accessToken, instanceUrl } = await connectLocalOrg(orgs.orgs[0]!);
    cwd = temporaryProject('nut-project');
    folder = sourceOf(files);
    const login = await sf.json(
      ['org', 'login', 'access-token', '--instance-url', instanceUrl, '--alias', 'client', '--no-prompt'],
      { cwd, env: { SF_ACCESS_TOKEN: accessToken ?? '' } },
    );
    expect(login.status, login['message'] as string).to.equal(0);
  });

  after(async () => {
    process.env['HOME'] = home;
    await orgs.close();
  });

  const tests = (...names: string[]) => [
    '--test-level',
    'RunSpecifiedTests',
    ...names.flatMap((name) => ['--tests', name]),
  ];
  const start = ['project', 'deploy', 'start', '--target-org', 'client', '--source-dir'];
  const deploy = (more: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    sf.run([...start, folder, ...more], { cwd: projectOf(folder), env });

  for (const rest of ['false', 'true']) {
    it(`succeeds, and prints that no test was run (SF_ORG_METADATA_REST_DEPLOY=${rest})`, async () => {
      const env = { SF_ORG_METADATA_REST_DEPLOY: rest };
      const { code, stdout, stderr } = await deploy(tests('ErpClientTest'), env);
      expect(code, stdout + stderr).to.equal(0);
      expect(stdout).to.include('Status: Succeeded').and.include('Total: 0');
      expect(stderr).to.include(apexNotExecuted);
    });
  }

  it('validates with all local tests', async () => {
    const args = ['project', 'deploy', 'validate', '--source-dir', folder, '--target-org', 'client'];
    const { code, stdout, stderr } = await sf.run(args, { cwd: projectOf(folder) });
    expect(code, stdout + stderr).to.equal(0);
  });

  it('fails for a test class that is not there, and prints why', async () => {
    const { code, stdout, stderr } = await deploy(tests('Gone'));
    expect(code).to.equal(1);
    expect(stdout + stderr).to.include("This class name's value is invalid: Gone.");
  });

  it('retrieves and queries what it deployed', async () => {
    const retrieve = [
      'project',
      'retrieve',
      'start',
      '--metadata',
      'CustomObject:ErpSettings__mdt',
      '--target-org',
      'client',
    ];
    const retrieved = await sf.json(retrieve, { cwd });
    expect(retrieved.status, retrieved['message'] as string).to.equal(0);
    const soql = 'SELECT DeveloperName, Key__c FROM ErpSettings__mdt';
    const { result } = await sf.json(['data', 'query', '--query', soql, '--target-org', 'client'], { cwd });
    expect(result.records[0]).to.include({ DeveloperName: 'Default', Key__c: 'k' });
  });
});

/** The DX project that a source folder is in. */
function projectOf(folder: string): string {
  return folder.slice(0, folder.indexOf('/force-app'));
}
