import { expect } from 'chai';
import type { KeyFileContents } from '../../../src/keys/key-file.js';
import { readKeyFile, wantsPassword } from '../../../src/keys/read-key-file.js';
import { refusalOf } from '../../helpers/refusal.js';
import { fixture, fixturePassword, utf8Password } from './fixture.js';

/** `key@alias+2`: an open key under an alias with two certificates; `locked` for a key that stays closed. */
function summary({ kind, encoding, integrity, entries, request }: KeyFileContents): string {
  const shown = entries.map(({ alias, key, certificates }) => {
    const state = key === undefined ? 'none' : key.state === 'open' ? 'key' : key.reason;
    return `${state}${alias === undefined ? '' : `@${alias}`}+${certificates.length}`;
  });
  return [kind, encoding, integrity, ...shown, ...(request ? [request.subject] : [])].join(' ');
}

const acme = String.raw`CN=rsa,O=Acme\, Inc.,C=US`;

const readable: ReadonlyArray<readonly [file: string, password: string | undefined, expected: string]> = [
  ['rsa.key', undefined, 'private-key PEM none key+0'],
  ['rsa-pkcs1.key', undefined, 'private-key PEM none key+0'],
  ['rsa-pkcs8.der', undefined, 'private-key DER none key+0'],
  ['rsa-pkcs1.der', undefined, 'private-key DER none key+0'],
  ['rsa-encrypted.key', fixturePassword, 'private-key PEM none key+0'],
  ['rsa-encrypted.der', fixturePassword, 'private-key DER none key+0'],
  ['rsa-des3.key', fixturePassword, 'private-key PEM none key+0'],
  ['ec.key', undefined, 'private-key PEM none key+0'],
  ['ec-sec1.der', undefined, 'private-key DER none key+0'],
  ['rsa.crt', undefined, 'certificate PEM none none+1'],
  ['rsa-crt.der', undefined, 'certificate DER none none+1'],
  ['version1.crt', undefined, 'certificate PEM none none+1'],
  ['rsa.csr', undefined, `certificate-request PEM none ${acme}`],
  ['rsa-csr.der', undefined, `certificate-request DER none ${acme}`],
  ['keytool.csr', undefined, `certificate-request PEM none ${acme}`],
  ['bundle.pem', undefined, 'pem-bundle PEM none key+2'],
  ['openssl.p12', fixturePassword, 'pkcs12 DER verified key@my_cert+1'],
  ['openssl-legacy.p12', fixturePassword, 'pkcs12 DER verified key@my_cert+1'],
  ['openssl-3des.p12', fixturePassword, 'pkcs12 DER verified key@my_cert+1'],
  ['openssl-plain.p12', fixturePassword, 'pkcs12 DER verified key@my_cert+1'],
  ['openssl-nomac.p12', fixturePassword, 'pkcs12 DER none key@my_cert+1'],
  ['openssl-nomac.p12', undefined, 'pkcs12 DER none password-needed@my_cert+1'],
  ['openssl-nokeys.p12', fixturePassword, 'pkcs12 DER verified none+1'],
  ['openssl-chain.p12', fixturePassword, 'pkcs12 DER verified key@my_cert+2'],
  ['openssl-utf8.p12', utf8Password, 'pkcs12 DER verified key@my_cert+1'],
  ['openssl-legacy-utf8.p12', utf8Password, 'pkcs12 DER verified key@my_cert+1'],
  ['openssl-empty-password.p12', undefined, 'pkcs12 DER verified key@my_cert+1'],
  ['openssl-ec.p12', fixturePassword, 'pkcs12 DER verified key@my_cert+1'],
  ['keytool.p12', fixturePassword, 'pkcs12 DER verified key@my_cert+1'],
  ['keytool.jks', fixturePassword, 'jks JKS verified key@my_cert+2'],
  ['keytool.jks', undefined, 'jks JKS unchecked password-needed@my_cert+2'],
  ['other-key-password.jks', fixturePassword, 'jks JKS verified other-password@my_cert+1'],
  ['two-keys.jks', fixturePassword, 'jks JKS verified key@two+1 key@one+1'],
  ['certificate-only.jks', fixturePassword, 'jks JKS verified none@ca+1'],
  ['ec.jks', fixturePassword, 'jks JKS verified key@my_cert+1'],
  ['utf8.jks', utf8Password, 'jks JKS verified key@schlüssel+1'],
];

