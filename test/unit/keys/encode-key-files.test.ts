import { X509Certificate, createPrivateKey } from 'node:crypto';
import { expect } from 'chai';
import { adoptKeyMaterial } from '../../../src/keys/adopt.js';
import type { EncodeOptions, KeyFile } from '../../../src/keys/encode-key-files.js';
import { encodeKeyFiles } from '../../../src/keys/encode-key-files.js';
import { readKeyFile } from '../../../src/keys/read-key-file.js';
import { refusalOf } from '../../helpers/refusal.js';
import { fixture, fixturePassword, now, sharedMaterial } from './fixture.js';

async function encoded(options: EncodeOptions = {}): Promise<readonly KeyFile[]> {
  return encodeKeyFiles('my_cert', await sharedMaterial(), options);
}

function text(files: readonly KeyFile[], suffix: string): string {
  return Buffer.from(files.find((file) => file.suffix === suffix)?.bytes ?? []).toString();
}

describe('encoding key files', () => {
  it('makes key, request, certificate and PEM, and no stores without a password', async () => {
    const files = await encoded();
    expect(files.map((file) => file.name)).to.deep.equal(['my_cert.key', 'my_cert.csr', 'my_cert.crt', 'my_cert.pem']);
  });

  it('makes both stores with a password', async () => {
    const files = await encoded({ password: 'pässwörd €' });
    expect(files.map((file) => file.suffix)).to.deep.equal(['key', 'csr', 'crt', 'pem', 'p12', 'jks']);
  });

  it('lets only the owner read what holds the private key', async () => {
    const modes = (await encoded({ password: 'secret1' })).map(({ suffix, mode }) =>
      [suffix, mode.toString(8)].join(' '),
    );
    expect(modes).to.deep.equal(['key 600', 'csr 644', 'crt 644', 'pem 644', 'p12 600', 'jks 600']);
  });

  it('writes the key as PKCS#8', async () => {
    const pem = text(await encoded(), 'key');
    expect(pem.startsWith('-----BEGIN PRIVATE KEY-----\n') && pem.endsWith('-----END PRIVATE KEY-----\n')).to.equal(
      true,
    );
    expect(createPrivateKey(pem).equals((await sharedMaterial()).privateKey)).to.equal(true);
  });

  it('encrypts the key when asked to', async () => {
    const pem = text(await encoded({ password: 'pässwörd €', encryptKey: true }), 'key');
    expect(pem.startsWith('-----BEGIN ENCRYPTED PRIVATE KEY-----\n')).to.equal(true);
    const opened = createPrivateKey({ key: pem, passphrase: 'pässwörd €' });
    expect(opened.equals((await sharedMaterial()).privateKey)).to.equal(true);
  });

  it('encrypts a key that stands alone with AES-256 and 600,000 rounds of PBKDF2', async () => {
    const pem = text(await encoded({ password: 'pässwörd €', encryptKey: true }), 'key');
    const der = Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64')
      .subarray(0, 160)
      .toString('hex');
    expect(der)
      .to.contain('02030927c0')
      .and.contain('0609608648016503040' + '12a');
  });

  it('writes every file so that it is read back', async () => {
    const { certificate, privateKey } = await sharedMaterial();
    for (const file of await encoded({ password: 'pässwörd €' })) {
      const { entries, request } = await readKeyFile({ path: file.name, bytes: file.bytes }, 'pässwörd €');
      for (const { key } of entries) {
        expect(key === undefined || (key.state === 'open' && key.privateKey.equals(privateKey)), file.name).to.equal(
          true,
        );
      }
      const fingerprints = entries.flatMap((entry) => entry.certificates.map((one) => one.fingerprint256));
      expect(
        fingerprints.every((one) => one === certificate.fingerprint256),
        file.name,
      ).to.equal(true);
      expect(request === undefined || (request.signatureValid && request.subject === 'CN=Shared,O=Acme')).to.equal(
        true,
      );
    }
  });

  it('keeps the chain of adopted material in PEM and stores, and its subject in the request', async () => {
    const material = await adoptKeyMaterial({ store: fixture('keytool.jks'), password: fixturePassword, now });
    const files = await encodeKeyFiles('chained', material, { password: 'secret1', now });
    expect(text(files, 'crt').match(/BEGIN/g)).to.have.length(1);
    expect(text(files, 'pem').match(/BEGIN/g)).to.have.length(2);
    expect(new X509Certificate(text(files, 'crt')).fingerprint256).to.equal(material.certificate.fingerprint256);
    for (const suffix of ['p12', 'jks']) {
      const file = files.find((one) => one.suffix === suffix);
      const { entries } = await readKeyFile({ path: suffix, bytes: file?.bytes ?? Buffer.alloc(0) }, 'secret1');
      expect(entries[0]?.alias).to.equal('chained');
      expect(entries[0]?.certificates).to.have.length(2);
    }
    const csr = files.find((one) => one.suffix === 'csr');
    const { request } = await readKeyFile({ path: 'csr', bytes: csr?.bytes ?? Buffer.alloc(0) });
    expect(request?.subject).to.equal(String.raw`CN=rsa,O=Acme\, Inc.,C=US`);
  });

  const refused: ReadonlyArray<readonly [string, EncodeOptions, string]> = [
    ['a password of five characters', { password: '12345' }, 'storePasswordRefused'],
    ['a password of six UTF-16 units, but three characters', { password: '😀😀😀' }, 'storePasswordRefused'],
    ['a password with a tab', { password: 'abc\tdef' }, 'storePasswordRefused'],
    ['an encrypted key without a password', { encryptKey: true }, 'keyEncryptionPasswordMissing'],
  ];
  for (const [what, options, key] of refused) {
    it(`refuses ${what}`, async () => expect((await refusalOf(() => encoded(options))).key).to.equal(key));
  }

  it('refuses a name that no alias can have', async () => {
    const error = await refusalOf(async () => encodeKeyFiles('My_Cert', await sharedMaterial()));
    expect(error.key).to.equal('keyNameRefused');
  });
});
