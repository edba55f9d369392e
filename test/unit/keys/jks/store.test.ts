import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { decodeJks, encodeJks } from '../../../../src/keys/jks/codec.js';
import { jksSeal, jksSealFits } from '../../../../src/keys/jks/integrity.js';
import { protectKey, unprotectKey } from '../../../../src/keys/jks/key-protector.js';
import { readJks, writeJks } from '../../../../src/keys/jks/store.js';
import { belongsTo } from '../../../../src/keys/chain.js';
import { JwtError } from '../../../../src/errors.js';
import { refusalOf } from '../../../helpers/refusal.js';
import { fixture, fixturePassword, now, sharedMaterial } from '../fixture.js';

const salt = Buffer.from(Array.from({ length: 20 }, (_, index) => index));

async function ourStore(alias = 'my_cert', password = 'secret1'): Promise<Buffer> {
  return Buffer.from(writeJks(await sharedMaterial(), { alias, password, now, random: () => salt }));
}

describe('JKS key protector', () => {
  for (const length of [1, 19, 20, 21, 60, 130, 1217, 9000]) {
    it(`opens what it protected: ${length} bytes`, () => {
      const key = randomBytes(length);
      const opened = unprotectKey(protectKey(key, 'pässwörd €', salt), 'pässwörd €');
      expect(opened.outcome === 'opened' && key.equals(opened.pkcs8)).to.equal(true);
    });
  }

  it('says when the password is another one', () => {
    expect(unprotectKey(protectKey(randomBytes(50), 'one', salt), 'two').outcome).to.equal('wrong-password');
  });

  const good = Buffer.from(protectKey(Buffer.alloc(50), 'one', salt));
  const faults: ReadonlyArray<readonly [string, Uint8Array, RegExp]> = [
    ['no ASN.1', Buffer.from('hello'), /EncryptedPrivateKeyInfo/],
    ['nothing', Buffer.alloc(0), /EncryptedPrivateKeyInfo/],
    ['another algorithm', Buffer.from(good.toString('hex').replace('02110101', '02110102'), 'hex'), /not protected/],
    ['a key that is cut off', good.subarray(0, 40), /EncryptedPrivateKeyInfo/],
    ['no key between salt and digest', protectKey(Buffer.alloc(0), 'one', salt), /cut off/],
  ];
  for (const [what, bytes, reason] of faults) {
    it(`refuses ${what}`, () => {
      const result = unprotectKey(bytes, 'one');
      expect(result.outcome).to.equal('malformed');
      expect(result.outcome === 'malformed' ? result.reason : '').to.match(reason);
    });
  }
});

describe('JKS seal', () => {
  it('is SHA-1 over the password in UTF-16, a phrase and the store', () => {
    // printf '\\0a\\0bMighty Aphroditestore' | sha1sum
    const expected = '16ac511cc2daba6f8e1ac73a56a07d3e964022cf';
    expect(Buffer.from(jksSeal(Buffer.from('store'), 'ab')).toString('hex')).to.equal(expected);
    expect(jksSealFits(Buffer.from('store'), jksSeal(Buffer.from('store'), 'ab'), 'ab')).to.equal(true);
    expect(jksSealFits(Buffer.from('store'), jksSeal(Buffer.from('store'), 'ab'), 'aB')).to.equal(false);
  });
});

