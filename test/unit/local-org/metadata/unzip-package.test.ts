import { expect } from 'chai';
import { zipSync } from 'fflate';
import { crc32, deflateRawSync } from 'node:zlib';
import { unzipPackage } from '../../../../src/local-org/metadata/package/unzip-package.js';
import { zipOf } from './metadata-org.js';

describe('local-org/metadata/package/unzip-package', () => {
  const faultOf = (zip: Uint8Array): string => {
    const unzipped = unzipPackage(zip);
    return unzipped.kind === 'fault' ? unzipped.message : `${unzipped.files.size} files`;
  };

  it('unpacks deflated and stored files, and leaves folders out', () => {
    const zip = zipSync({
      'a/': new Uint8Array(),
      'a/x.txt': Buffer.from('x'.repeat(1000)),
      'y.txt': [Buffer.from('y'), { level: 0 }],
    });
    const unzipped = unzipPackage(zip);
    expect(unzipped.kind === 'files' && [...unzipped.files.keys()]).to.deep.equal(['a/x.txt', 'y.txt']);
    expect(unzipped.kind === 'files' && Buffer.from(unzipped.files.get('a/x.txt')!).toString()).to.equal(
      'x'.repeat(1000),
    );
  });

  for (const path of ['../evil.txt', 'a/../../evil.txt', '/etc/passwd', 'C:/x', 'a\\..\\b', './x']) {
    it(`refuses the path ${path}`, () => {
      expect(faultOf(zipOf({ [path]: 'x' }))).to.match(/bad name|leads out of it/);
    });
  }

  it('refuses a file that is there twice', () => {
    const zip = Buffer.from(zipOf({ 'aa.txt': '1', 'ab.txt': '2' }));
    for (let at = zip.indexOf('ab.txt'); at >= 0; at = zip.indexOf('ab.txt')) zip.write('aa.txt', at);
    expect(faultOf(zip)).to.equal('The zip file holds "aa.txt" twice');
  });

  it('refuses what is no zip, and what is half of one', () => {
    expect(faultOf(Buffer.from('hello'))).to.include('not a zip file');
    expect(faultOf(new Uint8Array())).to.include('not a zip file');
    const zip = zipOf({ 'package.xml': 'x'.repeat(5000), 'b.txt': String(Math.random()) });
    expect(faultOf(zip.subarray(0, 40))).to.include('damaged');
    const flipped = Buffer.from(zip).fill(0xff, 45, 60);
    expect(faultOf(flipped)).to.include('cannot be read');
  });

  it('stops at a bomb before it has unfolded', () => {
    expect(faultOf(bombOf(30 * mebibyte, 7))).to.equal('The unzipped files are too large');
  });

  it('refuses too many files', () => {
    const empty = new Uint8Array();
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`${index}`, empty]));
    expect(faultOf(zipSync(many, { level: 0 }))).to.include('Maximum number of files');
  });
});

const mebibyte = 1024 * 1024;

/** A zip of zeros that unfolds to `count` files of `size` bytes each; node deflates them far faster than fflate. */
function bombOf(size: number, count: number): Buffer {
  const zeros = Buffer.alloc(size);
  const deflated = deflateRawSync(zeros);
  const checksum = crc32(zeros);
  const entry = (name: string): readonly Buffer[] => {
    // Local file header (ZIP specification, 4.3.7): version 2.0, deflated.
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(checksum, 14);
    header.writeUInt32LE(deflated.length, 18);
    header.writeUInt32LE(size, 22);
    header.writeUInt16LE(name.length, 26);
    return [header, Buffer.from(name), deflated];
  };
  return Buffer.concat(Array.from({ length: count }, (_, index) => entry(`${index}`)).flat());
}
