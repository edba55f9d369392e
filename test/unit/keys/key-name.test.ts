import { expect } from 'chai';
import { checkKeyName, developerNameFaults } from '../../../src/keys/key-name.js';
import { printable } from '../../../src/keys/printable.js';
import { refusalOf } from '../../helpers/refusal.js';

const refused: ReadonlyArray<readonly [name: string, reason: RegExp, suggestion: string]> = [
  ['My_Cert', /^it must be in lower case\. /, 'my_cert'],
  ['my-cert', /letters, digits and underscores only/, 'my_cert'],
  ['1cert', /begin with a letter/, 'cert'],
  ['_cert', /begin with a letter/, 'cert'],
  ['my__cert', /two underscores in a row/, 'my_cert'],
  ['cert_', /end with an underscore/, 'cert'],
  ['x'.repeat(41), /longer than 40/, 'x'.repeat(40)],
  ['', /it is empty/, 'my_cert'],
  ['../../etc/passwd', /letters, digits/, 'etc_passwd'],
  ['zertifikat_für_öl', /letters, digits/, 'zertifikat_f_r_l'],
  ['1', /begin with a letter/, 'my_cert'],
];

describe('name of key files', () => {
  for (const name of ['a', 'my_cert', 'crm2', 'x'.repeat(40)]) {
    it(`takes ${name}`, () => expect(checkKeyName(name)).to.equal(name));
  }

  for (const [name, reason, suggestion] of refused) {
    it(`refuses "${name.slice(0, 20)}" and suggests one that it takes`, async () => {
      const error = await refusalOf(() => checkKeyName(name));
      expect(error.key).to.equal('keyNameRefused');
      expect(error.tokens[0]).to.equal(name);
      expect(error.tokens[1]).to.match(reason).and.contain(`"${suggestion}" would do`);
      expect(checkKeyName(suggestion)).to.equal(suggestion);
    });
  }

  it('finds no fault with capitals in a developer name as such', () => {
    expect(developerNameFaults('My_Cert')).to.deep.equal([]);
  });
});

describe('printable text', () => {
  it('shows control and direction characters as escapes', () => {
    expect(printable('a\n\u0000\u202eb')).to.equal(String.raw`a\u{a}\u{0}\u{202e}b`);
  });

  it('leaves out the middle of long text, so that a path keeps its file name', () => {
    expect(printable('x'.repeat(120))).to.equal('x'.repeat(120));
    expect(printable(`/${'x'.repeat(200)}/my_cert.key`)).to.equal(`/${'x'.repeat(69)}…${'x'.repeat(38)}/my_cert.key`);
  });
});
