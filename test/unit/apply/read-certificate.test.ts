import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConnectionCertificate, readValidCertificate } from '../../../src/apply/read-certificate.js';
import { sampleCertificatePem, sampleConnection } from '../../golden/cases.js';
import { refusalOf } from '../../helpers/refusal.js';
import { fixture, now } from '../keys/fixture.js';

const sample = new X509Certificate(sampleCertificatePem);
const validFrom = Date.parse(sample.validFrom);
const validTo = Date.parse(sample.validTo);

describe('reading a certificate', () => {
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'sf-jwt-crt-')));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const write = (bytes: string | Uint8Array): string => {
    const path = join(root, 'server.crt');
    writeFileSync(path, bytes, { mode: 0o600 });
    return path;
  };

  for (const [encoding, bytes] of [
    ['PEM', sampleCertificatePem],
    ['PEM with text around it', `Subject: x\r\n${sampleCertificatePem.replaceAll('\n', '\r\n')}`],
    ['DER', sample.raw],
  ] as const) {
    it(`takes ${encoding}`, async () => {
      expect((await readValidCertificate(write(bytes), validFrom)).fingerprint256).to.equal(sample.fingerprint256);
    });
  }

  for (const [what, at, key, date] of [
    ['expired', validTo + 1, 'certificateExpired', sample.validTo],
    ['not valid yet', validFrom - 1, 'certificateNotYetValid', sample.validFrom],
  ] as const) {
    it(`refuses one that is ${what}, with the day`, async () => {
      const path = write(sampleCertificatePem);
      const error = await refusalOf(() => readValidCertificate(path, at));
      expect(error.key).to.equal(key);
      expect(error.tokens).to.deep.equal([path, new Date(date).toISOString().slice(0, 10)]);
    });
  }

  it('takes it up to its last moment', async () => {
    expect(await readValidCertificate(write(sampleCertificatePem), validTo)).to.be.instanceOf(X509Certificate);
  });

  for (const [what, file, key, tokens] of [
    ['an EC certificate', 'ec.crt', 'keyNotRsa', ['an EC prime256v1 key']],
    ['a key size that Salesforce does not take', 'rsa1024.crt', 'keySizeRefused', ['1024']],
    ['a file with a key only', 'rsa.key', 'certificateMissing', []],
    ['a JKS, since a file of its own is needed', 'keytool.jks', 'certificateFileNeeded', ['a JKS']],
    ['a PKCS#12', 'openssl.p12', 'certificateFileNeeded', ['protected with a password']],
    ['a PKCS#12 without a password', 'openssl-empty-password.p12', 'certificateFileNeeded', ['a PKCS#12']],
    ['what is no key file', 'make.sh', 'keyFileNotRecognised', ['it is neither PEM nor DER nor a JKS']],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const path = write(fixture(file).bytes);
      const error = await refusalOf(() => readValidCertificate(path, now.getTime()));
      expect([error.key, error.tokens]).to.deep.equal([key, [path, ...tokens]]);
    });
  }

  it('takes the certificate of the key, and not an issuer, from a bundle', async () => {
    const path = write(fixture('bundle.pem').bytes);
    const certificate = await readValidCertificate(path, now.getTime());
    expect(certificate.subject).to.equal(new X509Certificate(fixture('signed.crt').bytes).subject);
  });

  it('says that there is no such file, or why it cannot be read', async () => {
    const missing = await refusalOf(() => readValidCertificate(join(root, 'none.crt'), validFrom));
    expect([missing.key, missing.tokens]).to.deep.equal([
      'keyFileUnreadable',
      [join(root, 'none.crt'), 'there is no such file'],
    ]);
    const folder = await refusalOf(() => readValidCertificate(root, validFrom));
    expect([folder.key, folder.tokens]).to.deep.equal(['keyFileUnreadable', [root, 'it is a directory']]);
  });

  it("finds the connection's own certificate, and says so where there is none", async () => {
    const none = await refusalOf(() => readConnectionCertificate(root, sampleConnection(), validFrom));
    expect([none.key, none.tokens]).to.deep.equal(['noCertificateYet', ['erp', join('.sf/jwt/erp/erp_jwt.crt')]]);
    mkdirSync(join(root, '.sf/jwt/erp'), { recursive: true });
    writeFileSync(join(root, '.sf/jwt/erp/erp_jwt.crt'), sampleCertificatePem);
    const found = await readConnectionCertificate(root, sampleConnection(), validFrom);
    expect(found.fingerprint256).to.equal(sample.fingerprint256);
  });
});
