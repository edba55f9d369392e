import { expect } from 'chai';
import { zipSync } from 'fflate';
import { crc32, deflateRawSync } from 'node:zlib';
import { unzipPackage } from '../../../../src/local-org/metadata/package/unzip-package.js';
import { zipOf } from './metadata-org.js';
import { writeZip } from './zip-writer.js';

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
    const zeros = Buffer.alloc(30 * mebibyte);
    const data = deflateRawSync(zeros);
    const checksum = crc32(zeros);
    const bomb = (unzippedBytes: number) =>
      writeZip(Array.from({ length: 7 }, (_, index) => ({ name: `${index}`, data, checksum, unzippedBytes })));
    expect(faultOf(bomb(zeros.length))).to.equal('The unzipped files are too large');
    // One that says it is small unfolds no further than it says.
    const before = process.memoryUsage().arrayBuffers;
    expect(faultOf(bomb(1000))).to.include('damaged');
    expect(process.memoryUsage().arrayBuffers - before).to.be.lessThan(10 * mebibyte);
  });

  it('refuses entries that lie over one another, as those of a bomb do', () => {
    const content = Buffer.alloc(mebibyte);
    const entries = Array.from({ length: 200 }, (_, index) => ({ name: `f${index}`, content, offset: 0 }));
    expect(faultOf(writeZip(entries))).to.include('damaged');
  });

  it('refuses too many files', () => {
    const empty = new Uint8Array();
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`${index}`, empty]));
    expect(faultOf(zipSync(many, { level: 0 }))).to.include('Maximum number of files');
  });

  it('takes what is written in one go, with descriptors and with a comment', () => {
    const content = Buffer.from('x'.repeat(100));
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    const entry = { content, flags: 8, behind: descriptor };
    const zip = writeZip(
      [
        { name: 'a', ...entry },
        { name: 'b', ...entry, madeBy: 3, mode: 0o100644 },
      ],
      {
        comment: Buffer.from('a comment'),
      },
    );
    expect(faultOf(zip)).to.equal('2 files');
  });

  const link = { madeBy: 3, mode: 0o120777 };
  const hostile: readonly (readonly [string, Buffer, RegExp])[] = [
    ['names that are one but for their case', writeZip([{ name: 'a/X.cls' }, { name: 'A/x.cls' }]), /twice/],
    ['a file that is a folder as well', writeZip([{ name: 'a' }, { name: 'a/b' }]), /a file and a folder/],
    ['a link', writeZip([{ name: 'a', content: Buffer.from('/etc/passwd'), ...link }]), /no file/],
    ['a device', writeZip([{ name: 'a', madeBy: 3, mode: 0o020666 }]), /no file/],
    ['an encrypted file', writeZip([{ name: 'a', flags: 1 }]), /encrypted/],
    ['a method of no zip reader', writeZip([{ name: 'a', method: 99 }]), /not deflated/],
    ['a wrong checksum', writeZip([{ name: 'a', checksum: 1 }]), /damaged/],
    ['a size that is too small', writeZip([{ name: 'a', content: Buffer.alloc(99), unzippedBytes: 98 }]), /damaged/],
    ['a size that is too large', writeZip([{ name: 'a', content: Buffer.alloc(99), unzippedBytes: 100 }]), /damaged/],
    ['another name in front of the data', writeZip([{ name: 'a', localName: 'b' }]), /damaged/],
    ['data between entries', writeZip([{ name: 'a', behind: Buffer.alloc(40) }, { name: 'b' }]), /damaged/],
    ['more entries than there are', writeZip([{ name: 'a' }], { count: 2 }), /damaged/],
    ['the mark of Zip64', writeZip([{ name: 'a' }], { count: 0xffff }), /Zip64/],
    ['data behind the end', Buffer.concat([writeZip([{ name: 'a' }]), Buffer.from('PK')]), /damaged/],
    ['no entries', writeZip([]), /damaged/],
    ['a name that is no text', writeZip([{ name: Buffer.from([0xff, 0xfe]) }]), /no UTF-8/],
    ['a name with a NUL', writeZip([{ name: 'a.cls\0.txt' }]), /bad name/],
    ['a name with a line break', writeZip([{ name: 'a\nb' }]), /bad name/],
    ['an empty name', writeZip([{ name: '' }]), /bad name/],
    ['an empty folder name', writeZip([{ name: 'a//b' }]), /bad name/],
    ['a name without end', writeZip([{ name: 'a'.repeat(1001) }]), /bad name/],
    ['folders without end', writeZip([{ name: 'a/'.repeat(60) }]), /bad name/],
  ];
  for (const [what, zip, fault] of hostile) {
    it(`refuses ${what}`, () => expect(faultOf(zip)).to.match(fault));
  }

  it('leaves a zip inside a zip as it is', () => {
    const inner = Buffer.from(zipOf({ 'x.txt': 'x' }));
    const unzipped = unzipPackage(writeZip([{ name: 'a.zip', content: inner }]));
    expect(unzipped.kind === 'files' && [...unzipped.files.keys()]).to.deep.equal(['a.zip']);
  });
});

const mebibyte = 1024 * 1024;
