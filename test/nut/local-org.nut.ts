import { expect } from 'chai';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryProject } from '../helpers/home.js';
import { type Running } from '../helpers/process.js';
import { repository, sfCli, type SfCli, type SfJson } from '../helpers/sf-cli.js';

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const files = {
  'permissionsets/Caller.permissionset-meta.xml': `<PermissionSet ${namespace}><label>Caller</label></PermissionSet>`,
  'certs/Calling.crt': '',
  'certs/Calling.crt-meta.xml': `<Certificate ${namespace}><caSigned>false</caSigned><masterLabel>Calling</masterLabel></Certificate>`,
};

/** Commands of the real CLI that have never heard of local orgs. */
describe('plain sf commands and sf jwt local start', () => {
  let sf: SfCli;
  let server: Running;
  let project: string;

  before(async () => {
    sf = await sfCli();
    expect((await sf.run(['plugins', 'link', repository, '--no-install'])).code).to.equal(0);
    server = await sf.start(['jwt', 'local', 'start']);
    project = temporaryProject();
    for (const [path, content] of Object.entries(files)) {
      const file = join(project, 'force-app', 'main', 'default', path);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, content);
    }
  });

  after(async () => {
    const { code, signal } = await server.stop('SIGINT');
    expect({ code, signal }).to.deep.equal({ code: 0, signal: null });
    expect(JSON.parse(readFileSync(join(sf.home, '.sfdx', 'alias.json'), 'utf8'))).to.deep.equal({ orgs: {} });
  });

  async function run(...args: string[]): Promise<SfJson['result']> {
    const answer = await sf.json([...args, '--target-org', 'jwt-server'], { cwd: project });
    expect(answer.status, `${args.join(' ')}: ${answer.message}`).to.equal(0);
    return answer.result;
  }

  const query = async (soql: string): Promise<readonly Record<string, unknown>[]> =>
    (await run('data', 'query', '--query', soql)).records;

  it('find both orgs connected', async () => {
    expect(await run('org', 'display')).to.include({ alias: 'jwt-server', connectedStatus: 'Connected' });
    const { result } = await sf.json(['org', 'list']);
    const orgs = result.nonScratchOrgs as { alias: string; connectedStatus: string }[];
    expect(orgs.map(({ alias, connectedStatus }) => [alias, connectedStatus])).to.have.deep.members([
      ['jwt-server', 'Connected'],
      ['jwt-client', 'Connected'],
    ]);
  });

  it('create, update and delete a record', async () => {
    const account = ['--sobject', 'Account'];
    const { id } = await run('data', 'create', 'record', ...account, '--values', 'Name=Acme Phone=123');
    await run('data', 'update', 'record', ...account, '--where', 'Name=Acme', '--values', "Name='Acme Two'");
    const [row] = await query(`SELECT Name, Phone FROM Account WHERE Id = '${id}'`);
    expect(row).to.include({ Name: 'Acme Two', Phone: '123' });
    await run('data', 'delete', 'record', ...account, '--record-id', String(id));
    expect(await query('SELECT Id FROM Account')).to.deep.equal([]);
  });

  it('deploy a folder, assign its permission set, and retrieve the certificate that the org made', async () => {
    const deployed = await run('project', 'deploy', 'start', '--source-dir', 'force-app');
    expect(deployed).to.include({ status: 'Succeeded', numberComponentsDeployed: 2 });
    await run('org', 'assign', 'permset', '--name', 'Caller');
    const [assignment] = await query('SELECT PermissionSet.Name, Assignee.Username FROM PermissionSetAssignment');
    expect(assignment).to.have.nested.property('PermissionSet.Name', 'Caller');
    expect(assignment).to.have.nested.property('Assignee.Username', 'admin@jwt-server.local');
    await run('project', 'retrieve', 'start', '--metadata', 'Certificate:Calling');
    const certificate = readFileSync(join(project, 'force-app', 'main', 'default', 'certs', 'Calling.crt'), 'utf8');
    expect(certificate).to.match(/^-----BEGIN CERTIFICATE-----/);
  });

  it('send a request of their own', async () => {
    const { stdout, code } = await sf.run([
      ...['api', 'request', 'rest', 'services/data/v67.0/sobjects/User/describe'],
      ...['--target-org', 'jwt-server'],
    ]);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.include({ name: 'User', keyPrefix: '005' });
  });
});
