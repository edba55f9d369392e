import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { run, type Finished } from '../../../../helpers/process.js';
import { registerPassword, secretsIn } from '../../../../helpers/secrets.js';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const fixtures = join(root, 'test/fixtures/keys');
const password = registerPassword('pässwörd of the command');

type Command = 'create' | 'inspect';
type Json = { readonly status: number; readonly name?: string; readonly result: Record<string, unknown> };

/** Runs a command in a process of its own, without a terminal. */
async function command(name: Command, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const url = pathToFileURL(join(root, `src/commands/jwt/key/${name}.ts`)).href;
  const script = `const { default: Command } = await import(${JSON.stringify(url)});
const { handle } = await import('@oclif/core');
await Command.run(process.argv.slice(1), ${JSON.stringify(root)}).catch(handle);`;
  const node = ['--import', 'tsx/esm', '--input-type=module', '--eval', script, '--', ...args];
  return run(process.execPath, node, { cwd: root, env: { ...process.env, SF_JWT_STORE_PASSWORD: '', ...env } });
}

function json({ stdout }: Finished): Json {
  return JSON.parse(stdout) as Json;
}

describe('sf jwt key', () => {
  let directory: string;
  let passwordFile: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'key-commands-'));
    passwordFile = join(directory, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  });

  after(async () => rm(directory, { recursive: true, force: true }));

  it('create writes six files and tells what, where, until when and what next', async () => {
    const keys = join(directory, 'six');
    const made = await command('create', ['-d', keys, '-n', 'my_cert', '--password-file', passwordFile]);
    expect(made.code, made.stderr).to.equal(0);
    expect((await readdir(keys)).sort()).to.deep.equal(
      ['crt', 'csr', 'jks', 'key', 'p12', 'pem'].map((one) => `my_cert.${one}`),
    );
    expect(made.stdout).to.contain('Made a key of 2048 bits and a certificate for CN=my_cert.');
    expect(made.stdout)
      .to.contain(join(keys, 'my_cert.jks'))
      .and.match(/Valid until {4}\d{4}-\d\d-\d\d/);
    expect(made.stdout).to.contain(`sf org login jwt --jwt-key-file ${join(keys, 'my_cert.key')}`);
    expect(secretsIn(made.stdout + made.stderr)).to.deep.equal([]);

    const seen = await command('inspect', ['-f', join(keys, 'my_cert.jks'), '--password-file', passwordFile]);
    expect(seen.code, seen.stderr).to.equal(0);
    expect(seen.stdout).to.contain('Pair           key and certificate belong together');
    expect(seen.stdout).to.contain("Salesforce's rules for this kind of file are met.");

    // Before it reads the password, which it would ask for in a terminal.
    const again = await command('create', ['-d', keys, '-n', 'my_cert', '--password-file', '/nowhere', '--json']);
    expect([again.code, json(again).name]).to.deep.equal([2, 'KeyFilesExistError']);
  });

  it('create says which stores are of an earlier key, and makes none beside them unasked', async () => {
    const keys = join(directory, 'stale');
    await mkdir(keys);
    await writeFile(join(keys, 'ci.jks'), 'of an earlier key');
    const refused = await command('create', ['-d', keys, '-n', 'ci', '--json']);
    expect([refused.code, json(refused).name]).to.deep.equal([2, 'KeyFilesExistError']);
    expect(await readdir(keys)).to.deep.equal(['ci.jks']);

    const made = await command('create', ['-d', keys, '-n', 'ci', '--force']);
    expect(made.code, made.stderr).to.equal(0);
    expect(made.stderr).to.contain('are there from an earlier key').and.contain('ci.jks');
    expect(await readFile(join(keys, 'ci.jks'), 'utf8')).to.equal('of an earlier key');
  });

  it('create gives commands that can be pasted, for what can be done with the key', async () => {
    const keys = join(directory, "it's a folder");
    const args = ['-d', keys, '-n', 'ci', '--password-file', passwordFile, '--encrypt-key'];
    const { stdout } = await command('create', args);
    const pasted = `'${directory}/it'\\''s a folder/ci.key'`;
    expect(stdout)
      .to.contain(`sf jwt verify --jwt-key-file ${pasted}`)
      .and.not.contain('sf org login jwt --jwt-key-file');
    expect(stdout).to.contain('delete the file: a JKS hides its key no better than the password is long');
  });

  it('create prints one JSON object, and makes no stores without a password', async () => {
    const keys = join(directory, 'json');
    const args = [
      '-d',
      keys,
      '-n',
      'ci',
      '--key-size',
      '3072',
      '--valid-days',
      '30',
      '--subject',
      'CN=Ci,O=Acme',
      '--json',
    ];
    const { result, status } = json(await command('create', args));
    expect(status).to.equal(0);
    expect(result).to.have.property('name', 'ci').and.not.have.property('alias');
    expect(result['files']).to.deep.equal(['key', 'csr', 'crt', 'pem'].map((suffix) => join(keys, `ci.${suffix}`)));
    expect(result['certificate']).to.deep.include({ subject: 'CN=Ci,O=Acme', selfSigned: true });
  });

  it('create takes the password from the environment', async () => {
    const args = ['-d', join(directory, 'environment'), '-n', 'ci', '--json'];
    const { result } = json(await command('create', args, { SF_JWT_STORE_PASSWORD: password }));
    expect(result).to.have.property('alias', 'ci');
  });

  it('inspect exits with 1 and shows the result when a rule is broken', async () => {
    const args = ['-f', join(fixtures, 'openssl-chain.p12'), '--json'];
    const seen = await command('inspect', args, { SF_JWT_STORE_PASSWORD: 'changeit1' });
    expect(seen.code).to.equal(1);
    expect(json(seen)).to.have.property('status', 1);
    expect(json(seen).result).to.deep.include({ kind: 'pkcs12', importable: false });
  });

  it('inspect says in words what is broken', async () => {
    const seen = await command('inspect', ['-f', join(fixtures, 'expired.crt')]);
    expect(seen.code).to.equal(1);
    expect(seen.stdout).to.contain('broken     The certificate is valid today: it expired on 2020-02-01');
    expect(seen.stdout).to.contain('Salesforce would refuse this file.');
  });

  it('inspect names the way that keeps the key of a good PKCS#12, and of no other file', async () => {
    const store = join(directory, 'my store.p12');
    await copyFile(join(fixtures, 'openssl.p12'), store);
    const environment = { SF_JWT_STORE_PASSWORD: 'changeit1' };
    const good = await command('inspect', ['-f', store], environment);
    expect(good.code).to.equal(1);
    expect(good.stdout).to.match(/the same key: sf jwt setup .*--store-file '[^']*\/my store\.p12' --password-file /);
    expect(good.stdout).to.contain('Or make a new key: sf jwt key create');

    const other = await command('inspect', ['-f', join(fixtures, 'openssl-ec.p12')], environment);
    expect(other.stdout).to.contain('Salesforce would refuse this file. Make one').and.not.contain('--store-file');
  });

  it('inspect says what needs the password', async () => {
    const seen = await command('inspect', ['-f', join(fixtures, 'keytool.jks')]);
    expect(seen.code).to.equal(0);
    expect(seen.stdout).to.contain('locked; the password opens it').and.contain('some need the password');
    expect(seen.stdout).to.contain('Chain          CN=ca, until 2126');
  });

  it('inspect shows a request', async () => {
    const seen = await command('inspect', ['-f', join(fixtures, 'rsa.csr')]);
    expect(seen.stdout).to.contain('is a certificate request (PEM).').and.contain('Signature      made with its key');
  });

  const refused: ReadonlyArray<readonly [Command, readonly string[], string, RegExp]> = [
    ['create', ['-d', 'x', '-n', 'My_Cert'], 'KeyNameRefusedError', /"my_cert" would do/],
    ['create', ['-d', 'x', '-n', 'a', '--subject', '/CN=a'], 'SubjectRefusedError', /style of openssl/],
    ['create', ['-d', 'x', '-n', 'a', '--password-file', '/nowhere'], 'PasswordFileUnreadableError', /no such file/],
    ['create', ['-d', 'x', '-n', 'a', '--encrypt-key'], 'KeyEncryptionPasswordMissingError', /no password was given/],
    ['inspect', ['-f', fixtures], 'KeyFileUnreadableError', /it is a directory/],
    ['inspect', ['-f', join(fixtures, 'openssl.p12')], 'KeyPasswordNeededError', /none was given/],
    ['inspect', ['-f', join(fixtures, 'make.sh')], 'KeyFileNotRecognisedError', /neither PEM nor DER/],
  ];
  for (const [name, args, error, message] of refused) {
    it(`${name} ends in ${error} with 2, a cause and a way out`, async () => {
      const ended = await command(name, [...args, '--json']);
      const answer = JSON.parse(ended.stdout) as { name: string; message: string; actions: string[]; exitCode: number };
      expect([ended.code, answer.name, answer.exitCode]).to.deep.equal([2, error, 2]);
      expect(answer.message).to.match(message);
      expect(answer.actions).not.to.be.empty;
    });
  }
});
