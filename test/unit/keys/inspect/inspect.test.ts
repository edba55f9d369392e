import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { decodeJks, encodeJks } from '../../../../src/keys/jks/codec.js';
import { jksSeal } from '../../../../src/keys/jks/integrity.js';
import { writeJks } from '../../../../src/keys/jks/store.js';
import type { Inspection } from '../../../../src/keys/inspect/inspect.js';
import { inspectKeyFile } from '../../../../src/keys/inspect/inspect.js';
import { importRules } from '../../../../src/keys/inspect/rules.js';
import type { InputFile } from '../../../../src/keys/key-file.js';
import { fixture, fixturePassword, now, sharedMaterial, utf8Password } from '../fixture.js';

function rulesWith(status: string, { rules }: Inspection): readonly string[] {
  return rules.filter((rule) => rule.status === status).map((rule) => rule.name);
}

async function ourStore(alias: string): Promise<InputFile> {
  const options = { alias, password: fixturePassword, now, random: randomBytes };
  return { path: 'ours.jks', bytes: writeJks(await sharedMaterial(), options) };
}

const storeRules = importRules.filter((rule) => rule.kinds.includes('jks')).map((rule) => rule.name);

const broken: ReadonlyArray<readonly [file: string, password: string | undefined, rules: readonly string[]]> = [
  ['keytool.jks', fixturePassword, []],
  ['rsa.key', undefined, []],
  ['rsa.csr', undefined, []],
  ['rsa.crt', undefined, []],
  ['bundle.pem', undefined, []],
  ['openssl.p12', fixturePassword, ['store-is-jks']],
  ['openssl-nomac.p12', fixturePassword, ['store-is-jks', 'store-intact']],
  ['other-key-password.jks', fixturePassword, ['key-password']],
  ['two-keys.jks', fixturePassword, ['one-private-key']],
  [
    'certificate-only.jks',
    fixturePassword,
    [
      'one-private-key',
      'key-password',
      'alias-lower-case',
      'alias-developer-name',
      'key-pkcs8',
      'key-matches-certificate',
    ],
  ],
  ['ec.jks', fixturePassword, ['key-rsa', 'key-size']],
  ['utf8.jks', utf8Password, ['alias-developer-name']],
  ['ec.key', undefined, ['key-rsa', 'key-size']],
  ['ec.crt', undefined, ['key-rsa', 'key-size']],
  ['rsa1024.key', undefined, ['key-size']],
  ['rsa1024.crt', undefined, ['key-size']],
  ['expired.crt', undefined, ['certificate-valid']],
  ['future.crt', undefined, ['certificate-valid']],
];

