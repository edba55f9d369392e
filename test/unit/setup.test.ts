import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Gateways } from '../../src/apply/observe.js';
import type { Connection } from '../../src/config/connection.js';
import { createKeyMaterial } from '../../src/keys/create.js';
import { isChange } from '../../src/plan/step.js';
import { dryRun, provision, type Provisioned, type SetupDeps } from '../../src/setup.js';
import { apexConnection, externalConnection } from '../helpers/connections.js';
import { FakeOrg, type FakeOrgOptions } from '../helpers/fake-org.js';
import { refusalOf } from '../helpers/refusal.js';
import { temporaryProject } from '../helpers/home.js';

const now = new Date('2026-11-01T12:00:00Z');
const integrationUser = {
  id: '005000000000001',
  username: 'integration@acme.com',
  email: 'i@acme.com',
  isActive: true,
};
const serverId = '00DSERVER';
const clientId = '00DCLIENT';

const appComponents = [
  'ExternalClientApplication:Erp_Integration',
  'ExtlClntAppConfigurablePolicies:Erp_Integration_defaultPolicy',
  'ExtlClntAppGlobalOauthSettings:Erp_Integration',
  'ExtlClntAppOauthConfigurablePolicies:Erp_Integration_defaultPolicy',
  'ExtlClntAppOauthSettings:Erp_Integration',
].join(' ');

class Killed extends Error {}

