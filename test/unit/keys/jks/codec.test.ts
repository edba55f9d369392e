import { expect } from 'chai';
import type { JksEntry } from '../../../../src/keys/jks/codec.js';
import { decodeJks, encodeJks } from '../../../../src/keys/jks/codec.js';
import { decodeModifiedUtf8, encodeModifiedUtf8 } from '../../../../src/keys/jks/modified-utf8.js';
import { refusalOf } from '../../../helpers/refusal.js';
import { fixture } from '../fixture.js';

const seal = Buffer.alloc(20, 7);
const entries: readonly JksEntry[] = [
  {
    kind: 'private-key',
    alias: 'schlüssel\u0000😀',
    createdAt: new Date('2026-01-02T03:04:05.678Z'),
    protectedKey: Buffer.from([1, 2, 3]),
    chain: [Buffer.from([4, 5]), Buffer.from([6])],
  },
  { kind: 'trusted-certificate', alias: '', createdAt: new Date(-1), certificate: Buffer.from([8, 9]) },
];

function sealed(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, seal]);
}

/** A store with the bytes of a 32 bit number put somewhere. */
function patched(offset: number, value: number): Buffer {
  const bytes = sealed(encodeJks(entries));
  bytes.writeUInt32BE(value, offset);
  return bytes;
}

describe('JKS codec', () => {
  it('reads what it wrote', () => {
    const bytes = sealed(encodeJks(entries));
    const decoded = decodeJks({ path: 'x.jks', bytes });
    expect(decoded.entries).to.deep.equal(entries);
    expect(Buffer.from(decoded.seal)).to.deep.equal(seal);
    expect(decoded.sealed.length).to.equal(bytes.length - 20);
  });

  it('writes a store of keytool back byte for byte', () => {
    const { bytes } = fixture('two-keys.jks');
    const decoded = decodeJks({ path: 'two-keys.jks', bytes });
    expect(decoded.entries.map((entry) => entry.alias).sort()).to.deep.equal(['one', 'two']);
    expect(Buffer.concat([encodeJks(decoded.entries), decoded.seal]).equals(bytes)).to.equal(true);
  });

  it('reads version 1, which does not name the type of certificates', () => {
    const entry = Buffer.concat([Buffer.from('0000000200016100000000000000ff00000002', 'hex'), Buffer.from([8, 9])]);
    const bytes = sealed(Buffer.concat([Buffer.from('feedfeed0000000100000001', 'hex'), entry]));
    expect(decodeJks({ path: 'x.jks', bytes }).entries).to.deep.equal([
      { kind: 'trusted-certificate', alias: 'a', createdAt: new Date(255), certificate: Buffer.from([8, 9]) },
    ]);
  });

  it('refuses a store that is cut off, wherever it is', async () => {
    const bytes = sealed(encodeJks(entries));
    for (let length = 0; length < bytes.length; length += 1) {
      const error = await refusalOf(() => decodeJks({ path: 'x.jks', bytes: bytes.subarray(0, length) }));
      expect([error.key, error.tokens[0]], String(length)).to.deep.equal(['keyFileDamaged', 'x.jks']);
      expect(error.tokens[1]).to.match(/^it ends after \d+ bytes/);
    }
  });

  const faults: ReadonlyArray<readonly [string, Uint8Array, RegExp]> = [
    ['another beginning', patched(0, 0x504b0304), /does not begin like a JKS/],
    ['an unknown version', patched(4, 3), /version 3/],
    ['more entries than bytes', patched(8, 0xffffffff), /unknown type|ends after/],
    ['an unknown type of entry', patched(12, 3), /unknown type 3/],
    ['bytes after its end', Buffer.concat([sealed(encodeJks(entries)), Buffer.from('xy')]), /2 bytes follow/],
    ['a name that is no text', sealed(withAlias(0xff)), /a name in it is not text/],
    ['a certificate of another type', sealed(replaced('X.509', 'X.510')), /not of the type X\.509/],
  ];
  for (const [what, bytes, reason] of faults) {
    it(`refuses ${what}`, async () => {
      const error = await refusalOf(() => decodeJks({ path: 'x.jks', bytes }));
      expect(error.key).to.equal('keyFileDamaged');
      expect(error.tokens[1]).to.match(reason);
    });
  }
});

describe('modified UTF-8', () => {
  it('writes U+0000 in two bytes and each half of a pair in three', () => {
    expect(Buffer.from(encodeModifiedUtf8('a\u0000é€😀')).toString('hex')).to.equal('61c080c3a9e282aceda0bdedb880');
  });

  it('reads every character that it writes', () => {
    for (const text of ['', 'abc', '\u0000', 'é', '€', '😀', '\u07ff\u0800\uffff']) {
      expect(decodeModifiedUtf8(encodeModifiedUtf8(text))).to.equal(text);
    }
  });

  for (const hex of ['80', 'ff', 'c3', 'c341', 'e282', 'e28241', 'f09f9880']) {
    it(`does not read ${hex}`, () => expect(decodeModifiedUtf8(Buffer.from(hex, 'hex'))).to.equal(undefined));
  }
});

function withAlias(byte: number): Uint8Array {
  const bytes = Buffer.from(encodeJks([{ ...entries[1]!, alias: 'a' }]));
  bytes[18] = byte;
  return bytes;
}

function replaced(from: string, to: string): Uint8Array {
  return Buffer.from(Buffer.from(encodeJks(entries)).toString('latin1').replace(from, to), 'latin1');
}