describe('inspecting a key file', () => {
  for (const [file, password, rules] of broken) {
    it(`${file} breaks ${rules.length === 0 ? 'no rule' : rules.join(', ')}`, async () => {
      const inspection = await inspectKeyFile(fixture(file), { password, now });
      expect(rulesWith('broken', inspection)).to.deep.equal(rules);
      expect(inspection.importable).to.equal(rules.length === 0);
    });
  }

  it('meets every rule with a store of ours', async () => {
    const inspection = await inspectKeyFile(await ourStore('my_cert'), { password: fixturePassword, now });
    expect(rulesWith('met', inspection)).to.deep.equal(storeRules);
  });

  it('breaks the rule of lower case with an alias in mixed case, which Java does not find', async () => {
    const inspection = await inspectKeyFile(await ourStore('My_Cert'), { password: fixturePassword, now });
    expect(rulesWith('broken', inspection)).to.deep.equal(['alias-lower-case']);
    const detail = inspection.rules.find((rule) => rule.name === 'alias-lower-case')?.detail;
    expect(detail).to.equal('"My_Cert" has capitals, and Java does not find such an entry');
  });

  it('leaves open what only the password can tell', async () => {
    const inspection = await inspectKeyFile(fixture('keytool.jks'), { now });
    expect(rulesWith('unchecked', inspection)).to.deep.equal([
      'store-intact',
      'key-password',
      'key-pkcs8',
      'key-matches-certificate',
    ]);
    expect(inspection.importable).to.equal(true);
    expect(inspection.entries[0]?.keyMatchesCertificate).to.equal(undefined);
  });

  it('breaks the rule of the chain when its order is another one', async () => {
    const [entry] = decodeJks(fixture('keytool.jks')).entries;
    if (entry?.kind !== 'private-key') throw new TypeError('not a key');
    for (const chain of [[...entry.chain].reverse(), [], [entry.chain[0]!, (await sharedMaterial()).certificate.raw]]) {
      const sealed = encodeJks([{ ...entry, chain }]);
      const bytes = Buffer.concat([sealed, jksSeal(sealed, fixturePassword)]);
      const inspection = await inspectKeyFile({ path: 'x', bytes }, { password: fixturePassword, now });
      expect(rulesWith('broken', inspection)).to.include('key-matches-certificate');
    }
  });

  it('breaks the rule of 4 KB with a file that is bigger', async () => {
    const bytes = Buffer.concat([fixture('rsa.crt').bytes, Buffer.alloc(4096, '\n')]);
    const inspection = await inspectKeyFile({ path: 'big.crt', bytes }, { now });
    expect(rulesWith('broken', inspection)).to.deep.equal(['certificate-size']);
  });

  it('sees that a key in a bundle is not of its certificate', async () => {
    const bytes = Buffer.concat([fixture('other.key').bytes, fixture('rsa.crt').bytes]);
    const inspection = await inspectKeyFile({ path: 'bundle.pem', bytes }, { now });
    expect(inspection.entries[0]?.keyMatchesCertificate).to.equal(false);
    expect(rulesWith('broken', inspection)).to.deep.equal(['key-matches-certificate']);
  });

  it('asks a bundle of certificates for no key, since an app takes a certificate without one', async () => {
    for (const names of [
      ['signed.crt', 'ca.crt'],
      ['ca.crt', 'signed.crt'],
    ]) {
      const bytes = Buffer.concat(names.map((name) => fixture(name).bytes));
      const inspection = await inspectKeyFile({ path: 'chain.pem', bytes }, { now });
      expect(rulesWith('broken', inspection)).to.deep.equal([]);
      expect(rulesWith('met', inspection)).to.include('certificate-chain').and.not.include('key-matches-certificate');
    }
  });

  it('sees that a certificate in a bundle is no issuer of the first', async () => {
    const bytes = Buffer.concat(['rsa.crt', 'ca.crt'].map((name) => fixture(name).bytes));
    const inspection = await inspectKeyFile({ path: 'chain.pem', bytes }, { now });
    expect(rulesWith('broken', inspection)).to.deep.equal(['certificate-chain']);
    expect(inspection.rules.find((rule) => rule.name === 'certificate-chain')?.detail).to.equal(
      '"CN=ca" did not issue the first; keep one certificate and its issuers',
    );
  });

  it('tells what openssl tells of a certificate', async () => {
    const inspection = await inspectKeyFile(fixture('signed.crt'), { now });
    const certificate = inspection.entries[0]?.certificates[0];
    expect(certificate).to.include({ issuer: 'CN=ca', serialNumber: '07', selfSigned: false });
    expect(certificate?.subject).to.equal(String.raw`CN=rsa,O=Acme\, Inc.,C=US`);
    expect(certificate?.key).to.include({ type: 'RSA', bits: 2048 });
  });

  it('gives key, request and certificate the same fingerprint of the public key', async () => {
    const [key, request, certificate] = await Promise.all(
      ['rsa.key', 'rsa.csr', 'rsa.crt'].map((name) => inspectKeyFile(fixture(name), { now })),
    );
    const ofKey = key?.entries[0]?.key?.state === 'open' ? key.entries[0].key.publicKeyFingerprint256 : '';
    expect(ofKey).to.match(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(request?.request?.key.publicKeyFingerprint256).to.equal(ofKey);
    expect(certificate?.entries[0]?.certificates[0]?.key.publicKeyFingerprint256).to.equal(ofKey);
  });

  it('holds no private key and no password', async () => {
    const inspection = JSON.stringify(await inspectKeyFile(fixture('keytool.jks'), { password: fixturePassword, now }));
    expect(inspection.includes('PRIVATE') || inspection.includes(fixturePassword)).to.equal(false);
  });
});
