import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { certificateInAppCheck, lookAtKey, lookAtValidity } from '../../../src/verify/certificate-checks.js';
import type { KeyMaterial } from '../../../src/keys/key-material.js';
import { keyMaterial, pemOf, startOfTest } from './material.js';

const dayMilliseconds = 86_400_000;
const afterDays = (days: number): Date => new Date(startOfTest.getTime() + days * dayMilliseconds);

describe('certificate checks', () => {
  let own: KeyMaterial;
  let other: KeyMaterial;

  before(async () => {
    [own, other] = await Promise.all([keyMaterial(), keyMaterial('other')]);
  });

  describe('key-matches-certificate', () => {
    it('passes on a pair, and gives the key on', () => {
      const { finding, value } = lookAtKey(own.privateKey, own.certificate);

      expect(finding).to.deep.equal({
        status: 'passed',
        detail: 'The RSA key of 2048 bits belongs to the certificate.',
      });
      expect(value === own.privateKey).to.equal(true);
    });

    it('fails on the key of another, and does not sign with it', () => {
      const { finding, value } = lookAtKey(other.privateKey, own.certificate);

      expect(finding).to.include({
        status: 'failed',
        detail: 'The private key does not belong to the certificate.',
      });
      expect(finding.actions).to.have.length(2);
      expect(value).to.equal(undefined);
    });

    it('is skipped without a certificate, but signs', () => {
      const { finding, value } = lookAtKey(own.privateKey);

      expect(finding.status).to.equal('skipped');
      expect(value === own.privateKey).to.equal(true);
    });

    it('is skipped without a key, and nothing is signed', () => {
      const { finding, value } = lookAtKey(undefined, own.certificate);

      expect(finding).to.deep.equal({
        status: 'skipped',
        detail: 'The private key is not here, so nothing can be signed with it.',
      });
      expect(value).to.equal(undefined);
    });

    it('fails on a key that cannot sign RS256', () => {
      const { privateKey: ec } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const short = createPrivateKey(
        generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
      );

      expect(lookAtKey(ec).finding).to.include({
        status: 'failed',
        detail: 'This is a key of type ec; RS256 needs an RSA key of at least 2048 bits.',
      });
      expect(lookAtKey(short).finding).to.include({
        status: 'failed',
        detail: 'This is an RSA key of 1024 bits; RS256 needs an RSA key of at least 2048 bits.',
      });
    });
  });

  describe('certificate-valid', () => {
    const cases = [
      [0, 'passed', 'The certificate is valid until 2027-11-23 (365 days left).'],
      [335, 'passed', 'The certificate is valid until 2027-11-23 (30 days left).'],
      [335.5, 'warning', 'The certificate is valid until 2027-11-23 (29 days left).'],
      [364, 'warning', 'The certificate is valid until 2027-11-23 (1 day left).'],
      [365, 'warning', 'The certificate is valid until 2027-11-23 (0 days left).'],
      [365.1, 'failed', 'The certificate expired on 2027-11-23.'],
      [-1, 'failed', 'The certificate is valid from 2026-11-23 on only.'],
    ] as const;
    for (const [days, status, detail] of cases) {
      it(`has ${status} after ${days} days`, () => {
        const finding = lookAtValidity(own.certificate, afterDays(days));

        expect(finding).to.include({ status, detail });
        expect(finding.actions === undefined).to.equal(status === 'passed');
      });
    }

    it('is skipped without a certificate', () => {
      expect(lookAtValidity(undefined, startOfTest).status).to.equal('skipped');
    });
  });

  describe('certificate-in-app', () => {
    const inOrg = (pem: string | undefined) => ({ name: 'erp_jwt', pem });

    it('passes when the app has the certificate that signs, however its PEM is laid out', () => {
      const check = certificateInAppCheck(
        pemOf(own.certificate).replaceAll('\n', '\r\n'),
        inOrg(pemOf(own.certificate)),
      );

      expect(check).to.include({ name: 'certificate-in-app', status: 'passed' });
      expect(check.detail).to.include(own.certificate.fingerprint256.slice(0, 23));
    });

    it('fails when another one signs, and names both', () => {
      const check = certificateInAppCheck(pemOf(own.certificate), inOrg(pemOf(other.certificate)));

      expect(check).to.include({ status: 'failed' });
      expect(check.detail).to.match(/^The app has the certificate SHA-256 .*…, but SHA-256 .*… signs\.$/);
      expect(check.actions).to.deep.equal([
        'Put the current certificate into the app: sf jwt setup --connection MY_CONNECTION',
      ]);
    });

    it('fails when the client org has none', () => {
      expect(certificateInAppCheck(pemOf(own.certificate), inOrg(undefined))).to.include({
        status: 'failed',
        detail: 'The client org has no certificate erp_jwt, so it cannot sign.',
      });
    });

    it('fails when one of them is no certificate', () => {
      expect(certificateInAppCheck('nonsense', inOrg(pemOf(own.certificate))).detail).to.equal(
        'The certificate of the app cannot be read.',
      );
      expect(certificateInAppCheck(pemOf(own.certificate), inOrg('nonsense')).detail).to.equal(
        'The certificate from the client org cannot be read.',
      );
    });
  });
});