describe('JKS', () => {
  it('holds one entry, whose key opens with the password of the store', async () => {
    const contents = readJks({ path: 'x.jks', bytes: await ourStore() }, 'secret1');
    const { privateKey, certificate } = await sharedMaterial();
    expect([contents.kind, contents.encoding, contents.integrity]).to.deep.equal(['jks', 'JKS', 'verified']);
    expect(contents.entries.map((entry) => entry.alias)).to.deep.equal(['my_cert']);
    const [entry] = contents.entries;
    expect(entry?.key?.state === 'open' && entry.key.privateKey.equals(privateKey)).to.equal(true);
    expect(entry?.certificates.map((one) => one.fingerprint256)).to.deep.equal([certificate.fingerprint256]);
  });

  it('carries the clock it is given, so that equal input gives equal bytes', async () => {
    const bytes = await ourStore();
    expect(decodeJks({ path: 'x', bytes }).entries[0]?.createdAt).to.deep.equal(now);
    expect(bytes.equals(await ourStore())).to.equal(true);
  });

  it('shows certificates without a password, and keeps the key locked', () => {
    const contents = readJks(fixture('keytool.jks'));
    expect(contents.integrity).to.equal('unchecked');
    expect(contents.entries[0]?.key).to.deep.equal({ state: 'locked', reason: 'password-needed' });
    expect(contents.entries[0]?.certificates).to.have.length(2);
  });

  it('opens a store of keytool', () => {
    const [entry] = readJks(fixture('keytool.jks'), fixturePassword).entries;
    expect(entry?.key?.state === 'open' && belongsTo(entry.certificates[0]!, entry.key.privateKey)).to.equal(true);
  });

  it('refuses a wrong password', async () => {
    const error = await refusalOf(() => readJks(fixture('keytool.jks'), 'wrong'));
    expect([error.key, error.tokens]).to.deep.equal(['keyPasswordWrong', ['keytool.jks']]);
  });

  it('leaves a key locked that has another password than the store', () => {
    const [entry] = readJks(fixture('other-key-password.jks'), fixturePassword).entries;
    expect(entry?.key).to.deep.equal({ state: 'locked', reason: 'other-password' });
  });

  it('tells a changed store from a wrong password, where the key still opens', async () => {
    const bytes = await ourStore();
    // A letter of the alias: everything else still parses and the key still opens.
    bytes[bytes.indexOf('my_cert')] = 'n'.charCodeAt(0);
    const error = await refusalOf(() => readJks({ path: 'x.jks', bytes }, 'secret1'));
    expect(error.key).to.equal('keyFileDamaged');
    expect(error.tokens[1]).to.match(/changed after it was sealed/);
  });

  it('notices every flipped bit when it has the password', async () => {
    const bytes = await ourStore();
    for (let offset = 0; offset < bytes.length; offset += 3) {
      const changed = Buffer.from(bytes);
      changed[offset] = (changed[offset] ?? 0) ^ (1 << (offset % 8));
      const error = await refusalOf(() => readJks({ path: 'x.jks', bytes: changed }, 'secret1'));
      expect(error.key, `offset ${offset}`).to.be.oneOf(['keyFileDamaged', 'keyPasswordWrong']);
    }
  });

  it('is cut off anywhere without any other error than a JwtError', async () => {
    const bytes = await ourStore();
    for (let length = 0; length < bytes.length; length += 1) {
      const error = await refusalOf(() => readJks({ path: 'x.jks', bytes: bytes.subarray(0, length) }, 'secret1'));
      expect(error.key, `length ${length}`).to.equal('keyFileDamaged');
    }
  });

  const parts: ReadonlyArray<readonly [string, Partial<{ protectedKey: Uint8Array; chain: readonly Uint8Array[] }>]> = [
    ['a key that is not protected as in a JKS', { protectedKey: Buffer.from('junk') }],
    ['a key that is no PKCS#8', { protectedKey: protectKey(Buffer.from('junk'), 'secret1', salt) }],
    ['a certificate that cannot be parsed', { chain: [Buffer.from('junk')] }],
  ];
  for (const [what, part] of parts) {
    it(`refuses ${what}`, async () => {
      const [entry] = decodeJks({ path: 'x', bytes: await ourStore() }).entries;
      if (entry?.kind !== 'private-key') throw new TypeError('not a key');
      const sealed = encodeJks([{ ...entry, ...part }]);
      const bytes = Buffer.concat([sealed, jksSeal(sealed, 'secret1')]);
      const error = await refusalOf(() => readJks({ path: 'x.jks', bytes }, 'secret1'));
      expect(error).to.be.instanceOf(JwtError);
      expect(error.key).to.equal('keyFileDamaged');
    });
  }
});
