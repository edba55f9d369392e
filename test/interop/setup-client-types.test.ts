import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryProject } from '../helpers/home.js';
import { PluginCli } from '../helpers/plugin-cli.js';

const filesOf = {
  apex: [
    'classes/ErpClient.cls',
    'classes/ErpTokenProvider.cls',
    'customMetadata/ErpSettings.Default.md-meta.xml',
    'objects/ErpSettings__mdt/ErpSettings__mdt.object-meta.xml',
    'remoteSiteSettings/ErpApi.remoteSite-meta.xml',
  ],
  'named-credential': [
    'classes/ErpClient.cls',
    'externalCredentials/Erp.externalCredential-meta.xml',
    'namedCredentials/Erp.namedCredential-meta.xml',
    'permissionsets/Erp_Callouts.permissionset-meta.xml',
  ],
  'legacy-named-credential': ['classes/ErpClient.cls', 'namedCredentials/Erp.namedCredential-meta.xml'],
} as const;

const stepsOf = (clientType: string, source: string): readonly string[] => [
  source === 'generate' ? 'create-key' : 'deploy-certificate',
  'deploy-permission-set',
  'assign-permission-set',
  'deploy-app',
  ...(source === 'generate' ? ['enable-identity-provider', 'import-key-store', 'disable-identity-provider'] : []),
  'deploy-client',
  ...(clientType === 'named-credential' ? ['assign-callout-permission-set'] : []),
];

describe('sf jwt setup --local, from org to org', () => {
  let cli: PluginCli;
  beforeEach(() => {
    cli = new PluginCli(temporaryProject('client-types'));
  });

  const read = (path: string): string => readFileSync(join(cli.project, path), 'utf8');
  const setup = (clientType: string, source: string): string[] =>
    ['jwt setup --local --connection erp --client-type', clientType, '--certificate-source', source]
      .join(' ')
      .split(' ');

  for (const clientType of ['apex', 'named-credential', 'legacy-named-credential'] as const) {
    for (const source of ['generate', 'platform'] as const) {
      it(`sets up ${clientType} with a ${source} certificate, verifies it, and then finds nothing to do`, async () => {
        const { result, code, ...answer } = await cli.json(setup(clientType, source));
        expect([code, answer['message']]).to.deep.equal([0, undefined]);
        expect(result.verified).to.equal(true);
        expect(result.changed.map(({ step }: { step: string }) => step)).to.deep.equal(stepsOf(clientType, source));
        for (const file of filesOf[clientType]) {
          expect(result.files).to.include(`jwt/erp/client/main/default/${file}`);
        }
        for (const file of result.files) expect(statSync(join(cli.project, file)).isFile(), file).to.equal(true);
        const hasKey = readdirSync(join(cli.project, '.sf', 'jwt', 'erp')).includes('erp_jwt.key');
        expect(hasKey).to.equal(source === 'generate');

        const second = await cli.json(setup(clientType, source));
        expect([second.result.changed, second.result.verified]).to.deep.equal([[], true]);
        expect(second.result.certificate).to.deep.equal(result.certificate);
      });
    }
  }

  it('imports the very certificate that it made, through the page of the local org, and keeps no keystore', async () => {
    const { result } = await cli.json(setup('named-credential', 'generate'));
    const own = new X509Certificate(read('.sf/jwt/erp/erp_jwt.crt'));
    expect(result.certificate.fingerprint256).to.equal(own.fingerprint256);
    const state = read('.sf/jwt/.local-orgs/jwt-client.jsonl');
    const isInOrg = state.includes(own.toString().trim().split('\n').join('\\n'));
    expect(isInOrg).to.equal(true);
    expect(result.files.filter((file: string) => file.endsWith('.jks'))).to.deep.equal([]);
    expect(result.files.filter((file: string) => /identity/i.test(file))).to.deep.equal([]);
  });

  it('seals the keystore with the password that was given, and keeps it', async () => {
    const { result } = await cli.json(setup('apex', 'generate'), { SF_JWT_STORE_PASSWORD: 'a password for this test' });
    expect([result.verified, result.files.includes('.sf/jwt/erp/erp_jwt.jks')]).to.deep.equal([true, true]);
    expect(statSync(join(cli.project, '.sf/jwt/erp/erp_jwt.jks')).mode & 0o777).to.equal(0o600);
  });

  it('touches nothing in a dry run', async () => {
    const { result } = await cli.json([...setup('named-credential', 'generate'), '--dry-run']);
    expect(result.plan.map(({ step }: { step: string }) => step)).to.deep.equal(
      stepsOf('named-credential', 'generate'),
    );
    expect(readdirSync(cli.project)).to.have.members(['force-app', 'sfdx-project.json']);
  });

  it('says that a local org has no such Platform Cache partition, and what to do', async () => {
    const answer = await cli.json([...setup('apex', 'platform'), '--cache-partition', 'local.Tokens']);
    expect([answer.code, answer['name']]).to.deep.equal([3, 'CachePartitionMissingError']);
    expect(answer['message']).to.contain('local.Tokens: there is no partition of that name');
  });

  it('shows a person what was made, where, and how to call it', async () => {
    const { stdout, code } = await cli.run(setup('named-credential', 'generate'));
    expect(code).to.equal(0);
    expect(stdout).to.match(/\+ Certificate erp_jwt from its keystore +jwt-client/);
    expect(stdout).to.contain('without any certificate, the org answers an import with "Data Not Available"');
    expect(stdout).to.match(/Import the keystore into the client org/);
    expect(stdout).to.match(/Named Credential +callout:Erp in jwt-client/);
    expect(stdout).to.match(/Callouts +for users with permission set Erp_Callouts/);
  });

  describe('after kill -9', () => {
    const journal = (): string => join(cli.project, '.sf', 'jwt', 'erp', 'journal.jsonl');
    const steps = (): string => {
      try {
        return readFileSync(journal(), 'utf8');
      } catch {
        return '';
      }
    };

    for (const step of ['enable-identity-provider', 'import-key-store', 'disable-identity-provider', 'deploy-client']) {
      it(`goes on where it was killed, with ${step} begun`, async () => {
        mkdirSync(join(cli.project, '.sf', 'jwt', 'erp'), { recursive: true });
        const signal = await cli.runUntil(setup('named-credential', 'generate'), (kill) => {
          const watcher = watch(join(cli.project, '.sf', 'jwt', 'erp'), () => {
            if (steps().includes(`"step":"${step}"`)) kill();
          });
          return () => watcher.close();
        });
        expect(signal).to.equal('SIGKILL');
        const key = read('.sf/jwt/erp/erp_jwt.key');
        const { result, code } = await cli.json(setup('named-credential', 'generate'));
        expect([code, result.verified]).to.deep.equal([0, true]);
        const isKeyKept = key === read('.sf/jwt/erp/erp_jwt.key');
        expect(isKeyKept).to.equal(true);
        const third = await cli.json(setup('named-credential', 'generate'));
        expect(third.result.changed).to.deep.equal([]);
      });
    }
  });
});
