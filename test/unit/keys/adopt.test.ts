import { expect } from 'chai';
import { adoptKeyMaterial } from '../../../src/keys/adopt.js';
import { belongsTo } from '../../../src/keys/chain.js';
import { refusalOf } from '../../helpers/refusal.js';
import { fixture, fixturePassword, now, utf8Password } from './fixture.js';

const password = fixturePassword;

describe('adopting key material', () => {
  const accepted: ReadonlyArray<readonly [string, Parameters<typeof adoptKeyMaterial>[0], number]> = [
    ['a PEM pair', { key: fixture('rsa.key'), certificate: fixture('rsa.crt'), now }, 0],
    ['a DER pair', { key: fixture('rsa-pkcs8.der'), certificate: fixture('rsa-crt.der'), now }, 0],
    ['an encrypted key', { key: fixture('rsa-encrypted.key'), certificate: fixture('rsa.crt'), password, now }, 0],
    ['a PEM bundle with its chain', { key: fixture('bundle.pem'), now }, 1],
    ['a key and the chain of a bundle', { key: fixture('rsa.key'), certificate: fixture('bundle.pem'), now }, 1],
    ['a PKCS#12', { store: fixture('openssl.p12'), password, now }, 0],
    ['a PKCS#12 with a chain', { store: fixture('openssl-chain.p12'), password, now }, 1],
    ['an old PKCS#12', { store: fixture('openssl-legacy.p12'), password, now }, 0],
    ['a JKS with a chain', { store: fixture('keytool.jks'), password, now }, 1],
    ['a JKS with a password beyond ASCII', { store: fixture('utf8.jks'), password: utf8Password, now }, 0],
  ];
  for (const [what, options, chainLength] of accepted) {
    it(`takes ${what}`, async () => {
      const { privateKey, certificate, chain } = await adoptKeyMaterial(options);
      expect(belongsTo(certificate, privateKey)).to.equal(true);
      expect(chain).to.have.length(chainLength);
    });
  }

  const rsa = fixture('rsa.key');
  const refused: ReadonlyArray<readonly [string, Parameters<typeof adoptKeyMaterial>[0], string, readonly string[]]> = [
    [
      'a key of another certificate',
      { key: fixture('other.key'), certificate: fixture('rsa.crt'), now },
      'keyNotOfCertificate',
      ['other.key', 'rsa.crt'],
    ],
    [
      'an EC key',
      { key: fixture('ec.key'), certificate: fixture('ec.crt'), now },
      'keyNotRsa',
      ['ec.key', 'an EC prime256v1 key'],
    ],
    ['an EC store', { store: fixture('ec.jks'), password, now }, 'keyNotRsa', ['ec.jks', 'an EC prime256v1 key']],
    [
      'a key of 1024 bits',
      { key: fixture('rsa1024.key'), certificate: fixture('rsa1024.crt'), now },
      'keySizeRefused',
      ['rsa1024.key', '1024'],
    ],
    [
      'an expired certificate',
      { key: rsa, certificate: fixture('expired.crt'), now },
      'certificateExpired',
      ['expired.crt', '2020-02-01'],
    ],
    [
      'a certificate of the future',
      { key: rsa, certificate: fixture('future.crt'), now },
      'certificateNotYetValid',
      ['future.crt', '2120-01-01'],
    ],
    [
      'a store without a key',
      { store: fixture('certificate-only.jks'), password, now },
      'privateKeyMissing',
      ['certificate-only.jks'],
    ],
    [
      'a certificate as key',
      { key: fixture('rsa.crt'), certificate: fixture('rsa.crt'), now },
      'privateKeyMissing',
      ['rsa.crt'],
    ],
    ['a key as certificate', { key: rsa, certificate: rsa, now }, 'certificateMissing', ['rsa.key']],
    ['a key alone', { key: rsa, now }, 'certificateMissing', ['rsa.key']],
    [
      'two keys',
      { store: fixture('two-keys.jks'), password, now },
      'severalPrivateKeys',
      ['two-keys.jks', '2', 'two, one'],
    ],
    [
      'a key with another password than its store',
      { store: fixture('other-key-password.jks'), password, now },
      'storeKeyPasswordDiffers',
      ['my_cert', 'other-key-password.jks'],
    ],
    ['a JKS without its password', { store: fixture('keytool.jks'), now }, 'keyPasswordNeeded', ['keytool.jks']],
    [
      'a wrong password',
      { store: fixture('keytool.jks'), password: 'wrong', now },
      'keyPasswordWrong',
      ['keytool.jks'],
    ],
    ['a PKCS#12 without its password', { store: fixture('openssl.p12'), now }, 'keyPasswordNeeded', ['openssl.p12']],
  ];
  for (const [what, options, key, tokens] of refused) {
    it(`refuses ${what}: ${key}`, async () => {
      const error = await refusalOf(() => adoptKeyMaterial(options));
      expect([error.key, [...error.tokens].sort()]).to.deep.equal([key, [...tokens].sort()]);
    });
  }

  it('is a mistake of the programmer without any file', async () => {
    try {
      await adoptKeyMaterial({ now });
      expect.fail('nothing was thrown');
    } catch (error) {
      expect(error).to.be.instanceOf(TypeError);
    }
  });
});
