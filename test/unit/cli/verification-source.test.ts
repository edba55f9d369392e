import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readFlow, readRequest, type FlowDeps } from '../../../src/cli/verification-source.js';
import { encodeKeyFiles } from '../../../src/keys/encode-key-files.js';
import { temporaryFolder } from '../../helpers/home.js';
import { refusalOf } from '../../helpers/refusal.js';
import { registerPassword } from '../../helpers/secrets.js';
import { keyMaterial } from '../verify/material.js';

const flow = { 'client-id': 'KEY', 'jwt-key-file': 'server.key', username: 'a@b.co' };

describe('readRequest', () => {
  it('takes a connection, or a flow', () => {
    expect(readRequest({ connection: 'ci' })).to.deep.equal({ mode: 'connection', name: 'ci' });
    expect(readRequest(flow)).to.deep.equal({ mode: 'flow', flow });
  });

  it('refuses both at once, and names the flags that are too many', async () => {
    const error = await refusalOf(() => readRequest({ connection: 'ci', username: 'a@b.co', audience: 'x' }));

    expect([error.key, error.tokens]).to.deep.equal(['verifyModesMixed', ['--username, --audience']]);
    expect(error.exitCode).to.equal(2);
    const password = await refusalOf(() => readRequest({ connection: 'ci', 'password-file': 'password.txt' }));
    expect(password.tokens).to.deep.equal(['--password-file']);
  });

  it('refuses neither', async () => {
    expect((await refusalOf(() => readRequest({}))).key).to.equal('verifyNothingNamed');
  });

  it('names each flag that a flow lacks, also where it is empty', async () => {
    const error = await refusalOf(() => readRequest({ 'jwt-key-file': 'server.key', 'client-id': '' }));

    expect([error.key, error.tokens]).to.deep.equal(['verifyFlagsMissing', ['--client-id, --username']]);
    expect(error.data).to.deep.equal({ missing: ['client-id', 'username'] });
  });
});

describe('readFlow', () => {
  const password = registerPassword('correct horse battery');
  let folder: string;

  const file = (suffix: string, name = 'own'): string => join(folder, `${name}.${suffix}`);
  const deps = (change: Partial<FlowDeps> = {}): FlowDeps => ({
    password: () => Promise.resolve(undefined),
    environment: {},
    deadlineSeconds: 120,
    ...change,
  });
  const read = (change: Readonly<Record<string, string>>, dependencies = deps()) =>
    readFlow(
      { ...flow, 'jwt-key-file': file('key'), 'instance-url': 'https://acme.my.salesforce.com', ...change },
      dependencies,
    );

  before(async () => {
    folder = temporaryFolder('flow');
    const write = async (name: string, encryptKey: boolean): Promise<void> => {
      const material = await keyMaterial(name === 'other' ? 'other' : 'first');
      for (const { name: fileName, bytes, mode } of await encodeKeyFiles(name, material, { password, encryptKey })) {
        writeFileSync(join(folder, fileName), bytes, { mode });
      }
    };
    await Promise.all([write('own', false), write('other', false), write('locked', true)]);
  });

  it('reads a key alone, and leaves out what was not given', async () => {
    const input = await read({});

    expect(Object.keys(input).sort()).to.deep.equal([
      'clientId',
      'deadlineSeconds',
      'instanceUrl',
      'privateKey',
      'username',
    ]);
    expect(input).to.include({ clientId: 'KEY', username: 'a@b.co', deadlineSeconds: 120 });
  });

  it('reads the certificate beside it, and takes one of another key for what it is', async () => {
    const own = await read({ 'certificate-file': file('crt') });
    const other = await read({ 'certificate-file': file('crt', 'other') });

    expect(own.certificate?.subject).to.equal('CN=first');
    expect(other.certificate?.subject).to.equal('CN=other');
  });

  for (const suffix of ['p12', 'jks']) {
    it(`takes key and certificate from a store (${suffix})`, async () => {
      const input = await read({ 'jwt-key-file': file(suffix) }, deps({ password: () => Promise.resolve(password) }));

      expect(input.certificate?.subject).to.equal('CN=first');
      expect(input.privateKey?.asymmetricKeyType).to.equal('rsa');
    });
  }

  it('opens an encrypted key with its password, and says when there is none or a wrong one', async () => {
    const locked = { 'jwt-key-file': file('key', 'locked') };
    const open = await read(locked, deps({ password: () => Promise.resolve(password) }));
    const without = await refusalOf(() => read(locked));
    const wrong = await refusalOf(() => read(locked, deps({ password: () => Promise.resolve('wrong') })));

    expect(open.privateKey?.type).to.equal('private');
    expect([without.key, wrong.key]).to.deep.equal(['keyPasswordNeeded', 'keyPasswordWrong']);
  });

  it('refuses files that are not what they are given for', async () => {
    const noKey = await refusalOf(() => read({ 'jwt-key-file': file('crt') }));
    const noCertificate = await refusalOf(() => read({ 'certificate-file': file('key') }));
    const nowhere = await refusalOf(() => read({ 'jwt-key-file': file('nothing') }));

    expect([noKey.key, noKey.tokens]).to.deep.equal(['privateKeyMissing', [file('crt')]]);
    expect([noCertificate.key, noCertificate.tokens]).to.deep.equal(['certificateMissing', [file('key')]]);
    expect(nowhere.key).to.equal('keyFileUnreadable');
  });

  it('refuses an address that is none, before it looks at any file, and offers the right one', async () => {
    const error = await refusalOf(() => read({ 'instance-url': 'acme.my.salesforce.com', 'jwt-key-file': 'nowhere' }));
    const plain = await refusalOf(() => read({ 'instance-url': 'my org\u001b' }));

    expect([error.key, error.tokens]).to.deep.equal([
      'instanceUrlRefused',
      ['acme.my.salesforce.com', 'it is not a URL (use https://acme.my.salesforce.com)'],
    ]);
    expect(plain.tokens).to.deep.equal(['my org\\u{1b}', 'it is not a URL']);
  });

  it('takes the audience from the flag, else from the variable of the CLI', async () => {
    const environment = { SF_AUDIENCE_URL: 'https://test.salesforce.com' };

    expect((await read({}, deps({ environment }))).audience).to.equal('https://test.salesforce.com');
    expect((await read({ audience: 'https://x.example' }, deps({ environment }))).audience).to.equal(
      'https://x.example',
    );
    expect((await read({}, deps({ environment: { SF_AUDIENCE_URL: '' } }))).audience).to.equal(undefined);
  });

  describe('without --instance-url', () => {
    const home = process.cwd();
    const noUrl = { ...flow };

    afterEach(() => process.chdir(home));

    it('takes the login URL of the project', async () => {
      const project = temporaryFolder('project');
      const packageDirectories = [{ path: 'force-app', default: true }];
      const sfdcLoginUrl = 'https://acme.my.salesforce.com';
      writeFileSync(join(project, 'sfdx-project.json'), JSON.stringify({ packageDirectories, sfdcLoginUrl }));
      process.chdir(project);

      expect((await readFlow({ ...noUrl, 'jwt-key-file': file('key') }, deps())).instanceUrl).to.equal(sfdcLoginUrl);
    });

    it('takes production outside a project', async () => {
      process.chdir(folder);

      expect((await readFlow({ ...noUrl, 'jwt-key-file': file('key') }, deps())).instanceUrl).to.equal(
        'https://login.salesforce.com',
      );
    });
  });
});
