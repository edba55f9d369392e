import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { adoptKeyMaterial } from '../../../src/keys/adopt.js';
import { encodeKeyFiles } from '../../../src/keys/encode-key-files.js';
import { readInputFile } from '../../../src/keys/read-input-file.js';
import { readKeyMaterial, readPrivateKey } from '../../../src/keys/stored-keys.js';
import { writeKeyFiles } from '../../../src/keys/write-key-files.js';
import { refusalOf } from '../../helpers/refusal.js';
import { fixture, fixturePassword, now } from './fixture.js';

describe('key files that are there', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stored-keys-'));
  });

  afterEach(async () => rm(directory, { recursive: true, force: true }));

  const put = async (name: string, from: string): Promise<void> =>
    writeFile(join(directory, name), fixture(from).bytes, { mode: 0o600 });

  it('are read back as they were written, chain included', async () => {
    const material = await adoptKeyMaterial({ store: fixture('keytool.jks'), password: fixturePassword, now });
    await writeKeyFiles(directory, await encodeKeyFiles('n', material));
    const read = await readKeyMaterial(directory, 'n');
    expect(read?.privateKey.equals(material.privateKey)).to.equal(true);
    expect(read?.certificate.fingerprint256).to.equal(material.certificate.fingerprint256);
    expect(read?.chain.map((one) => one.subject)).to.deep.equal(['CN=ca']);
  });

  it('do without the PEM with the chain, and open an encrypted key', async () => {
    await put('n.key', 'rsa-encrypted.key');
    await put('n.crt', 'rsa.crt');
    expect((await readKeyMaterial(directory, 'n', fixturePassword))?.chain).to.deep.equal([]);
    expect((await refusalOf(() => readKeyMaterial(directory, 'n'))).key).to.equal('keyPasswordNeeded');
  });

  it('are no key material when one of them is missing, but the key alone can be read', async () => {
    expect(await readPrivateKey(directory, 'n')).to.equal(undefined);
    await put('n.key', 'rsa.key');
    expect(await readKeyMaterial(directory, 'n')).to.equal(undefined);
    expect((await readPrivateKey(directory, 'n'))?.asymmetricKeyType).to.equal('rsa');
  });

  const refused: ReadonlyArray<readonly [key: string, certificate: string, error: string]> = [
    ['other.key', 'rsa.crt', 'keyNotOfCertificate'],
    ['rsa.crt', 'rsa.crt', 'privateKeyMissing'],
    ['rsa.key', 'rsa.key', 'certificateMissing'],
  ];
  for (const [key, certificate, error] of refused) {
    it(`are refused when they are ${key} and ${certificate}`, async () => {
      await put('n.key', key);
      await put('n.crt', certificate);
      expect((await refusalOf(() => readKeyMaterial(directory, 'n'))).key).to.equal(error);
    });
  }

  it('say why they cannot be read', async () => {
    await writeFile(join(directory, 'huge'), Buffer.alloc(1024 * 1024 + 1));
    const cases: ReadonlyArray<readonly [string, RegExp]> = [
      [join(directory, 'missing'), /there is no such file/],
      [directory, /it is a directory/],
      [join(directory, 'huge', 'below'), /there is no such file/],
      [join(directory, 'huge'), /bigger than 1 MB/],
      ['a\0b', /ERR_INVALID_ARG_VALUE/],
    ];
    for (const [path, reason] of cases) {
      const error = await refusalOf(() => readInputFile(path));
      expect(error.key).to.equal('keyFileUnreadable');
      expect(error.tokens[1]).to.match(reason);
    }
  });
});
