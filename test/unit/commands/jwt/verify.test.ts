import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import JwtVerify from '../../../../src/commands/jwt/verify.js';
import { encodeKeyFiles } from '../../../../src/keys/encode-key-files.js';
import { createKeyMaterial } from '../../../../src/keys/create.js';
import { temporaryFolder, temporaryProject } from '../../../helpers/home.js';
import { refusalOf } from '../../../helpers/refusal.js';
import { registerPassword, secretsIn } from '../../../helpers/secrets.js';
import { runCommand } from './generate/run-command.js';

const username = 'integration@example.com';
const orgId = '00D000000000001AAA';
const token = ['00D000000000001', 'AQEAQplantedTokenValue'].join('!');

/** An org that answers the flow; each test may set what its token endpoint says. */
class AnsweringOrg {
  public refusal: { error: string; error_description: string } | undefined;
  public assertions: string[] = [];
  public origin = '';
  readonly #server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const assertion = new URLSearchParams(body).get('assertion');
      if (assertion) this.assertions.push(assertion);
      const [status, answer] = this.#answer(request.url ?? '', assertion);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });

  #answer(path: string, assertion: string | null): readonly [number, unknown] {
    if (path === '/services/oauth2/userinfo') return [200, { preferred_username: username, organization_id: orgId }];
    if (!assertion) return [400, { error: 'unsupported_grant_type' }];
    if (this.refusal) return [400, this.refusal];
    return [200, { access_token: token, instance_url: this.origin, scope: 'api web', token_type: 'Bearer' }];
  }

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('jwt verify', () => {
  const home = process.cwd();
  const password = registerPassword('correct horse battery');
  let keys: string;
  let org: AnsweringOrg;

  before(async () => {
    keys = temporaryFolder('keys');
    const material = await createKeyMaterial({
      keySize: 2048,
      subject: { CN: 'verify' },
      validDays: 100,
      now: new Date(),
    });
    const files = [
      ...(await encodeKeyFiles('server', material, { password })),
      ...(await encodeKeyFiles('locked', material, { password, encryptKey: true })),
    ];
    for (const { name, bytes, mode } of files) writeFileSync(join(keys, name), bytes, { mode });
  });

  beforeEach(async () => {
    org = new AnsweringOrg();
    await org.start();
  });

  afterEach(async () => {
    await org.stop();
    process.exitCode = undefined;
    delete process.env['SF_JWT_STORE_PASSWORD'];
    process.chdir(home);
  });

  const flags = (change: readonly string[] = []): readonly string[] => [
    ...['--username', username, '--client-id', 'CONSUMER_KEY', '--instance-url', org.origin, '--wait', '0'],
    ...['--jwt-key-file', join(keys, 'server.key'), ...change],
  ];

  describe('with the flags of sf org login jwt', () => {
    it('verifies a flow that works, prints each check and keeps every secret', async () => {
      const { result, printed } = await runCommand(JwtVerify, flags(['--certificate-file', join(keys, 'server.crt')]));
      const shown = stripVTControlCharacters(printed);

      expect(result).to.include({ verified: true, username, instanceUrl: org.origin, orgId });
      expect(result.checks.map(({ status }) => status)).to.deep.equal(Array(8).fill('passed'));
      expect(shown).to.include('✓ key-matches-certificate  The RSA key of 2048 bits belongs to the certificate.');
      expect(shown).to.include(`The flow works: ${username} gets a token from ${org.origin}, and the token works.`);
      expect(process.exitCode).to.equal(undefined);
      expect(secretsIn(JSON.stringify(result) + printed)).to.deep.equal([]);
      expect([token, ...org.assertions].some((secret) => shown.includes(secret))).to.equal(false);
    });

    it('takes the short flags as well', async () => {
      const argv = ['-o', username, '-i', 'KEY', '-r', org.origin, '-f', join(keys, 'server.key'), '--wait', '0'];

      expect((await runCommand(JwtVerify, argv)).result.verified).to.equal(true);
    });

    it('exits with 1 on a refusal, with its cause and what to do', async () => {
      org.refusal = { error: 'invalid_app_access', error_description: 'user is not admin approved to access this app' };
      const { result, printed } = await runCommand(JwtVerify, flags());

      expect(process.exitCode).to.equal(1);
      expect(result.verified).to.equal(false);
      expect(result.orgId).to.equal(undefined);
      expect(stripVTControlCharacters(printed)).to.match(
        /✗ token-issued +No token\. The org said invalid_app_access, .*\n +→ Assign the permission set of the app to the user: sf org assign permset .*--on-behalf-of integration@example\.com\n/,
      );
      expect(printed).to.include('The flow does not work yet');
    });

    it('opens an encrypted key with the password in the environment', async () => {
      process.env['SF_JWT_STORE_PASSWORD'] = password;
      const argv = [...flags().slice(0, 8), '--jwt-key-file', join(keys, 'locked.key')];
      const { result } = await runCommand(JwtVerify, argv);

      expect(result.verified).to.equal(true);
    });

    it('opens a store with the password in a file', async () => {
      const file = join(keys, 'password.txt');
      writeFileSync(file, `${password}\n`, { mode: 0o600 });
      const argv = [...flags().slice(0, 8), '--jwt-key-file', join(keys, 'server.jks'), '--password-file', file];
      const { result } = await runCommand(JwtVerify, argv);

      expect(result.checks[0]).to.include({ name: 'key-matches-certificate', status: 'passed' });
    });

    it('refuses what is not clear before it sends anything', async () => {
      const both = await refusalOf(() => runCommand(JwtVerify, flags(['--connection', 'ci'])));
      const nothing = await refusalOf(() => runCommand(JwtVerify, []));
      const half = await refusalOf(() => runCommand(JwtVerify, ['--username', username]));

      expect(both.key).to.equal('verifyModesMixed');
      expect(both.tokens).to.deep.equal(['--client-id, --jwt-key-file, --username, --instance-url']);
      expect(nothing.key).to.equal('verifyNothingNamed');
      expect([half.key, half.tokens]).to.deep.equal(['verifyFlagsMissing', ['--client-id, --jwt-key-file']]);
      expect(org.assertions).to.deep.equal([]);
    });
  });

  describe('with the name of a connection', () => {
    let project: string;
    const folder = (): string => join(project, '.sf', 'jwt', 'ci');
    const journal = (): readonly Record<string, unknown>[] =>
      readFileSync(join(folder(), 'journal.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);

    beforeEach(() => {
      project = temporaryProject('verify');
      mkdirSync(join(project, 'config'));
      const app = { contactEmail: 'ops@example.com' };
      const ci = {
        server: { org: 'my-org', username, app },
        client: { type: 'external' },
        certificate: { name: 'server' },
      };
      writeFileSync(join(project, 'config', 'jwt-connections.json'), JSON.stringify({ connections: { ci } }));
      mkdirSync(folder(), { recursive: true, mode: 0o700 });
      for (const name of ['server.key', 'server.crt']) {
        writeFileSync(join(folder(), name), readFileSync(join(keys, name)), { mode: 0o600 });
      }
      const server = {
        orgId,
        instanceUrl: org.origin,
        consumerKey: 'CONSUMER_KEY',
        org: 'my-org',
        app: 'Ci_Integration',
      };
      const entry = { event: 'verified', at: '2026-01-01T00:00:00.000Z', verified: false, server };
      writeFileSync(join(folder(), 'journal.jsonl'), `${JSON.stringify(entry)}\n`);
      process.chdir(project);
    });

    it('verifies with the key in the private folder, and notes the outcome', async () => {
      const { result } = await runCommand(JwtVerify, ['--connection', 'ci', '--wait', '0']);

      expect(result).to.include({ verified: true, username, instanceUrl: org.origin, orgId });
      expect(result.checks.map(({ status }) => status)).to.deep.equal(Array(8).fill('passed'));
      expect(journal().at(-1)).to.include({ event: 'verified', verified: true });
    });

    it('puts the names of the connection into what to do next', async () => {
      org.refusal = { error: 'invalid_app_access', error_description: 'user is not admin approved to access this app' };
      const { printed } = await runCommand(JwtVerify, ['--connection', 'ci', '--wait', '0']);

      expect(stripVTControlCharacters(printed)).to.include(
        `sf org assign permset --name Ci_Integration_Access --target-org my-org --on-behalf-of ${username}`,
      );
    });

    it('notes a failure too', async () => {
      org.refusal = { error: 'invalid_grant', error_description: 'invalid assertion' };
      const { result } = await runCommand(JwtVerify, ['-c', 'ci', '--wait', '0']);

      expect(result.verified).to.equal(false);
      expect(process.exitCode).to.equal(1);
      expect(journal().at(-1)).to.include({ event: 'verified', verified: false });
    });

    it('names the connections that there are where it does not know one', async () => {
      const error = await refusalOf(() => runCommand(JwtVerify, ['--connection', 'other']));

      expect(error.key).to.equal('connectionUnknown');
      expect(error.tokens[1]).to.equal('Known: ci.');
    });

    it('asks for a project', async () => {
      process.chdir(keys);

      expect((await refusalOf(() => runCommand(JwtVerify, ['--connection', 'ci']))).key).to.equal('notADxProject');
    });
  });
});
