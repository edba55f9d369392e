import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Connection as OrgConnection } from '@salesforce/core';
import { expect } from 'chai';
import type { DeployInput, SideOutcome } from '../../src/apply/deploy-side.js';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { isToSalesforce, type Connection } from '../../src/config/connection.js';
import { deployConnection } from '../../src/deploy.js';
import { startLocalOrgs, type LocalOrgs } from '../../src/local-org/index.js';
import type { OrgGateway } from '../../src/org/gateway.js';
import { createGateway } from '../../src/org/salesforce.js';
import { provision } from '../../src/setup.js';
import {
  apexConnection,
  legacyNamedCredentialConnection,
  namedCredentialConnection,
  oauthConnection,
} from '../helpers/connections.js';
import { temporaryProject } from '../helpers/home.js';
import { refusalOf } from '../helpers/refusal.js';

const root = 'jwt/erp/client/main/default';
const notExecuted = 'Not executed: a local org does not run Apex.';

/** What `sf jwt deploy` does, with the real client libraries, against two local orgs. */
describe('a deploy to local orgs', () => {
  let local: LocalOrgs;
  let project: string;
  let orgs: { readonly server: OrgGateway; readonly client: OrgGateway };
  let started: string[];

  beforeEach(async () => {
    local = await startLocalOrgs();
    project = temporaryProject('deploy-local');
    started = [];
    const [server, client] = await Promise.all(local.orgs.map((org) => connectLocalOrg(org)));
    if (!server || !client) throw new Error('no org was started');
    noteTransport(client);
    orgs = { server: await createGateway(server), client: await createGateway(client) };
  });
  afterEach(async () => {
    delete process.env['SF_ORG_METADATA_REST_DEPLOY'];
    await local.close();
  });

  /** Notes over which of the two APIs a deploy is started. */
  function noteTransport({ metadata }: OrgConnection): void {
    for (const [method, name] of [
      ['deploy', 'SOAP'],
      ['deployRest', 'REST'],
    ] as const) {
      const original = metadata[method].bind(metadata) as (...args: unknown[]) => unknown;
      Object.assign(metadata, {
        [method]: (...args: unknown[]) => {
          started.push(name);
          return original(...args);
        },
      });
    }
  }

  const inLocalOrg = (connection: Connection): Connection =>
    isToSalesforce(connection)
      ? { ...connection, server: { ...connection.server, username: local.orgs[0]?.integrationUsername ?? '' } }
      : connection;

  async function setUp(connection: Connection): Promise<void> {
    const input = { connection, projectRoot: project, force: false, savesConnection: false };
    const to = isToSalesforce(connection) ? orgs : { client: orgs.client };
    await provision(
      { ...input, orgs: to },
      {
        now: () => new Date(),
        storePassword: { given: async () => undefined, ask: async () => undefined },
        keyStoreImport: { kind: 'nobody' },
        onPlan: () => {},
        onBegin: () => {},
        onProgress: () => {},
      },
    );
    started = [];
  }

  const deploy = (connection: Connection, more: Partial<DeployInput> = {}): Promise<readonly SideOutcome[]> =>
    deployConnection(
      {
        ...{ connection, projectRoot: project, checkOnly: false, force: false },
        orgs: isToSalesforce(connection) ? orgs : { client: orgs.client },
        sides: isToSalesforce(connection) ? ['server', 'client'] : ['client'],
        ...more,
      },
      { now: () => new Date(), onProgress: () => {} },
    );

  for (const [what, make] of [
    ['Apex with its settings in custom metadata', apexConnection],
    ['a Named Credential', namedCredentialConnection],
    ['a legacy Named Credential', legacyNamedCredentialConnection],
    ['a server that is no org', oauthConnection],
  ] as const) {
    for (const transport of ['SOAP', 'REST']) {
      it(`takes ${what} over ${transport}, with every file of every folder, and says that no test ran`, async () => {
        process.env['SF_ORG_METADATA_REST_DEPLOY'] = String(transport === 'REST');
        const connection = inLocalOrg(make());
        await setUp(connection);
        const outcomes = await deploy(connection);
        const client = outcomes.find(({ side }) => side === 'client');
        expect(client).to.deep.include({ state: 'deployed', testsRun: 0, warnings: [notExecuted] });
        expect(client?.tests).to.include('ErpClientTest');
        expect(started).to.deep.equal([transport]);
        const check = await deploy(connection, { checkOnly: true });
        expect(check.map(({ state }) => state)).to.deep.equal(outcomes.map(() => 'checked'));
      });
    }
  }

  it('takes a field and a class that somebody added, and gives them out again', async () => {
    const connection = inLocalOrg(apexConnection());
    await setUp(connection);
    const [field] = (await deploy(connection)).flatMap(({ files }) =>
      files.filter((file) => file.includes('/fields/')),
    );
    const text = (await readFile(join(project, field ?? ''), 'utf8')).replace('<required>true', '<required>false');
    const name = /<fullName>(\w+)<\/fullName>/.exec(text)?.[1] ?? '';
    await put(`objects/ErpSettings__mdt/fields/More__c.field-meta.xml`, text.replaceAll(name, 'More__c'));
    await put('classes/mine/ErpExtra.cls', 'public class ErpExtra {}\n');
    const meta = await readFile(join(project, root, 'classes/ErpClient.cls-meta.xml'), 'utf8');
    await put('classes/mine/ErpExtra.cls-meta.xml', meta);
    await deploy(connection, { sides: ['client'] });
    const [object] = await orgs.client.sources([{ type: 'CustomObject', fullName: 'ErpSettings__mdt' }]);
    expect(object?.content).to.contain('<fullName>More__c</fullName>').and.to.contain(`<fullName>${name}</fullName>`);
    const extra = await orgs.client.sources([{ type: 'ApexClass', fullName: 'ErpExtra' }]);
    expect(extra.find(({ path }) => path.endsWith('.cls'))?.content).to.equal('public class ErpExtra {}\n');
  });

  for (const transport of ['SOAP', 'REST']) {
    it(`names file, line and column of what does not compile, over ${transport}`, async () => {
      process.env['SF_ORG_METADATA_REST_DEPLOY'] = String(transport === 'REST');
      const connection = inLocalOrg(apexConnection());
      await setUp(connection);
      await put('classes/ErpClient.cls', 'public class ErpClient {\n    void broken( {\n    }\n}\n');
      for (const checkOnly of [true, false]) {
        const error = await refusalOf(() => deploy(connection, { sides: ['client'], checkOnly }));
        expect([error.key, error.exitCode]).to.deep.equal(['apexNotCompiled', 3]);
        expect(error.tokens[1]).to.match(new RegExp(`\\n  ${root}/classes/ErpClient\\.cls:2:\\d+: `));
      }
      expect(started).to.deep.equal([transport, transport]);
    });
  }

  it('shows how the class of somebody else differs, as the org gives it out', async () => {
    const connection = inLocalOrg(apexConnection());
    await setUp(connection);
    const ours = await readFile(join(project, root, 'classes/ErpClient.cls'), 'utf8');
    await put('classes/ErpClient.cls', `// theirs\n${ours}`);
    await deploy(connection, { sides: ['client'] });
    const elsewhere = temporaryProject('deploy-again');
    const error = await refusalOf(() => {
      project = elsewhere;
      return setUp(connection);
    });
    expect(error.key).to.equal('notOurs');
    const differences = error.data?.['differences'] as { path: string; diff: string }[];
    const difference = differences.find(({ path }) => path === `${root}/classes/ErpClient.cls`);
    expect(difference?.diff.split('\n').filter((line) => /^[-+][^-+]/.test(line))).to.include('-// theirs');
  });

  /** Changes a file of the client side that ends so, and deploys it. */
  async function refusedAfter(connection: Connection, ending: string, change: (text: string) => string) {
    await setUp(connection);
    const [outcome] = await deploy(connection, { sides: ['client'] });
    const path = outcome?.files.find((file) => file.endsWith(ending)) ?? '';
    const text = await readFile(join(project, path), 'utf8');
    expect(change(text), 'the change').not.to.equal(text);
    await writeFile(join(project, path), change(text));
    return { path, error: await refusalOf(() => deploy(connection, { sides: ['client'] })) };
  }

  for (const [make, ending] of [
    [namedCredentialConnection, '.externalCredential-meta.xml'],
    [legacyNamedCredentialConnection, '.namedCredential-meta.xml'],
  ] as const) {
    it(`names the certificate that a ${ending} lacks in the org, and how to bring it there`, async () => {
      const rename = (text: string): string => text.replaceAll('>erp_jwt<', '>no_such_cert<');
      const { error, path } = await refusedAfter(inLocalOrg(make()), ending, rename);
      expect([error.key, error.exitCode]).to.deep.equal(['signingCertificateMissing', 3]);
      expect(error.tokens[0]).to.contain('no_such_cert');
      expect((error.data?.['problems'] as { file: string }[])[0]?.file).to.equal(path);
    });
  }

  it('names the principal that the External Credential lacks', async () => {
    const rename = (text: string): string => text.replace(/(<externalCredentialPrincipal>[^<]*)/, '$1_Other');
    const connection = inLocalOrg(namedCredentialConnection());
    const { error, path } = await refusedAfter(connection, '.permissionset-meta.xml', rename);
    expect([error.key, error.exitCode]).to.deep.equal(['principalMissing', 3]);
    expect(error.tokens[0]).to.contain('_Other');
    expect((error.data?.['problems'] as { file: string }[])[0]?.file).to.equal(path);
  });

  it('does not know a deploy of another org', async () => {
    const request = { paths: [], apiVersion: '67.0', resumeId: '0Af000000000001AAA' };
    for (const rest of ['false', 'true']) {
      process.env['SF_ORG_METADATA_REST_DEPLOY'] = rest;
      expect((await orgs.client.deploy(request)).unfinished).to.equal('forgotten');
    }
  });

  async function put(path: string, content: string): Promise<void> {
    await mkdir(dirname(join(project, root, path)), { recursive: true });
    await writeFile(join(project, root, path), content);
  }
});
