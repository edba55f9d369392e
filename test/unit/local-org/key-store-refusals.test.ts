import { expect } from 'chai';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { encodeJks } from '../../../src/keys/jks/codec.js';
import { jksSeal } from '../../../src/keys/jks/integrity.js';
import { protectKey } from '../../../src/keys/jks/key-protector.js';
import { fixture, fixturePassword, utf8Password } from '../keys/fixture.js';
import { importFixture, importPath } from './import-fixture.js';

/** A store of our own making, for what keytool would not make. */
function store(aliases: string | readonly string[], key: Uint8Array, certificates: readonly string[]): Uint8Array {
  const chain = certificates.map((name) => new X509Certificate(fixture(name).bytes).raw);
  const protectedKey = protectKey(key, fixturePassword, Buffer.alloc(20, 7));
  const sealed = encodeJks(
    [aliases].flat().map((alias) => ({ kind: 'private-key', alias, createdAt: new Date(0), protectedKey, chain })),
  );
  return Buffer.concat([sealed, jksSeal(sealed, fixturePassword)]);
}

const pkcs8 = (name: string): Buffer =>
  createPrivateKey(Buffer.from(fixture(name).bytes)).export({ type: 'pkcs8', format: 'der' });

describe('page for the import of a JKS: refusals', () => {
  const page = importFixture();

  it('refuses stores in another format', async () => {
    const text = 'The keystore file must be in the JKS format.';
    for (const name of ['openssl.p12', 'keytool.p12', 'keytool.jceks', 'rsa.key']) {
      expect(await page.refusal(fixture(name).bytes), name).to.equal(text);
    }
    expect(await page.refusal(Buffer.of(0xfe))).to.equal(text);
  });

  it('refuses a wrong password, and a store that was changed or cut off', async () => {
    const { bytes } = fixture('keytool.jks');
    const text = 'Keystore was tampered with, or password was incorrect';
    expect(await page.refusal(bytes, 'not-this-one')).to.equal(text);
    expect(await page.refusal(bytes, 'nor-this-one')).to.equal(text);
    const changed = Buffer.from(bytes);
    changed[bytes.length - 1]! ^= 1;
    expect(await page.refusal(changed)).to.equal(text);
    expect(await page.refusal(bytes.subarray(0, bytes.length - 30))).to.equal('The keystore file is damaged.');
  });

  it('refuses a store that has an alias twice, and imports none of two keys where the name of one is refused', async () => {
    const twice = store(['one', 'one'], pkcs8('rsa.key'), ['rsa.crt']);
    expect(await page.refusal(twice)).to.equal('The keystore file is damaged.');
    expect(await page.refusal(store(['one', 'a-b'], pkcs8('rsa.key'), ['rsa.crt']))).to.match(/^The name can only/);
    expect(page.host.org.components.all('Certificate')).to.deep.equal([]);
  });

  it('refuses a key with another password than the store', async () => {
    expect(await page.refusal(fixture('other-key-password.jks').bytes)).to.equal(
      "The Keystore contains a certificate 'my_cert' whose per key password is not the same as the keystore password.",
    );
  });

  it('refuses a store without a private key that Java would find', async () => {
    const text = "No certificate was imported because the keystore file doesn't contain a PrivateKey entry.";
    expect(await page.refusal(fixture('certificate-only.jks').bytes)).to.equal(text);
    expect(await page.refusal(store('Capital', pkcs8('rsa.key'), ['rsa.crt']))).to.equal(text);
    expect(await page.refusal(store('no_certificate', pkcs8('rsa.key'), []))).to.equal(text);
  });

  it('refuses keys that are not RSA, not PKCS#8 or not of a supported size', async () => {
    expect(await page.refusal(fixture('ec.jks').bytes)).to.equal('The key is not an RSA key.');
    expect(await page.refusal(store('pkcs1', fixture('rsa-pkcs1.der').bytes, ['rsa.crt']))).to.equal(
      'The key must be in PKCS#8 format.',
    );
    expect(await page.refusal(store('small', pkcs8('rsa1024.key'), ['rsa1024.crt']))).to.equal(
      'Imported keys must have a bit size of 2048, 3072, or 4096.',
    );
  });

  it('refuses a key that does not match the certificate or its chain', async () => {
    const text = 'The private key does not match the certificate chain in the keystore.';
    expect(await page.refusal(store('other', pkcs8('other.key'), ['rsa.crt']))).to.equal(text);
    expect(await page.refusal(store('gap', pkcs8('rsa.key'), ['rsa.crt', 'ca.crt']))).to.equal(text);
  });

  it('refuses aliases that are no developer names, and names that are taken whatever their case', async () => {
    const rules = /^The name can only contain underscores and alphanumeric characters\./;
    for (const alias of ['1', 'my-cert', 'my__cert', 'my_cert_', 'a b', '<b>']) {
      expect(await page.refusal(store(alias, pkcs8('rsa.key'), ['rsa.crt'])), alias).to.match(rules);
    }
    expect(await page.refusal(fixture('utf8.jks').bytes, utf8Password)).to.match(rules);
    expect(await page.refusal(store('a'.repeat(41), pkcs8('rsa.key'), ['rsa.crt']))).to.match(
      /^The name is too long: 41/,
    );
    expect((await page.deployCertificate('My_Cert')).status).to.equal('Succeeded');
    expect(await page.refusal(fixture('keytool.jks').bytes)).to.equal(
      'There is already a certificate with the unique name my_cert.',
    );
  });

  it('says "Data Not Available" in an org with neither a certificate nor an identity provider', async () => {
    page.enableIdentityProvider(false);
    expect(await page.refusal(fixture('keytool.jks').bytes)).to.equal('Data Not Available');
    page.host.org.components.delete('Settings', 'IdentityProvider');
    expect(await page.refusal(fixture('keytool.jks').bytes)).to.equal('Data Not Available');
    expect((await page.deployCertificate('first')).status).to.equal('Succeeded');
    expect((await page.importKeytoolStore()).status).to.equal(302);
  });

  it('refuses what is no file, no form or too large', async () => {
    expect(await page.refusal(undefined)).to.equal('Choose a keystore file.');
    expect(await page.refusal(Buffer.alloc(1024 * 1024 + 1))).to.equal(
      'The keystore file is larger than a local org takes.',
    );
    const broken = await page.host.send('POST', importPath, {
      body: 'x',
      headers: { 'content-type': 'multipart/form-data' },
    });
    expect(broken.text).to.include('<div class="errorMsg">The form could not be read.</div>');
    expect((await page.post(Buffer.alloc(5 * 1024 * 1024))).status).to.equal(413);
  });
});
