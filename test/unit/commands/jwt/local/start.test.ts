import { expect } from 'chai';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../../../helpers/home.js';
import { run, start, type Finished, type Running } from '../../../../helpers/process.js';

const repository = fileURLToPath(new URL('../../../../..', import.meta.url));
const command = new URL('../../../../../src/commands/jwt/local/start.ts', import.meta.url).href;
const script = `
  import { handle } from '@oclif/core';
  const { default: LocalStart } = await import(${JSON.stringify(command)});
  await LocalStart.run(process.argv.slice(1), ${JSON.stringify(repository)}).catch(handle);
`;

type Org = { readonly alias: string; readonly username: string; readonly instanceUrl: string; readonly orgId: string };

/** The command in a process of its own, since it runs until a signal ends it. What it registers: local-auth.test.ts. */
describe('sf jwt local start', function () {
  this.timeout(120_000);
  let home: string;
  const running: Running[] = [];

  beforeEach(() => {
    home = temporaryFolder('home');
  });

  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop('SIGKILL');
  });

  const argumentsOf = (flags: readonly string[]) => [
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    script,
    '--',
    ...flags,
  ];

  const options = () => ({
    cwd: repository,
    env: {
      ...process.env,
      HOME: home,
      USERPROFILE: home,
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_DISABLE_LOG_FILE: 'true',
    },
  });

  const startHere = async (...flags: string[]): Promise<Running> => {
    const one = await start(process.execPath, argumentsOf(flags), options());
    running.push(one);
    return one;
  };

  const runHere = (...flags: string[]): Promise<Finished> => run(process.execPath, argumentsOf(flags), options());

  const orgsIn = (line: string): readonly Org[] => (JSON.parse(line) as { orgs: Org[] }).orgs;

  const aliases = (): Readonly<Record<string, string>> => {
    const file = join(home, '.sfdx', 'alias.json');
    if (!existsSync(file)) return {};
    return (JSON.parse(readFileSync(file, 'utf8')) as { orgs?: Record<string, string> }).orgs ?? {};
  };

  const authFiles = (): readonly string[] =>
    existsSync(join(home, '.sfdx')) ? readdirSync(join(home, '.sfdx')).filter((name) => name.includes('@')) : [];

  it('prints one line of JSON without a token, registers its orgs, and leaves nothing behind at SIGINT', async () => {
    const one = await startHere();
    const orgs = orgsIn(one.firstLine);
    expect(orgs.map((org) => Object.keys(org).toSorted())).to.deep.equal(
      Array(2).fill(['alias', 'instanceUrl', 'integrationUsername', 'orgId', 'username']),
    );
    expect(one.firstLine.includes('!'), 'a token in the output').to.equal(false);
    const answer = await fetch(`${orgs[0]!.instanceUrl}/_local`);
    expect(await answer.json()).to.include({ localOrg: true, alias: 'jwt-server', orgId: orgs[0]!.orgId });
    expect(aliases()).to.deep.equal({ 'jwt-server': 'admin@jwt-server.local', 'jwt-client': 'admin@jwt-client.local' });
    expect(authFiles().toSorted()).to.deep.equal(['admin@jwt-client.local.json', 'admin@jwt-server.local.json']);

    expect(await one.stop('SIGINT')).to.deep.equal({ code: 0, signal: null });

    expect(authFiles()).to.deep.equal([]);
    expect(aliases()).to.deep.equal({});
  });

  it('with --json prints one object and no more, refuses others its port and its folder, and ends at SIGTERM', async () => {
    const free = await freePorts();
    const stateDir = join(home, 'state');
    const one = await startHere('--no-auth', '--json', '--port', String(free), '--state-dir', stateDir);
    const more: unknown[] = [];
    one.child.stdout?.on('data', (data) => more.push(data));
    const { status, result } = JSON.parse(one.firstLine) as { status: number; result: { orgs: Org[] } };
    const origins = result.orgs.map(({ alias, instanceUrl }) => [alias, instanceUrl]);
    expect({ status, origins }).to.deep.equal({
      status: 0,
      origins: [
        ['jwt-server', `http://localhost:${free}`],
        ['jwt-client', `http://localhost:${free + 1}`],
      ],
    });
    expect({ authFiles: authFiles(), aliases: aliases() }).to.deep.equal({ authFiles: [], aliases: {} });

    const [samePort, sameFolder] = await Promise.all([
      runHere('--no-auth', '--port', String(free)),
      runHere('--no-auth', '--state-dir', stateDir),
    ]);
    expect([samePort.code, sameFolder.code]).to.deep.equal([2, 2]);
    expect(samePort.stderr).to.include(`A local org cannot listen on port ${free}`);
    expect(sameFolder.stderr).to.include(`The local orgs in ${stateDir} are running already`);

    expect(await one.stop('SIGTERM')).to.deep.equal({ code: 0, signal: null });
    expect(more).to.deep.equal([]);
    expect(readdirSync(stateDir).toSorted()).to.deep.equal(['jwt-client.jsonl', 'jwt-server.jsonl']);
  });

  it('makes orgs fail and wait as its flags say, and refuses faults with all that is wrong with them', async () => {
    const faults = ['--fault', '503 operation=limits after=1', '--fault', 'slow delayMs=5 times=7'];
    const one = await startHere(...faults, '--propagation-delay', '120', '--deploy-delay', '20');
    for (const { instanceUrl } of orgsIn(one.firstLine)) {
      const { rules } = (await (await fetch(`${instanceUrl}/_local/faults`)).json()) as { rules: unknown[] };
      expect(rules).to.deep.equal([
        { id: 1, fault: '503', operation: 'limits', after: 1, times: 1, seen: 0, hit: 0 },
        { id: 2, fault: 'slow', after: 0, times: 7, delayMs: 5, seen: 0, hit: 0 },
      ]);
      const settings: unknown = await (await fetch(`${instanceUrl}/_local/settings`)).json();
      expect(settings).to.include({ propagationDelayMs: 120_000, deployDelayMs: 20_000 });
    }
    expect(await one.stop('SIGTERM')).to.deep.equal({ code: 0, signal: null });

    const { code, stdout } = await runHere('--json', '--fault', '502 times=0', '--fault', 'slow path=x');
    expect(code).to.equal(2);
    const { name, message } = JSON.parse(stdout) as { name: string; message: string };
    expect(name).to.equal('LocalFaultsUnfitError');
    expect(message).to.match(/^These faults are not ones that a local org can make: Rule 1: "502" is no fault; /);
    expect(message).to.include(
      'Rule 1: times is a whole number from 1 to 1000. Rule 2: the path is the beginning of one',
    );
  });

  it('with --https prints where the certificate is that makes Node.js trust the orgs, which the CLI knows all the same', async () => {
    const stateDir = join(home, 'state');
    const one = await startHere('--https', '--state-dir', stateDir);
    const { orgs, certificateFile } = JSON.parse(one.firstLine) as { orgs: Org[]; certificateFile: string };
    expect(certificateFile).to.equal(join(stateDir, 'https.crt'));
    expect(aliases()).to.have.all.keys('jwt-server', 'jwt-client');
    const url = `${orgs[0]!.instanceUrl}/_local`;
    expect(url).to.match(/^https:/);
    const client = ['--input-type=module', '-e', 'console.log((await fetch(process.argv[1])).status)', url];
    const { stdout } = await run(process.execPath, client, {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: certificateFile },
    });
    expect(stdout.trim()).to.equal('200');
    // Its address is known to be taken, though this process does not trust it.
    const second = await runHere('--https', '--state-dir', join(home, 'other'));
    expect([second.code, second.stderr]).to.satisfy(
      ([code, stderr]: [number, string]) => code === 2 && stderr.includes('jwt-server'),
    );
    const hasKey = (one.firstLine + second.stdout + second.stderr).includes('PRIVATE KEY');
    expect(hasKey).to.equal(false);
  });

  it('takes no alias from a real org, and unregisters what it has registered until then', async () => {
    mkdirSync(join(home, '.sfdx'));
    const real = {
      username: 'me@acme.com',
      instanceUrl: 'https://acme.my.salesforce.com',
      orgId: '00D000000000001AAA',
    };
    writeFileSync(join(home, '.sfdx', 'me@acme.com.json'), JSON.stringify(real));
    writeFileSync(join(home, '.sfdx', 'alias.json'), JSON.stringify({ orgs: { 'jwt-client': 'me@acme.com' } }));
    const { code, stdout } = await runHere('--json');
    expect(code).to.equal(2);
    expect(JSON.parse(stdout)).to.include({
      name: 'LocalAliasTakenError',
      message: 'The alias jwt-client belongs to me@acme.com already, which is not a local org.',
    });
    expect(aliases()).to.deep.equal({ 'jwt-client': 'me@acme.com' });
    expect(authFiles()).to.deep.equal(['me@acme.com.json']);
  });
});

/** A port that is free, and the one after it too. */
async function freePorts(): Promise<number> {
  const listen = (port: number) =>
    new Promise<number | undefined>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(undefined));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
      });
    });
  for (;;) {
    const first = await listen(0);
    if (first !== undefined && (await listen(first + 1)) !== undefined) return first;
  }
}
