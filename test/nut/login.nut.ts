import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder, temporaryProject } from '../helpers/home.js';
import { type Running } from '../helpers/process.js';
import { repository, sfCli, type SfCli, type SfJson } from '../helpers/sf-cli.js';

const permissionSetAssignment = "SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = '%s'";

/** What plain `sf org login jwt` needs, all of it made by `sf jwt setup`. */
type Flow = { readonly keyFile: string; readonly consumerKey: string; readonly username: string; readonly url: string };

/** What `sf jwt local start` prints of each org. */
type LocalOrg = { readonly alias: string; readonly instanceUrl: string; readonly integrationUsername: string };

describe('sf org login jwt, with what sf jwt setup made', () => {
  let sf: SfCli;
  let server: Running;
  let orgs: readonly LocalOrg[];
  let project: string;
  let setup: SfJson;
  let flow: Flow;

  before(async () => {
    sf = await sfCli();
    const linked = await sf.run(['plugins', 'link', repository, '--no-install']);
    expect(linked.code, linked.stderr).to.equal(0);
    server = await sf.start(['jwt', 'local', 'start']);
    orgs = (JSON.parse(server.firstLine) as { orgs: LocalOrg[] }).orgs;
    project = temporaryProject();
    setup = await runSetup();
    const { consumerKey, username, instanceUrl } = setup.result;
    flow = { keyFile: keyFile(), consumerKey, username, url: instanceUrl };
  });

  after(async () => {
    const { code, signal } = await server.stop('SIGTERM');
    expect({ code, signal }).to.deep.equal({ code: 0, signal: null });
  });

  async function runSetup(): Promise<SfJson> {
    const user = ['--username', String(orgs[0]?.integrationUsername)];
    const flags = ['--connection', 'ci', '--target-org', 'jwt-server', '--client-type', 'external', ...user];
    const result = await sf.json(['jwt', 'setup', ...flags], { cwd: project });
    expect(result.status, `${result.message}`).to.equal(0);
    return result;
  }

  /** The private key among the files that setup says it made. */
  function keyFile(): string {
    const file = (setup.result.files as string[]).find((path) => path.endsWith('.key'));
    expect(file, 'a private key among the files').to.be.a('string');
    return join(project, String(file));
  }

  function login(changes: Partial<Flow> = {}): Promise<SfJson> {
    const { keyFile: key, consumerKey, username, url } = { ...flow, ...changes };
    const flags = ['--jwt-key-file', key, '--client-id', consumerKey, '--username', username, '--instance-url', url];
    return sf.json(['org', 'login', 'jwt', ...flags]);
  }

  it('prints one line of JSON with the URLs when the local orgs are ready', () => {
    expect(orgs.map(({ alias }) => alias)).to.deep.equal(['jwt-server', 'jwt-client']);
    expect(orgs[0]?.instanceUrl).to.equal(flow.url);
  });

  it('sets up a flow that is verified', () => {
    expect(setup.result.verified).to.equal(true);
    const failed = (setup.result.checks as { status: string }[]).filter(({ status }) => status === 'failed');
    expect(failed).to.deep.equal([]);
  });

  it('finds nothing to do in a second run', async () => {
    const second = await runSetup();
    expect(second.result.changed).to.deep.equal([]);
    expect(second.result.consumerKey).to.equal(flow.consumerKey);
  });

  it('succeeds with the key and the consumer key', async () => {
    const result = await login();
    expect(result.status, result.message).to.equal(0);
    expect(result.result.username).to.equal(flow.username);
  });

  it('gives a session that other sf commands can use', async () => {
    const query = ['data', 'query', '--query', 'SELECT Id FROM Organization', '--target-org', flow.username];
    const result = await sf.json(query);
    expect(result.status, result.message).to.equal(0);
    expect(result.result.records).to.have.lengthOf(1);
  });

  it('is refused with another key', async () => {
    const folder = temporaryFolder('other-key');
    const env = { SF_JWT_STORE_PASSWORD: 'a store password for tests' };
    const other = await sf.json(['jwt', 'key', 'create', '--output-dir', folder, '--name', 'other'], { env });
    expect(other.status, other.message).to.equal(0);
    const result = await login({ keyFile: join(folder, 'other.key') });
    expect(result.status).not.to.equal(0);
    // An External Client App answers a wrong signature in its own words.
    expect(result.message).to.match(/invalid client credentials|invalid assertion/);
  });

  it('is refused for another user', async () => {
    const result = await login({ username: 'nobody@example.com' });
    expect(result.status).not.to.equal(0);
    expect(result.message).to.match(/user hasn't approved this consumer|user is not admin approved to access this app/);
  });

  it('is refused after the assignment of the permission set is removed', async () => {
    const config = JSON.parse(readFileSync(join(project, 'config', 'jwt-connections.json'), 'utf8')) as Config;
    const permissionSet = config.connections.ci?.server.app?.permissionSet ?? assignedByPlan();
    const query = permissionSetAssignment.replace('%s', permissionSet);
    const found = await sf.json(['data', 'query', '--query', query, '--target-org', 'jwt-server']);
    expect(found.status, found.message).to.equal(0);
    for (const { Id } of found.result.records as { Id: string }[]) {
      const flags = ['--sobject', 'PermissionSetAssignment', '--record-id', Id, '--target-org', 'jwt-server'];
      const removed = await sf.json(['data', 'delete', 'record', ...flags]);
      expect(removed.status, removed.message).to.equal(0);
    }

    const result = await login();
    expect(result.status).not.to.equal(0);
    expect(result.message).to.contain('user is not admin approved to access this app');
  });

  it('succeeds again after the next run of setup, which assigns it anew', async () => {
    const again = await runSetup();
    expect(again.result.changed).not.to.deep.equal([]);
    const result = await login();
    expect(result.status, result.message).to.equal(0);
  });

  type Config = {
    readonly connections: Record<string, { readonly server: { readonly app?: { permissionSet?: string } } }>;
  };

  function assignedByPlan(): string {
    const file = (setup.result.files as string[]).find((path) => path.endsWith('.permissionset-meta.xml'));
    const name = /([^/\\]+)\.permissionset-meta\.xml$/.exec(String(file))?.[1];
    expect(name, 'a permission set among the files').to.be.a('string');
    return String(name);
  }
});
