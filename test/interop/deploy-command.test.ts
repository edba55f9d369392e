import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { registerLocalOrg, type Registration } from '../../src/cli/local-auth.js';
import JwtDeploy, { type JwtDeployResult } from '../../src/commands/jwt/deploy.js';
import JwtSetup from '../../src/commands/jwt/setup.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import { temporaryProject } from '../helpers/home.js';

/** As they are, but for their output. */
class Setup extends JwtSetup {
  public override logJson(): void {}
}
class Deploy extends JwtDeploy {
  public override logJson(): void {}
}

type Refused = Error & { readonly exitCode: number; readonly actions: readonly string[] };

/** The command itself, with orgs that the CLI is logged in to. */
describe('sf jwt deploy', () => {
  let local: LocalOrgs;
  let registrations: readonly Registration[];
  let project: string;
  const folder = process.cwd();

  before(async () => {
    local = await startLocalOrgs();
    registrations = await Promise.all(local.orgs.map((org) => registerLocalOrg(org)));
    project = temporaryProject('deploy-command');
    process.chdir(project);
    const [server] = local.orgs;
    const orgs = ['--target-org', 'jwt-server', '--client-org', 'jwt-client', '--username'];
    await Setup.run([
      '--connection',
      'erp',
      '--client-type',
      'apex',
      ...orgs,
      server?.integrationUsername ?? '',
      '--json',
    ]);
    const oauth = { type: 'oauth2', username: 'svc', issuer: 'crm', tokenEndpoint: 'https://login.example.com/token' };
    await connections((all) => ({
      ...all,
      ci: { server: all['erp']?.['server'], client: { type: 'external' } },
      pay: { ...all['erp'], server: { ...oauth, baseUrl: 'https://api.example.com' } },
    }));
  });
  after(async () => {
    process.chdir(folder);
    process.exitCode = undefined;
    await Promise.all(registrations.map(({ deregister }) => deregister()));
    await local.close();
  });

  type Connections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  async function connections(change: (all: Connections) => Connections): Promise<void> {
    const path = join(project, 'config', 'jwt-connections.json');
    const file = JSON.parse(await readFile(path, 'utf8')) as { connections: Connections };
    await writeFile(path, JSON.stringify({ ...file, connections: change(file.connections) }));
  }

  const deploy = async (...args: string[]): Promise<JwtDeployResult> => Deploy.run([...args, '--json']);

  const refused = (...args: string[]): Promise<Refused> =>
    deploy(...args).then(
      () => Promise.reject(new Error('nothing was refused')),
      (error: unknown) => error as Refused,
    );

  it('starts the deploys with --async, and waits for the same ones without it', async () => {
    const started = await deploy('--connection', 'erp', '--async');
    expect(started.deploys.map(({ state }) => state)).to.deep.equal(['started', 'started']);
    const ended = await deploy('--connection', 'erp');
    expect(ended.deploys.map(({ state, deployId }) => [state, deployId])).to.deep.equal(
      started.deploys.map(({ deployId }) => ['deployed', deployId]),
    );
    const anew = await deploy('--connection', 'erp', '--side', 'client', '--wait', '1');
    expect(anew.deploys.map(({ side }) => side)).to.deep.equal(['client']);
    expect(anew.deploys[0]?.deployId).not.to.equal(started.deploys[1]?.deployId);
  });

  it('waits for a deploy by its id where no journal tells of it, and starts none', async () => {
    const [started] = (await deploy('--connection', 'erp', '--side', 'client', '--async')).deploys;
    const id = started?.deployId ?? '';
    const journal = join(project, '.sf', 'jwt', 'erp', 'journal.jsonl');
    const noted = await readFile(journal, 'utf8');
    await rm(journal);
    const { deploys, dryRun } = await deploy('--connection', 'erp', '--side', 'client', '--job-id', id);
    expect([deploys.length, dryRun, existsSync(journal)]).to.deep.equal([1, false, false]);
    expect(deploys[0]).to.include({ side: 'client', deployId: id, state: 'deployed' });
    await writeFile(journal, noted);
    const [check] = (await deploy('--connection', 'erp', '--side', 'client', '--async', '--dry-run')).deploys;
    const checked = await deploy('--connection', 'erp', '--side', 'client', '--job-id', check?.deployId ?? '');
    expect([checked.dryRun, checked.deploys[0]?.state]).to.deep.equal([true, 'checked']);
  });

  it('says which id the org does not know, and that the org of a deploy must be said', async () => {
    const unknown = await refused('--connection', 'erp', '--side', 'client', '--job-id', '0Af000000000999AAA');
    expect([unknown.name, unknown.exitCode]).to.deep.equal(['DeployUnknownError', 2]);
    const both = await refused('--connection', 'erp', '--job-id', '0Af000000000999AAA');
    expect([both.name, both.exitCode]).to.deep.equal(['SideOfJobNotSaidError', 2]);
    const [started] = (await deploy('--connection', 'erp', '--side', 'client', '--async')).deploys;
    const other = await refused('--connection', 'erp', '--side', 'server', '--job-id', started?.deployId ?? '');
    expect(other.name).to.equal('DeployUnknownError');
    const text = await refused('--connection', 'erp', '--side', 'client', '--job-id', 'nonsense');
    expect([text.message, text.exitCode]).to.deep.equal([
      '--job-id cannot be "nonsense": the id of a deploy begins with 0Af and has 15 or 18 characters.',
      2,
    ]);
    await deploy('--connection', 'erp', '--side', 'client');
  });

  it('checks without keeping anything, and is honest about the tests', async () => {
    const { dryRun, deploys } = await deploy('--connection', 'erp', '--side', 'client', '--dry-run');
    expect([dryRun, deploys[0]?.state, deploys[0]?.testsRun]).to.deep.equal([true, 'checked', 0]);
    expect(deploys[0]?.warnings).to.deep.equal(['Not executed: a local org does not run Apex.']);
  });

  it('opens the org of the side that is deployed, and refuses to be told of the other one', async () => {
    process.env['SF_JWT_CLIENT_ORG'] = 'jwt-cleint';
    try {
      const { deploys } = await deploy('--connection', 'erp', '--side', 'server');
      expect(deploys.map(({ side, state }) => [side, state])).to.deep.equal([['server', 'deployed']]);
      expect(await refused('--connection', 'erp')).to.include({
        name: 'OrgUnknownError',
        message: 'The Salesforce CLI knows no org "jwt-cleint" (did you mean "jwt-client"?).',
      });
    } finally {
      delete process.env['SF_JWT_CLIENT_ORG'];
    }
    const error = await refused('--connection', 'erp', '--side', 'server', '--client-org', 'jwt-client');
    expect([error.name, error.exitCode]).to.deep.equal(['FlagsUnfitError', 2]);
    expect(error.message).to.contain('--client-org is for the other side, and --side says server');
  });

  it('has no server side where the server is no org, and no client side where the client is none', async () => {
    const noServer = await refused('--connection', 'pay', '--side', 'server');
    expect([noServer.name, noServer.exitCode]).to.deep.equal(['NoServerSideError', 2]);
    expect(noServer.actions[0]).to.contain('sf jwt deploy --connection pay --side client');
    const noClient = await refused('--connection', 'ci', '--side', 'client');
    expect([noClient.name, noClient.exitCode]).to.deep.equal(['NoClientSideError', 2]);
  });

  it('says where the code does not compile, and how to read the whole answer', async () => {
    const path = join(project, 'jwt/erp/client/main/default/classes/ErpClient.cls');
    const whole = await readFile(path, 'utf8');
    await writeFile(path, 'public class ErpClient {\n    void broken( {\n}\n');
    const error = await refused('--connection', 'erp', '--side', 'client');
    await writeFile(path, whole);
    expect([error.name, error.exitCode]).to.deep.equal(['ApexNotCompiledError', 3]);
    expect(error.message).to.match(/\n {2}jwt\/erp\/client\/main\/default\/classes\/ErpClient\.cls:2:\d+: /);
    expect(error.actions.at(-1)).to.match(/sf project deploy report --job-id 0Af\w+ --target-org jwt-client$/);
  });
});
