import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryProject } from '../helpers/home.js';
import { PluginCli } from '../helpers/plugin-cli.js';

const trial = ['jwt', 'setup', '--local', '--connection', 'erp'];
const namedCredential = [
  ...['--client-type', 'named-credential', '--principal', 'Machine', '--app-label', 'ERP', '--invocable'],
  ...['--certificate-source', 'generate', '--certificate-name', 'my_cert', '--key-size', '4096'],
];

describe('a second trial of a connection', () => {
  let cli: PluginCli;
  beforeEach(() => {
    cli = new PluginCli(temporaryProject('setup-trial'));
  });

  const path = (): string => join(cli.project, '.sf', 'jwt', 'erp', 'trial.json');
  const changes = (result: { readonly changed: readonly { readonly step: string }[] }) =>
    result.changed.map(({ step }) => step);

  it('goes on from what the first one was told, and finds nothing to do', async () => {
    const first = await cli.json([...trial, ...namedCredential]);
    expect(first.result?.verified, first['message']).to.equal(true);
    expect(statSync(path()).mode & 0o777).to.equal(0o600);
    const again = await cli.json(trial);
    expect(again.result?.verified, again['message']).to.equal(true);
    expect(changes(again.result)).to.deep.equal([]);
    expect(again.result.files.some((file: string) => file.includes('certs/'))).to.equal(false);
    expect(existsSync(join(cli.project, 'config', 'jwt-connections.json'))).to.equal(false);
    const verified = await cli.json(['jwt', 'verify', '--connection', 'erp']);
    expect([verified.code, verified['name']]).to.deep.equal([2, 'ConnectionIsTrialError']);
    expect(verified['actions'][0]).to.contain('sf jwt local start --state-dir .sf/jwt/.local-orgs');
    expect(verified['actions'][1]).to.contain('sf jwt setup --local --connection erp');
  });

  it('does what its own flags say, and keeps the rest', async () => {
    await cli.json([...trial, '--client-type', 'legacy-named-credential', '--app-label', 'ERP']);
    const { result } = await cli.json([...trial, '--client-type', 'named-credential', '--dry-run']);
    const app = result.plan.find(({ subject }: { subject: string }) => subject.startsWith('External Client App'));
    expect(app?.action, 'the label of the first trial').to.equal('none');
    const kept = JSON.parse(readFileSync(path(), 'utf8')) as { connections: { erp: { client: { type: string } } } };
    expect(kept.connections.erp.client.type).to.equal('legacy-named-credential');
    const other = await cli.json([...trial, '--client-type', 'apex', '--no-invocable']);
    expect(other.result?.verified, other['message']).to.equal(true);
    const switched = readdirSync(join(cli.project, 'jwt', 'erp', 'client', 'main', 'default', 'classes'));
    expect(switched).to.include('ErpTokenProvider.cls');
  });

  it('takes the user of the first one, and leaves the file in a form that the connection file has', async () => {
    const user = ['--username', 'admin@jwt-server.local', '--client-type', 'external'];
    await cli.json([...trial, ...user]);
    const again = await cli.json(trial);
    expect(again.result?.username, again['message']).to.equal('admin@jwt-server.local');
    mkdirSync(join(cli.project, 'config'));
    renameSync(path(), join(cli.project, 'config', 'jwt-connections.json'));
    const saved = await cli.json([
      'jwt',
      'generate',
      'app',
      '--connection',
      'erp',
      '--contact-email',
      'admin@jwt-server.local',
    ]);
    expect(saved.status, saved['message']).to.equal(0);
  });

  it('names the file that somebody has broken', async () => {
    mkdirSync(join(cli.project, '.sf', 'jwt', 'erp'), { recursive: true });
    writeFileSync(path(), '{"connections":{"erp":{"client":{"type":"flow"}}}}', { mode: 0o600 });
    const answer = await cli.json(trial);
    expect([answer.code, answer['name']]).to.deep.equal([2, 'ConfigInvalidError']);
    expect(answer['message']).to.contain(`${join('.sf', 'jwt', 'erp', 'trial.json')} is not a connection file`);
  });
});