describe('provision', () => {
  let root: string;
  let platformPem: string;

  before(async () => {
    const material = await createKeyMaterial({ keySize: 2048, validDays: 365, subject: { CN: 'erp_jwt' }, now });
    platformPem = material.certificate.toString();
  });
  beforeEach(() => {
    root = temporaryProject('setup');
  });

  const serverOrg = (options: Partial<FakeOrgOptions> = {}): FakeOrg =>
    new FakeOrg({ orgId: serverId, users: [integrationUser], ...options });
  const clientOrg = (options: Partial<FakeOrgOptions> = {}): FakeOrg =>
    new FakeOrg({ orgId: clientId, certificatePem: platformPem, ...options });

  function run(
    connection: Connection,
    orgs: Gateways,
    { force = false, ...deps }: Partial<SetupDeps> & { readonly force?: boolean } = {},
  ): Promise<Provisioned> {
    return provision(
      { connection, projectRoot: root, orgs, force, savesConnection: true },
      {
        now: () => now,
        storePassword: { given: async () => undefined, ask: async () => undefined },
        onPlan: () => {},
        onProgress: () => {},
        ...deps,
      },
    );
  }

  const keyFile = (suffix: string): string => join(root, '.sf', 'jwt', 'erp', `erp_jwt.${suffix}`);
  const changes = ({ plan }: Provisioned): string[] => plan.steps.filter(isChange).map(({ kind }) => kind);

  it('lets the user in before it deploys the app that admits nobody else', async () => {
    const server = serverOrg();
    await run(externalConnection(), { server });
    expect(server.log).to.deep.equal([
      'deploy PermissionSet:Erp_Integration_Access',
      'assign Erp_Integration_Access',
      `deploy ${appComponents}`,
    ]);
  });

  it('puts the certificate of the key that it made into the app', async () => {
    const server = serverOrg();
    const { facts } = await run(externalConnection(), { server });
    const deployed = server.components.get('ExtlClntAppGlobalOauthSettings:Erp_Integration') ?? '';
    const inApp = /<certificate>([^<]+)<\/certificate>/.exec(deployed)?.[1] ?? '';
    const onDisk = new X509Certificate(await readFile(keyFile('crt')));
    expect(new X509Certificate(inApp).fingerprint256).to.equal(onDisk.fingerprint256);
    expect(facts.consumerKey).to.equal('3MVG900DSERVER.key');
  });

  it('keeps the private key and its folder from everybody else, and from git', async () => {
    await run(externalConnection(), { server: serverOrg() });
    expect((await stat(keyFile('key'))).mode & 0o777).to.equal(0o600);
    expect((await stat(join(root, '.sf', 'jwt', 'erp'))).mode & 0o777).to.equal(0o700);
    expect(await readFile(join(root, '.sf', 'jwt', '.gitignore'), 'utf8')).to.equal('*\n');
  });

  it('writes stores only where a password was given', async () => {
    const given = { given: async () => 'correct horse', ask: async () => undefined };
    await run(externalConnection(), { server: serverOrg() }, { storePassword: given });
    const names = await readdir(join(root, '.sf', 'jwt', 'erp'));
    expect(names).to.include.members(['erp_jwt.jks', 'erp_jwt.p12']);
  });

  it('finds nothing to do in a second run', async () => {
    const orgs = { server: serverOrg(), client: clientOrg() };
    await run(apexConnection(), orgs);
    const logged = orgs.server.log.length + orgs.client.log.length;
    expect(changes(await run(apexConnection(), orgs))).to.deep.equal([]);
    expect(orgs.server.log.length + orgs.client.log.length).to.equal(logged);
  });

  it('lets the client org make the key, and deploys Apex that names its certificate', async () => {
    const orgs = { server: serverOrg(), client: clientOrg() };
    await run(apexConnection(), orgs);
    expect(orgs.client.log).to.deep.equal([
      'deploy Certificate:erp_jwt',
      'deploy ApexClass:ErpTokenProvider ApexClass:ErpTokenProviderTest RemoteSiteSetting:ErpTokenProvider',
    ]);
    const inApp = orgs.server.components.get('ExtlClntAppGlobalOauthSettings:Erp_Integration') ?? '';
    expect(inApp).to.contain(platformPem.trim());
    expect(await readdir(join(root, '.sf', 'jwt', 'erp'))).to.deep.equal(['journal.jsonl']);
  });

  it('redeploys only the app when its label changes', async () => {
    const orgs = { server: serverOrg(), client: clientOrg() };
    await run(apexConnection(), orgs);
    const connection = apexConnection();
    const app = { ...connection.server.app, label: 'ERP' };
    const again = await run({ ...connection, server: { ...connection.server, app } }, orgs);
    expect(changes(again)).to.deep.equal(['save-connection', 'deploy-app', 'deploy-client']);
  });

  it('brings back what somebody deleted in the org', async () => {
    const server = serverOrg();
    await run(externalConnection(), { server });
    server.components.delete('ExtlClntAppOauthConfigurablePolicies:Erp_Integration_defaultPolicy');
    expect(changes(await run(externalConnection(), { server }))).to.deep.equal(['deploy-app']);
    server.assignments.clear();
    expect(changes(await run(externalConnection(), { server }))).to.deep.equal(['assign-permission-set']);
  });

  it('starts over for another org, since what it deployed elsewhere says nothing about that one', async () => {
    await run(externalConnection(), { server: serverOrg() });
    const other = new FakeOrg({ orgId: '00DOTHER', users: [integrationUser] });
    await run(externalConnection(), { server: other });
    expect(other.log).to.have.length(3);
  });

  it('uses a permission set that is there as it is', async () => {
    const server = serverOrg();
    server.components.set('PermissionSet:Erp_Integration_Access', 'somebody else made it');
    await run(externalConnection(), { server });
    expect(server.components.get('PermissionSet:Erp_Integration_Access')).to.equal('somebody else made it');
    expect(server.log[0]).to.equal('assign Erp_Integration_Access');
  });

  describe('where something else is in the way', () => {
    it('refuses to replace an app that it did not deploy, and changes nothing', async () => {
      const server = serverOrg();
      server.components.set('ExternalClientApplication:Erp_Integration', 'theirs');
      const error = await refusalOf(() => run(externalConnection(), { server }));
      expect(error.key).to.equal('notOurs');
      expect(error.tokens[0]).to.equal('ExternalClientApplication Erp_Integration in the server org');
      expect(server.log).to.deep.equal([]);
      expect(await readdir(root)).to.have.members(['force-app', 'sfdx-project.json', '.sf']);
      expect(await readdir(join(root, '.sf', 'jwt', 'erp'))).to.deep.equal([]);
    });

    it('replaces it with force', async () => {
      const server = serverOrg();
      server.components.set('ExternalClientApplication:Erp_Integration', 'theirs');
      await run(externalConnection(), { server }, { force: true });
      expect(server.components.get('ExternalClientApplication:Erp_Integration')).to.contain('<label>');
    });

    it('refuses to overwrite a class that somebody edited', async () => {
      const orgs = { server: serverOrg(), client: clientOrg() };
      await run(apexConnection(), orgs);
      const path = 'jwt/erp/client/main/default/classes/ErpTokenProvider.cls';
      await writeFile(join(root, path), 'public class ErpTokenProvider { /* mine */ }');
      const error = await refusalOf(() => run(apexConnection(), orgs));
      expect([error.key, error.tokens[0]]).to.deep.equal(['notOurs', path]);
      expect(await readFile(join(root, path), 'utf8')).to.contain('mine');
    });

    it('names a user that the org does not have, and one that is inactive', async () => {
      const nobody = await refusalOf(() => run(externalConnection(), { server: serverOrg({ users: [] }) }));
      expect([nobody.key, nobody.tokens[0]]).to.deep.equal(['userNotInOrg', 'integration@acme.com']);
      const inactive = serverOrg({ users: [{ ...integrationUser, isActive: false }] });
      expect((await refusalOf(() => run(externalConnection(), { server: inactive }))).key).to.equal('userInactive');
    });

    it('says what to do where the org creates no Connected Apps', async () => {
      const message =
        "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.";
      const server = serverOrg({
        refuse: [{ message, component: { type: 'ConnectedApp', fullName: 'Erp_Integration' } }],
      });
      server.components.set('PermissionSet:Erp_Integration_Access', '');
      const error = await refusalOf(() => run(externalConnection(), { server }));
      expect([error.key, error.tokens[0]]).to.deep.equal(['connectedAppsBlocked', message]);
    });

    it('refuses to run beside another run on the same connection', async () => {
      const folder = join(root, '.sf', 'jwt', 'erp');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'lock'), String(process.ppid));
      const error = await refusalOf(() => run(externalConnection(), { server: serverOrg() }));
      expect([error.key, error.tokens[1]]).to.deep.equal(['setupAlreadyRunning', String(process.ppid)]);
    });

    it('takes over the lock of a run that is gone', async () => {
      const folder = join(root, '.sf', 'jwt', 'erp');
      await mkdir(folder, { recursive: true });
      // Beyond the largest process id that Linux and macOS give out.
      await writeFile(join(folder, 'lock'), '99999999');
      await run(externalConnection(), { server: serverOrg() });
      expect(await readdir(folder)).not.to.include('lock');
    });
  });

  describe('dryRun', () => {
    it('plans everything and touches neither the project nor an org', async () => {
      const orgs = { server: serverOrg(), client: clientOrg() };
      const plan = await dryRun({
        connection: apexConnection(),
        projectRoot: root,
        orgs,
        force: false,
        savesConnection: true,
      });
      expect(plan.steps.map(({ kind, action }) => `${action} ${kind}`)).to.deep.equal([
        'create save-connection',
        'create deploy-certificate',
        'create deploy-permission-set',
        'create assign-permission-set',
        'create deploy-app',
        'create deploy-client',
      ]);
      expect(await readdir(root)).to.have.members(['force-app', 'sfdx-project.json']);
      expect([...orgs.server.log, ...orgs.client.log]).to.deep.equal([]);
    });
  });

  describe('after a kill', () => {
    /** Lets the n-th effect end the run, as a kill would; `undefined` once there are no more effects. */
    async function killAt(connection: Connection, n: number): Promise<string | undefined> {
      let count = 0;
      const effect = (name: string): void => {
        count += 1;
        if (count === n) throw new Killed(name);
      };
      const server = serverOrg({ effect });
      const client = clientOrg({ effect });
      const orgs = connection.client.type === 'external' ? { server } : { server, client };
      const where = await run(connection, orgs, {
        now: () => {
          effect('clock');
          return now;
        },
      }).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof Killed) return error.message;
          throw error;
        },
      );
      const key = await readFile(keyFile('key'), 'utf8').catch(() => undefined);
      count = Number.NEGATIVE_INFINITY;
      await run(connection, orgs);
      const isKeyKept = key === undefined || key === (await readFile(keyFile('key'), 'utf8'));
      expect(isKeyKept, `key after kill ${n} (${where})`).to.equal(true);
      expect(changes(await run(connection, orgs)), `third run after kill ${n} (${where})`).to.deep.equal([]);
      expect(server.components.has('ExtlClntAppOauthSettings:Erp_Integration')).to.equal(true);
      expect(server.assignments.size).to.equal(1);
      return where;
    }

    for (const connection of [externalConnection(), apexConnection()]) {
      it(`finishes what was begun, wherever it was killed (${connection.client.type})`, async () => {
        const places = new Set<string>();
        for (let n = 1; ; n += 1) {
          const where = await killAt(connection, n);
          if (where === undefined) break;
          places.add(where);
          root = temporaryProject('setup');
        }
        expect([...places]).to.have.members([
          'clock',
          'deploy starts',
          'deploy ends',
          'assignment starts',
          'assignment ends',
        ]);
      });
    }

    it('waits for the deploy that was under way instead of starting it again', async () => {
      let isKilled = false;
      const effect = (name: string): void => {
        if (name === 'deploy ends' && !isKilled) {
          isKilled = true;
          throw new Killed(name);
        }
      };
      const server = serverOrg({ effect });
      await run(externalConnection(), { server }).catch(() => undefined);
      server.components.clear();
      await run(externalConnection(), { server });
      expect(server.log.slice(0, 2)).to.deep.equal(['deploy PermissionSet:Erp_Integration_Access', 'resume 0Af0']);
    });

    it('makes the certificate for a key that was left without one', async () => {
      const server = serverOrg();
      await run(externalConnection(), { server });
      const key = await readFile(keyFile('key'), 'utf8');
      const { rm } = await import('node:fs/promises');
      await Promise.all(['crt', 'pem', 'csr'].map((suffix) => rm(keyFile(suffix))));
      expect(changes(await run(externalConnection(), { server }))).to.deep.equal(['create-key', 'deploy-app']);
      const isKeyKept = key === (await readFile(keyFile('key'), 'utf8'));
      expect(isKeyKept).to.equal(true);
      const certificate = new X509Certificate(await readFile(keyFile('crt')));
      expect(certificate.checkPrivateKey(createPrivateKey(key))).to.equal(true);
      expect(server.components.get('ExtlClntAppGlobalOauthSettings:Erp_Integration')).to.contain(
        certificate.toString().trim(),
      );
    });
  });
});
