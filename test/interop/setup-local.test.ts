import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createKeyMaterial } from '../../src/keys/create.js';
import { encodeKeyFiles } from '../../src/keys/encode-key-files.js';
import { temporaryFolder, temporaryProject } from '../helpers/home.js';
import { PluginCli } from '../helpers/plugin-cli.js';

const setup = ['jwt', 'setup', '--local'];
const external = [...setup, '--client-type', 'external', '--connection', 'ci'];

describe('sf jwt setup --local', () => {
  let cli: PluginCli;
  beforeEach(() => {
    cli = new PluginCli(temporaryProject('setup-local'));
  });

  const read = (path: string): string => readFileSync(join(cli.project, path), 'utf8');

  it('goes from nothing to a verified flow for a caller outside Salesforce, and finds nothing to do again', async () => {
    const first = await cli.json(external);
    expect(first.code).to.equal(0);
    const { result } = first;
    expect(result.verified).to.equal(true);
    expect(
      result.checks.map(({ name, status }: { name: string; status: string }) => `${name} ${status}`),
    ).to.deep.equal([
      'key-matches-certificate passed',
      'certificate-valid passed',
      'endpoint-reachable passed',
      'clock-skew passed',
      'token-issued passed',
      'token-works passed',
      'user-and-org passed',
      'scopes passed',
    ]);
    const certificate = new X509Certificate(read('.sf/jwt/ci/ci_jwt.crt'));
    expect(result.certificate).to.deep.equal({
      fingerprint256: certificate.fingerprint256,
      notAfter: certificate.validToDate.toISOString(),
    });
    expect(certificate.checkPrivateKey(createPrivateKey(read('.sf/jwt/ci/ci_jwt.key')))).to.equal(true);
    for (const file of result.files) expect(statSync(join(cli.project, file)).isFile(), file).to.equal(true);

    const second = await cli.json(external);
    expect(second.result.changed).to.deep.equal([]);
    expect(second.result.verified).to.equal(true);
    expect(second.result.consumerKey).to.equal(result.consumerKey);
  });

  it('lets the client org sign with a key that never leaves it', async () => {
    const { result } = await cli.json([...setup, '--connection', 'erp']);
    expect(result.verified).to.equal(true);
    const statuses = new Map(result.checks.map(({ name, status }: { name: string; status: string }) => [name, status]));
    expect(statuses.get('certificate-in-app')).to.equal('passed');
    expect(statuses.get('token-issued')).to.equal('passed');
    expect(statuses.get('client-org-runs')).to.equal('skipped');
    expect(readdirSync(join(cli.project, '.sf', 'jwt', 'erp'))).to.have.members(['journal.jsonl', 'trial.json']);
    expect(read('jwt/erp/client/main/default/customMetadata/ErpSettings.Default.md-meta.xml')).to.contain(
      result.consumerKey,
    );
  });

  it('shows every step to a person, and ends with what was made, until when and what to do next', async () => {
    const { stdout, code } = await cli.run(external);
    expect(code).to.equal(0);
    expect(stdout).to.match(/\+ External Client App Ci_Integration +jwt-server +not in the org yet/);
    expect(stdout).to.contain('Plan: 4 to create, 0 to update, 0 unchanged.');
    expect(stdout).to.match(/Deploy the app/);
    expect(stdout).to.match(/✓ token-issued/);
    expect(stdout).to.match(/Certificate +ci_jwt, valid until \d{4}-\d\d-\d\d/);
    expect(stdout).to.match(
      /sf org login jwt --username integration@jwt-server\.local --jwt-key-file \.sf\/jwt\/ci\/ci_jwt\.key --client-id \w+ --instance-url http:\/\/localhost:\d+/,
    );
  });

  it('names files as they are seen from a folder of the project, and warns of nothing', async () => {
    const { stdout, stderr } = await new PluginCli(join(cli.project, 'force-app', 'main')).run(external);
    expect(stdout).to.contain('--jwt-key-file ../../.sf/jwt/ci/ci_jwt.key');
    expect(stdout).to.contain(
      '--connection my-integration --target-org my-org --username integration@example.com --client-type external',
    );
    expect(stderr).not.to.contain('insecure protocol');
  });

  it('touches nothing in a dry run, before and after a real one', async () => {
    const { result } = await cli.json([...external, '--dry-run']);
    expect(result.plan.map(({ action }: { action: string }) => action)).to.deep.equal(Array(4).fill('create'));
    expect(readdirSync(cli.project)).to.have.members(['force-app', 'sfdx-project.json']);
    await cli.json(external);
    const state = read('.sf/jwt/.local-orgs/jwt-server.jsonl');
    const again = await cli.json([...external, '--dry-run', '--app-label', 'Another label']);
    expect(again.result.plan.filter(({ action }: { action: string }) => action !== 'none')).to.have.length(1);
    const isUntouched = state === read('.sf/jwt/.local-orgs/jwt-server.jsonl');
    expect(isUntouched).to.equal(true);
  });

  describe('with key material of the user', () => {
    const password = 'a password for this test';
    let folder: string;
    before(async () => {
      folder = temporaryFolder('own-key');
      const options = { keySize: 2048, validDays: 30, subject: { CN: 'Mine' }, now: new Date() } as const;
      const files = await encodeKeyFiles('mine', await createKeyMaterial(options), { password });
      for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes, { mode: 0o600 });
      const [other] = await encodeKeyFiles('other', await createKeyMaterial(options));
      if (other) writeFileSync(join(folder, 'other.key'), other.bytes, { mode: 0o600 });
    });

    const adopt = (...flags: string[]) =>
      cli.json([...external, '--certificate-source', 'existing', ...flags], { SF_JWT_STORE_PASSWORD: password });
    const at = (name: string): string => join(folder, name);
    const fingerprint = (): string => new X509Certificate(readFileSync(at('mine.crt'))).fingerprint256;

    for (const [kind, flags] of [
      ['a PEM pair', () => ['--jwt-key-file', at('mine.key'), '--certificate-file', at('mine.crt')]],
      ['a PKCS#12', () => ['--store-file', at('mine.p12')]],
      ['a JKS', () => ['--store-file', at('mine.jks')]],
    ] as const) {
      it(`adopts ${kind}`, async () => {
        const { result, code } = await adopt(...flags());
        expect(code).to.equal(0);
        expect(result.verified).to.equal(true);
        expect(result.certificate.fingerprint256).to.equal(fingerprint());
      });
    }

    it('takes the files alone for a word that the key is yours, and refuses them for a key that is to be made', async () => {
      const files = ['--jwt-key-file', at('mine.key'), '--certificate-file', at('mine.crt')];
      const { result, code } = await cli.json([...external, ...files]);
      expect(code).to.equal(0);
      expect(result.certificate.fingerprint256).to.equal(fingerprint());
      const refused = await cli.json([
        ...setup,
        '--connection',
        'other',
        '--client-type',
        'external',
        ...files,
        '--certificate-source',
        'generate',
      ]);
      expect([refused.code, refused['name']]).to.deep.equal([2, 'CertificateFilesUnfitError']);
    });

    it('refuses a key that does not belong to the certificate, and leaves nothing of it', async () => {
      const answer = await adopt('--jwt-key-file', at('other.key'), '--certificate-file', at('mine.crt'));
      expect([answer.code, answer['name']]).to.deep.equal([2, 'KeyNotOfCertificateError']);
      expect(existsSync(join(cli.project, '.sf', 'jwt', 'ci'))).to.equal(false);
    });
  });

  describe('after kill -9', () => {
    const journal = (): string => join(cli.project, '.sf', 'jwt', 'ci', 'journal.jsonl');
    const countLines = (): number => {
      try {
        return readFileSync(journal(), 'utf8').split('\n').length - 1;
      } catch {
        return 0;
      }
    };

    for (const lines of [1, 6, 14]) {
      it(`goes on where it was killed, ${lines} journal lines into the run`, async () => {
        mkdirSync(join(cli.project, '.sf', 'jwt', 'ci'), { recursive: true });
        const signal = await cli.runUntil(external, (kill) => {
          const watcher = watch(join(cli.project, '.sf', 'jwt', 'ci'), () => {
            if (countLines() >= lines) kill();
          });
          return () => watcher.close();
        });
        expect(signal).to.equal('SIGKILL');
        const hadKey = readdirSync(join(cli.project, '.sf', 'jwt', 'ci')).includes('ci_jwt.key');
        const key = hadKey ? read('.sf/jwt/ci/ci_jwt.key') : undefined;
        const { result, code } = await cli.json(external);
        expect(code).to.equal(0);
        expect(result.verified).to.equal(true);
        const isKeyKept = key === undefined || key === read('.sf/jwt/ci/ci_jwt.key');
        expect(isKeyKept).to.equal(true);
      });
    }
  });

  describe('with bad input', () => {
    it('names every missing flag where nobody can be asked', async () => {
      const answer = await cli.json(['jwt', 'setup', '--client-type', 'apex']);
      expect([answer.code, answer['name']]).to.deep.equal([2, 'FlagsMissingError']);
      expect(answer['message']).to.contain('--connection, --target-org, --username, --client-org');
    });

    it('says that a folder is not a DX project', async () => {
      const answer = await new PluginCli(temporaryFolder('no-project')).json(external);
      expect([answer.code, answer['name']]).to.deep.equal([2, 'NotADxProjectError']);
      expect(answer['actions']).to.contain('Make a project first: sf project generate --name my-project');
      const generate = ['jwt', 'generate', 'app', '--connection', 'x', '--contact-email', 'a@b.co'];
      const other = await new PluginCli(temporaryFolder('no-project')).json(generate);
      expect([other.code, other['name']]).to.deep.equal([2, 'NotADxProjectError']);
    });

    it('takes no real orgs for a trial, but does not mind those of the environment', async () => {
      const answer = await cli.json([...external, '--target-org', 'prod']);
      expect([answer.code, answer['name']]).to.deep.equal([2, 'TrialNamesOrgsError']);
      const { result } = await cli.json([...external, '--dry-run'], { SF_JWT_TARGET_ORG: 'prod' });
      expect(result.plan).to.have.length(4);
    });

    it('says which file is in the way of the key', async () => {
      mkdirSync(join(cli.project, '.sf', 'jwt', 'ci'), { recursive: true });
      writeFileSync(join(cli.project, '.sf', 'jwt', 'ci', 'ci_jwt.key'), 'not a key');
      const answer = await cli.json(external);
      expect([answer.code, answer['name']]).to.deep.equal([2, 'KeyFileInTheWayError']);
      expect(answer['message']).to.contain('.sf/jwt/ci/ci_jwt.key cannot be used');
    });

    it('says where a file is in the place of a folder', async () => {
      mkdirSync(join(cli.project, '.sf', 'jwt'), { recursive: true });
      writeFileSync(join(cli.project, '.sf', 'jwt', 'ci'), '');
      const answer = await cli.json(external);
      expect([answer.code, answer['name']]).to.deep.equal([2, 'FileSystemRefusedError']);
      const generated = await cli.json(['jwt', 'generate', 'app', '--connection', 'x', '--contact-email', 'a@b.co']);
      expect(generated['name']).to.equal('NoCertificateYetError');
    });

    it('keeps a trial apart from a connection of the connection file', async () => {
      mkdirSync(join(cli.project, 'config'));
      writeFileSync(join(cli.project, 'config', 'jwt-connections.json'), '{"connections":{"ci":{}}}');
      const answer = await cli.json(external);
      expect([answer.code, answer['name']]).to.deep.equal([2, 'TrialOfSavedConnectionError']);
      expect(answer['actions']).to.deep.equal([
        'Choose another name for the trial: sf jwt setup --local --connection ci-trial',
      ]);
    });

    it('refuses a new Connected App as an org of today does, and says what to do', async () => {
      const answer = await cli.json([...external, '--app-type', 'connected-app']);
      expect([answer.code, answer['name']]).to.deep.equal([3, 'ConnectedAppsBlockedError']);
      expect(answer['message']).to.contain("You can't create a connected app.");
    });
  });
});
