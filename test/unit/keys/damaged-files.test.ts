import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { JwtError } from '../../../src/errors.js';
import { inspectKeyFile } from '../../../src/keys/inspect/inspect.js';
import { readKeyFile } from '../../../src/keys/read-key-file.js';
import { refusalOf } from '../../helpers/refusal.js';
import { SeededRandom } from '../../helpers/seeded-random.js';
import { fixture, fixturePassword, now } from './fixture.js';

const files = readdirSync(new URL('../../fixtures/keys/', import.meta.url)).filter((name) => !name.endsWith('.sh'));

/** Reproducible numbers from 0 up to 1. */
function randomFrom(seed: number): () => number {
  const random = new SeededRandom(seed);
  return () => random.fraction();
}

/** Whatever the bytes are: a result, or an error that has words. */
async function neverCrashes(path: string, bytes: Uint8Array, what: string): Promise<void> {
  for (const password of [undefined, fixturePassword]) {
    try {
      JSON.stringify(await inspectKeyFile({ path, bytes }, { password, now }));
    } catch (error) {
      expect(error, `${path} ${what}`).to.be.instanceOf(JwtError);
    }
  }
}

describe('damaged key files', () => {
  for (const name of files) {
    it(`${name} cut off anywhere ends in words`, async () => {
      const { bytes } = fixture(name);
      const step = name.endsWith('.p12') ? 61 : 23;
      for (let length = 0; length < bytes.length; length += step) {
        await neverCrashes(name, bytes.subarray(0, length), `cut to ${length}`);
      }
    });

    it(`${name} with bytes changed at random ends in words`, async () => {
      const random = randomFrom(name.length);
      for (let round = 0; round < 25; round += 1) {
        const bytes = Buffer.from(fixture(name).bytes);
        const offset = Math.floor(random() * bytes.length);
        bytes[offset] = Math.floor(random() * 256);
        await neverCrashes(name, bytes, `changed at ${offset}`);
      }
    });
  }

  it('ends in words for random bytes behind every magic number', async () => {
    const random = randomFrom(42);
    const magics = ['', 'feedfeed', 'feedfeed00000002', 'cececece', '30', '3082', '3080', '2d2d2d2d2d424547494e20'];
    for (const magic of magics) {
      for (let round = 0; round < 40; round += 1) {
        const junk = Uint8Array.from({ length: Math.floor(random() * 300) }, () => Math.floor(random() * 256));
        await neverCrashes('junk', Buffer.concat([Buffer.from(magic, 'hex'), junk]), `${magic} round ${round}`);
      }
    }
  });

  it('ends in words for ASN.1 that is nested without end', async () => {
    const bytes = Buffer.alloc(1024 * 1024, Buffer.from('3080', 'hex'));
    const error = await refusalOf(() => readKeyFile({ path: 'deep', bytes }));
    expect(error.key).to.equal('keyFileDamaged');
  });

  const pem = (label: string, body: string): string => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
  const cases: ReadonlyArray<readonly [string, string | Uint8Array, string, RegExp]> = [
    ['an empty file', '', 'keyFileUnreadable', /it is empty/],
    ['text', 'hello', 'keyFileNotRecognised', /neither PEM nor DER nor a JKS/],
    ['a public key', pem('PUBLIC KEY', 'AAAA'), 'keyFileNotRecognised', /holds "PUBLIC KEY" only/],
    ['an OpenSSH key', pem('OPENSSH PRIVATE KEY', 'AAAA'), 'keyFileNotRecognised', /OPENSSH PRIVATE KEY/],
    ['a block without an end', '-----BEGIN CERTIFICATE-----\nAAAA', 'keyFileDamaged', /no END line/],
    ['a block that is not base64', pem('CERTIFICATE', '<html>'), 'keyFileDamaged', /not base64/],
    ['an empty block', pem('CERTIFICATE', ''), 'keyFileDamaged', /not base64/],
    ['a certificate of junk', pem('CERTIFICATE', 'AAAA'), 'keyFileDamaged', /certificate in it cannot be parsed/],
    ['a key of junk', pem('PRIVATE KEY', 'AAAA'), 'keyFileDamaged', /private key cannot be parsed/],
    ['an encrypted key of junk', pem('ENCRYPTED PRIVATE KEY', 'AAAA'), 'keyFileDamaged', /./],
    ['an encrypted key that is none', pem('ENCRYPTED PRIVATE KEY', 'MAA='), 'keyFileDamaged', /encrypted private key/],
    ['a request of junk', pem('CERTIFICATE REQUEST', 'MAA='), 'keyFileDamaged', /request cannot be parsed/],
    ['other DER', Buffer.from('3003020101', 'hex'), 'keyFileNotRecognised', /neither a key nor a certificate/],
    ['an empty SEQUENCE', Buffer.from('3000', 'hex'), 'keyFileNotRecognised', /neither a key nor a certificate/],
    ['DER with a tail', Buffer.from('300000', 'hex'), 'keyFileDamaged', /1 bytes follow/],
    ['a JKS of four bytes', Buffer.from('feedfeed', 'hex'), 'keyFileDamaged', /ends after 4 bytes/],
    ['a zip file', Buffer.from('504b030414000000', 'hex'), 'keyFileNotRecognised', /neither PEM/],
  ];
  for (const [what, bytes, key, reason] of cases) {
    it(`refuses ${what}`, async () => {
      const error = await refusalOf(() =>
        readKeyFile({ path: 'some.file', bytes: Buffer.from(bytes as string) }, 'pw'),
      );
      expect([error.key, error.tokens[0]]).to.deep.equal([key, 'some.file']);
      expect(error.tokens[1]).to.match(reason);
    });
  }

  for (const name of ['rsa-encrypted.key', 'rsa-encrypted.der', 'openssl.p12', 'openssl-nomac.p12']) {
    it(`refuses ${name} when it demands rounds without end`, async () => {
      const error = await refusalOf(() => readKeyFile(withRounds(name), fixturePassword));
      expect(error.key).to.equal('keyFileDamaged');
      expect(error.tokens[1]).to.match(/demands millions of rounds/);
    });
  }
});

/** The file with another number of rounds than its 2048. */
function withRounds(name: string): { readonly path: string; readonly bytes: Uint8Array } {
  const { bytes } = fixture(name);
  const text = Buffer.from(bytes).toString('latin1');
  if (!text.startsWith('-----')) return { path: name, bytes: raised(Buffer.from(bytes)) };
  const der = raised(Buffer.from(text.replace(/-----.*-----/g, ''), 'base64'));
  const body = der.toString('base64');
  return {
    path: name,
    bytes: Buffer.from(`-----BEGIN ENCRYPTED PRIVATE KEY-----\n${body}\n-----END ENCRYPTED PRIVATE KEY-----\n`),
  };
}

/** Makes the salt two bytes shorter and the rounds two bytes longer, so that all lengths around them stay. */
function raised(der: Buffer): Buffer {
  const rounds = Buffer.from('02020800', 'hex');
  const at = der.lastIndexOf(rounds);
  const salt = at - 8;
  if (der[salt - 2] !== 0x04 || der[salt - 1] !== 0x08) throw new Error('no salt of 8 bytes before the rounds');
  der[salt - 1] = 6;
  Buffer.from('02047fffffff', 'hex').copy(der, salt + 6);
  return der;
}
