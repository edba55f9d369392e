import { expect } from 'chai';
import { zipSync } from 'fflate';
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
    const bomb = zipSync(
      Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`${index}`, new Uint8Array(30 * 1024 * 1024)])),
      { level: 1 },
    );
    expect(bomb.length).to.be.lessThan(3 * 1024 * 1024);
    expect(faultOf(bomb)).to.equal('The unzipped files are too large');
  });

  it('refuses too many files', () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`${index}`, '']));
    expect(faultOf(zipOf(many))).to.include('Maximum number of files');
  });
});
