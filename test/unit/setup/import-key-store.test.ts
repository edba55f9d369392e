import { X509Certificate } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect } from 'chai';
import type { ImportRequest, KeyStoreImport } from '../../../src/apply/context.js';
import type { Connection } from '../../../src/config/connection.js';
import { readKeyFile } from '../../../src/keys/read-key-file.js';
import { dryRun, type SetupDeps } from '../../../src/setup.js';
import { apexConnection, namedCredentialConnection } from '../../helpers/connections.js';
import type { FakeOrg } from '../../helpers/fake-org.js';
import { changes, Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';
import { registerPassword } from '../../helpers/secrets.js';

const password = registerPassword('correct horse of the import');
const given: SetupDeps['storePassword'] = { given: async () => password, ask: async () => undefined };
const generate = { certificate: { source: 'generate' } } as const;

describe('provision, with a key that was made here', () => {
  let platformPem: string;
  let on: Provisioning;
  let orgs: { readonly server: FakeOrg; readonly client: FakeOrg };
  const connection: Connection = apexConnection(generate);
  before(async () => {
    ({ platformPem } = await Provisioning.withCertificate());
  });
  beforeEach(() => {
    on = new Provisioning(platformPem);
    orgs = { server: on.serverOrg(), client: on.clientOrg() };
    orgs.client.components.set('Certificate:some_other', '');
  });

  const run = (deps: Partial<SetupDeps> = {}, of = connection) => on.run(of, orgs, { storePassword: given, ...deps });
  const ownPem = (): Promise<string> => readFile(on.keyFile('crt'), 'utf8');
  const importOwn = async (): Promise<void> => orgs.client.import('erp_jwt', await ownPem());

  /** A person who does something each time that setup looks in vain; the clock goes on meanwhile. */
  function person(onLook: (look: number) => Promise<void> | void = () => {}) {
    const told: ImportRequest[] = [];
    let seconds = 0;
    let looks = 0;
    const byHand: KeyStoreImport = {
      kind: 'by-hand',
      waitSeconds: 60,
      askPassword: async () => password,
      tell: async (request) => void told.push(request),
      sleep: async (pause) => {
        seconds += pause;
        looks += 1;
        await onLook(looks);
      },
    };
    const now = (): Date => new Date(Date.parse('2026-11-01T12:00:00Z') + seconds * 1000);
    return { told, deps: { keyStoreImport: byHand, now }, waited: () => seconds };
  }

  describe('where there is no terminal', () => {
    it('stops with exit code 1 once all that needs no person is done, and says what is to be done', async () => {
      const error = await refusalOf(() => run());
      expect([error.key, error.exitCode]).to.deep.equal(['keyStoreImportPending', 1]);
      expect(error.tokens.slice(0, 2)).to.deep.equal(['erp_jwt', 'crm-prod']);
      expect(error.data).to.deep.equal({
        connection: 'erp',
        org: 'crm-prod',
        path: '/_ui/security/certificate/KeyStoreImportUi/e',
        url: 'https://00dclient.my.salesforce.com/_ui/security/certificate/KeyStoreImportUi/e',
        file: '.sf/jwt/erp/erp_jwt.jks',
        certificate: 'erp_jwt',
      });
      expect(orgs.server.components.has('ExternalClientApplication:Erp_Integration')).to.equal(true);
      expect(orgs.client.log).to.deep.equal([]);
    });

    it('goes on with the next run once the certificate is there, and then has nothing to do', async () => {
      await refusalOf(() => run());
      expect((await refusalOf(() => run())).key).to.equal('keyStoreImportPending');
      await importOwn();
      expect(changes(await run())).to.deep.equal(['deploy-client']);
      expect(changes(await run())).to.deep.equal([]);
    });

    it('says that a password is missing where there is no keystore to import yet', async () => {
      const nobody = { given: async () => undefined, ask: async () => undefined };
      const error = await refusalOf(() => run({ storePassword: nobody }));
      expect([error.key, error.exitCode, error.tokens]).to.deep.equal([
        'keyStorePasswordMissing',
        1,
        ['.sf/jwt/erp/erp_jwt.jks'],
      ]);
      expect((await refusalOf(() => run())).key).to.equal('keyStoreImportPending');
      expect(await readdir(on.privateFolder)).to.include('erp_jwt.jks');
    });
  });

  describe('in a terminal', () => {
    it('says where and how, waits until the certificate shows up, and goes on', async () => {
      const { told, deps, waited } = person((look) => (look === 2 ? importOwn() : undefined));
      const nobody = { given: async () => undefined, ask: async () => undefined };
      const { facts } = await run({ ...deps, storePassword: nobody });
      expect(told).to.have.length(1);
      expect(told[0]?.certificate).to.equal('erp_jwt');
      expect(waited()).to.be.greaterThan(0);
      expect(orgs.client.components.has('ApexClass:ErpTokenProvider')).to.equal(true);
      expect(facts.certificatePem).to.equal(await ownPem());
    });

    it('writes the keystore for its owner alone, under the password that was chosen', async () => {
      await run({
        ...person(() => importOwn()).deps,
        storePassword: { given: async () => undefined, ask: async () => undefined },
      });
      expect((await stat(on.keyFile('jks'))).mode & 0o777).to.equal(0o600);
      const file = { path: 'erp_jwt.jks', bytes: await readFile(on.keyFile('jks')) };
      const [entry] = (await readKeyFile(file, password)).entries;
      expect([entry?.alias, entry?.key?.state]).to.deep.equal(['erp_jwt', 'open']);
      expect(entry?.certificates[0]?.toString()).to.equal(new X509Certificate(await ownPem()).toString());
    });

    it('stops once the waiting time is over', async () => {
      const { deps, waited } = person();
      expect((await refusalOf(() => run(deps))).key).to.equal('keyStoreImportPending');
      expect(waited()).to.equal(60);
    });

    it('takes no certificate for imported that was deleted, though the Tooling API still tells of it', async () => {
      orgs.client.deletedCertificates.add('erp_jwt');
      const { deps, waited } = person();
      expect((await refusalOf(() => run(deps))).key).to.equal('keyStoreImportPending');
      expect(waited()).to.equal(60);
    });

    it('refuses another certificate that somebody imported instead, with both fingerprints', async () => {
      const { deps } = person(() => orgs.client.import('erp_jwt', platformPem));
      const error = await refusalOf(() => run(deps));
      expect(error.key).to.equal('certificateIsAnother');
      const fingerprints = [platformPem, await ownPem()].map((pem) => new X509Certificate(pem).fingerprint256);
      expect(error.tokens.slice(0, 4)).to.deep.equal(['crm-prod', 'erp_jwt', ...fingerprints]);
      expect(orgs.client.log).to.deep.equal(['import erp_jwt']);
    });
  });

  it('refuses a certificate of others under its name before it does anything', async () => {
    orgs.client.import('erp_jwt', platformPem);
    for (const force of [false, true]) {
      const error = await refusalOf(() => on.run(connection, orgs, { storePassword: given, force }));
      expect([error.key, error.tokens[3]]).to.deep.equal(['certificateIsAnother', 'none yet']);
    }
    expect(orgs.server.log).to.deep.equal([]);
    expect(await readdir(dirname(on.privateFolder))).to.deep.equal(['.gitignore']);
  });

  it('finds its certificate within a chain', async () => {
    await refusalOf(() => run());
    orgs.client.import('erp_jwt', `${platformPem}${await ownPem()}`);
    expect(changes(await run())).to.deep.equal(['deploy-client']);
  });

  it('shows in a dry run that somebody has to import it, after all that needs nobody', async () => {
    const plan = await dryRun(
      { connection, projectRoot: on.root, orgs, force: false, savesConnection: true },
      { now: () => new Date(), storePassword: given, keyStoreImport: { kind: 'nobody' } },
    );
    expect(plan.steps.map(({ kind }) => kind)).to.deep.equal([
      'save-connection',
      'create-key',
      'deploy-permission-set',
      'assign-permission-set',
      'deploy-app',
      'import-key-store',
      'deploy-client',
    ]);
    expect(plan.steps.find(({ kind }) => kind === 'import-key-store')?.reason).to.equal(
      'to be imported in Setup, since no API takes a private key',
    );
  });

  describe('in an org that runs in this process', () => {
    it('imports a keystore that exists for that moment only, under a password of that moment', async () => {
      let seen = '';
      const upload = async (bytes: Uint8Array, secret: string): Promise<void> => {
        seen = secret;
        const [entry] = (await readKeyFile({ path: 'x.jks', bytes: Buffer.from(bytes) }, secret)).entries;
        orgs.client.import(entry?.alias ?? '', entry?.certificates[0]?.toString() ?? '');
      };
      const storePassword = { given: async () => undefined, ask: async () => undefined };
      await run({ keyStoreImport: { kind: 'upload', upload }, storePassword });
      expect(seen.length).to.be.greaterThan(20);
      expect(await readdir(on.privateFolder)).not.to.include('erp_jwt.jks');
      const journal = await readFile(`${on.privateFolder}/journal.jsonl`, 'utf8');
      const isKept = journal.includes(seen) || JSON.stringify(orgs.client.log).includes(seen);
      expect(isKept).to.equal(false);
      expect(changes(await run({ storePassword }))).to.deep.equal([]);
    });

    it('says so where the page took it and the certificate is not there', async () => {
      const keyStoreImport = { kind: 'upload', upload: async () => undefined } as const;
      expect((await refusalOf(() => run({ keyStoreImport }))).key).to.equal('certificateNotInOrg');
    });
  });

  it('is not asked for with the platform certificate of a Named Credential', async () => {
    const { plan } = await run({}, namedCredentialConnection());
    expect(plan.steps.map(({ kind }) => kind)).not.to.include('import-key-store');
  });
});