const refused: ReadonlyArray<readonly [file: string, password: string | undefined, key: string]> = [
  ['rsa-encrypted.key', undefined, 'keyPasswordNeeded'],
  ['rsa-encrypted.der', undefined, 'keyPasswordNeeded'],
  ['rsa-des3.key', undefined, 'keyPasswordNeeded'],
  ['openssl.p12', undefined, 'keyPasswordNeeded'],
  ['rsa-encrypted.key', 'wrong', 'keyPasswordWrong'],
  ['rsa-des3.key', 'wrong', 'keyPasswordWrong'],
  ['openssl.p12', 'wrong', 'keyPasswordWrong'],
  ['openssl-legacy.p12', 'wrong', 'keyPasswordWrong'],
  ['openssl-nomac.p12', 'wrong', 'keyPasswordWrong'],
  ['keytool.jks', 'wrong', 'keyPasswordWrong'],
  ['keytool.jceks', fixturePassword, 'keyFileUnsupported'],
];

describe('reading a key file', () => {
  for (const [file, password, expected] of readable) {
    it(`recognises ${file}${password === undefined ? '' : ' with its password'}`, async () => {
      const contents = await readKeyFile(fixture(file), password);
      expect(summary(contents).split(' ').sort()).to.deep.equal(expected.split(' ').sort());
    });
  }

  for (const [file, password, key] of refused) {
    it(`refuses ${file} ${password === undefined ? 'without a password' : 'with this password'}: ${key}`, async () => {
      const error = await refusalOf(() => readKeyFile(fixture(file), password));
      expect([error.key, error.tokens[0]]).to.deep.equal([key, file]);
    });
  }

  const changes: ReadonlyArray<readonly [string, file: string, from: string, to: string, key: string, reason: RegExp]> =
    [
      [
        'a certificate as seal',
        'openssl.p12',
        '2a864886f70d010701',
        '2a864886f70d010702',
        'keyFileUnsupported',
        /sealed with/,
      ],
      [
        'an unknown cipher',
        'openssl.p12',
        '2a864886f70d01050d',
        '2a864886f70d01050e',
        'keyFileUnsupported',
        /1\.5\.14/,
      ],
      [
        'an unknown seal',
        'openssl-plain.p12',
        '608648016503040201',
        '60864801650304020f',
        'keyFileUnsupported',
        /its seal/,
      ],
    ];
  for (const [what, file, from, to, key, reason] of changes) {
    it(`refuses a PKCS#12 with ${what}`, async () => {
      const hex = Buffer.from(fixture(file).bytes).toString('hex').replace(from, to);
      const error = await refusalOf(() => readKeyFile({ path: file, bytes: Buffer.from(hex, 'hex') }, fixturePassword));
      expect(error.key).to.equal(key);
      expect(error.tokens[1]).to.match(reason);
    });
  }

  it('tells a changed PKCS#12 from a wrong password, where everything still opens', async () => {
    const hex = Buffer.from(fixture('openssl.p12').bytes).toString('hex').replace('006d0079', '006d007a');
    const bytes = Buffer.from(hex, 'hex');
    const error = await refusalOf(() => readKeyFile({ path: 'openssl.p12', bytes }, fixturePassword));
    expect([error.key, error.tokens[1]]).to.deep.equal([
      'keyFileDamaged',
      'its contents were changed after it was sealed',
    ]);
  });

  it('does not care for the name of the file', async () => {
    const { bytes } = fixture('keytool.jks');
    expect((await readKeyFile({ path: 'server.crt', bytes })).kind).to.equal('jks');
  });

  it('reads PEM with a byte order mark, CRLF and text around it', async () => {
    const pem = Buffer.from(fixture('rsa.crt').bytes).toString().replaceAll('\n', '\r\n');
    const bytes = Buffer.from(`\uFEFFsubject=/CN=rsa\r\n${pem}\r\nBag Attributes\r\n`);
    expect((await readKeyFile({ path: 'x', bytes })).kind).to.equal('certificate');
  });

  it('takes the request of a signed file as valid, and of a changed one as not', async () => {
    const { path, bytes } = fixture('rsa-csr.der');
    expect((await readKeyFile({ path, bytes })).request?.signatureValid).to.equal(true);
    const changed = Buffer.from(bytes);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect((await readKeyFile({ path, bytes: changed })).request?.signatureValid).to.equal(false);
  });

  it('asks for a password only where one would help', async () => {
    const wanting = ['keytool.jks', 'openssl.p12', 'openssl-nomac.p12', 'rsa-encrypted.key'];
    for (const file of wanting) expect(await wantsPassword(fixture(file)), file).to.equal(true);
    for (const file of ['rsa.key', 'rsa.crt', 'rsa.csr'])
      expect(await wantsPassword(fixture(file)), file).to.equal(false);
    const error = await refusalOf(() => wantsPassword({ path: 'x', bytes: Buffer.alloc(0) }));
    expect(error.key).to.equal('keyFileUnreadable');
  });
});
