import { X509Certificate, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { certifyKey } from '../../../src/keys/certify.js';
import { createKeyMaterial } from '../../../src/keys/create.js';
import { refusalOf } from '../../helpers/refusal.js';
import { now, sharedMaterial } from './fixture.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const subject = { CN: 'Crm "Ü", Integration', O: 'Acme', C: 'US' } as const;

describe('key material that is made', () => {
  for (const keySize of [2048, 3072, 4096] as const) {
    it(`has a key of ${keySize} bits and the certificate of this key`, async () => {
      const material = await createKeyMaterial({ keySize, validDays: 1, subject, now });
      expect(material.privateKey.asymmetricKeyDetails?.modulusLength).to.equal(keySize);
      expect(material.certificate.publicKey.equals(createPublicKey(material.privateKey))).to.equal(true);
      expect(material.chain).to.deep.equal([]);
    });
  }

  it('is signed by itself', async () => {
    const { certificate } = await sharedMaterial();
    expect(certificate.verify(certificate.publicKey)).to.equal(true);
    expect(certificate.issuer).to.equal(certificate.subject);
  });

  it('is no certificate authority and signs with SHA-256, whose parameters are NULL twice', async () => {
    const { certificate } = await sharedMaterial();
    expect(certificate.ca).to.equal(false);
    const algorithm = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
    expect(certificate.raw.toString('latin1').split(algorithm.toString('latin1'))).to.have.length(3);
  });

  it('marks the key usage as critical: digital signature and nothing else', async () => {
    const { certificate } = await sharedMaterial();
    expect(certificate.raw.includes(Buffer.from('0603551d0f0101ff040403020780', 'hex'))).to.equal(true);
  });

  it('keeps the subject, one attribute per set, the last one of the text first', async () => {
    const { certificate } = await certifyKey(privateKey, { subject, validDays: 30, now });
    expect(certificate.subject).to.equal(['C=US', 'O=Acme', String.raw`CN=Crm \"Ü\"\, Integration`].join('\n'));
    expect(certificate.raw.includes(Buffer.from('3009060355040613025553', 'hex'))).to.equal(true);
  });

  it('begins five minutes earlier and ends after the days that were asked for', async () => {
    const { certificate } = await certifyKey(privateKey, { subject, validDays: 30, now });
    expect(certificate.validFromDate.toISOString()).to.equal('2027-06-01T11:55:00.000Z');
    expect(certificate.validToDate.toISOString()).to.equal('2027-07-01T12:00:00.000Z');
  });

  it('writes years from 2050 on with four digits', async () => {
    const { certificate } = await certifyKey(privateKey, { subject, validDays: 36_500, now });
    expect(certificate.validToDate.getUTCFullYear()).to.equal(2127);
    expect(certificate.raw.includes(Buffer.from('21270508120000Z'))).to.equal(true);
  });

  const serials: ReadonlyArray<readonly [string, number, string]> = [
    ['with its highest bit set', 0xff, 'FF'.repeat(16)],
    ['of ordinary bits', 0x12, '12'.repeat(16)],
    ['of zeros', 0, '01'],
  ];
  for (const [what, byte, serial] of serials) {
    it(`has a positive serial number, also from random bytes ${what}`, async () => {
      const random = (size: number): Uint8Array => Buffer.alloc(size, byte);
      const { certificate } = await certifyKey(privateKey, { subject, validDays: 1, now, random });
      expect(certificate.serialNumber).to.equal(serial);
    });
  }

  it('has another serial number each time', async () => {
    const serial = async (): Promise<string> =>
      (await certifyKey(privateKey, { subject, validDays: 1, now })).certificate.serialNumber;
    expect(await serial()).not.to.equal(await serial());
  });

  it('refuses a subject that is not checked yet', async () => {
    const error = await refusalOf(() => certifyKey(privateKey, { subject: { C: 'usa' }, validDays: 1, now }));
    expect([error.key, error.tokens[0]]).to.deep.equal(['subjectRefused', 'C=usa']);
  });

  it('is a certificate that can be read again', async () => {
    const { certificate } = await sharedMaterial();
    expect(new X509Certificate(certificate.raw).fingerprint256).to.equal(certificate.fingerprint256);
  });
});
