import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import GenerateApex from '../../src/commands/jwt/generate/apex.js';
import GenerateNamedCredential from '../../src/commands/jwt/generate/named-credential.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import { temporaryProject } from '../helpers/home.js';
import { sfCli, type SfCli } from '../helpers/sf-cli.js';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { commandsIn } from '../unit/commands/jwt/generate/commands-in.js';
import { enterProject, runCommand } from '../unit/commands/jwt/generate/run-command.js';

const flags = [
  ...['--connection', 'erp', '--username', 'integration@acme.com', '--client-org', 'client'],
  ...['--consumer-key', '3MVG9example', '--instance-url', 'https://acme.my.salesforce.com'],
];

/** The commands that are printed, pasted one after the other. */
describe('the steps that sf jwt generate prints', () => {
  let sf: SfCli;
  let orgs: LocalOrgs;
  let project: string;
  const cwd = process.cwd();
  const home = process.env['HOME'];

  before(async () => {
    sf = await sfCli();
    orgs = await startLocalOrgs({ orgs: [{ alias: 'client' }] });
    process.env['HOME'] = temporaryProject('nut-home');
    const { accessToken, instanceUrl } = await connectLocalOrg(orgs.orgs[0]!);
    project = enterProject();
    const login = ['org', 'login', 'access-token', '--instance-url', instanceUrl, '--alias', 'client', '--no-prompt'];
    const { status, message } = await sf.json(login, { cwd: project, env: { SF_ACCESS_TOKEN: accessToken ?? '' } });
    expect(status, message as string).to.equal(0);
  });

  after(async () => {
    process.chdir(cwd);
    rmSync(project, { recursive: true, force: true });
    process.env['HOME'] = home;
    await orgs.close();
  });

  const paste = async (line: string): Promise<void> => {
    const { code, stdout, stderr } = await sf.run(line.split(' ').slice(1), { cwd: project });
    expect(code, `${line}\n${stdout}${stderr}`).to.equal(0);
  };
  const fetched = (): string => {
    const path = join(project, 'fetched', 'certs', 'erp_jwt.crt');
    expect(existsSync(path), path).to.equal(true);
    return new X509Certificate(readFileSync(path)).fingerprint256;
  };

  it('deploy the certificate, fetch it to the place that is named, and deploy the rest without changing it', async () => {
    const { printed } = await runCommand(GenerateApex, [...flags, '--invocable']);
    const [certificate = '', fetch = '', ...later] = commandsIn(printed);
    const [rest = ''] = later.filter((line) => line.includes('RunSpecifiedTests'));
    await paste(certificate);
    await paste(fetch);
    const first = fetched();
    await paste(rest);
    await paste(rest);
    rmSync(join(project, 'fetched'), { recursive: true });
    await paste(fetch);
    expect(fetched()).to.equal(first);
  });

  it('deploy none of what an earlier run left in the folder', async () => {
    const { result, printed } = await runCommand(GenerateNamedCredential, [...flags, '--class-prefix', 'Sap']);
    expect(result.leftovers).not.to.be.empty;
    const [rest = ''] = commandsIn(printed).filter((line) => line.includes('RunSpecifiedTests'));
    const { status, result: deploy } = await sf.json(rest.split(' ').slice(1), { cwd: project });
    expect(status).to.equal(0);
    const names = (deploy.files as { fullName: string }[]).map(({ fullName }) => fullName);
    expect(names).to.include.members(['SapClient', 'SapClientTest', 'Erp', 'Erp_Callouts']);
    expect(names.join()).not.to.match(/Erp[A-Z]|erp_jwt/);
  });
});
