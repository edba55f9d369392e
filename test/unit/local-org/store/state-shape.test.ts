import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect } from 'chai';
import { readState } from '../../../../src/local-org/store/state-file.js';
import { temporaryFolder } from '../../../helpers/home.js';
import { refusalOf } from '../../../helpers/refusal.js';

describe('local org: a state file with a good checksum and a wrong shape', () => {
  let file: string;
  beforeEach(() => {
    file = join(temporaryFolder('state'), 'org.jsonl');
  });

  const header = { format: 3, id: `00D${'0'.repeat(15)}`, alias: 'org', port: 0, lines: 0 };
  const line = (value: unknown): string => {
    const json = JSON.stringify(value);
    return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
  };
  const reasonOf = async (...values: readonly unknown[]): Promise<string | undefined> => {
    writeFileSync(file, values.map(line).join(''));
    return (await refusalOf(() => readState(file, 'org'))).tokens[1];
  };

  it('is not refused as it is meant to be', async () => {
    writeFileSync(file, line(header) + line([['record', 'Account', { Id: '1' }]]));
    expect((await readState(file, 'org'))?.changes).to.deep.equal([['record', 'Account', { Id: '1' }]]);
  });

  it('is refused as a first line', async () => {
    const wrong = [
      { format: 2 },
      { id: 5 },
      { id: 'short' },
      { alias: '../org' },
      { port: -1 },
      { port: 70_000 },
      { lines: '0' },
      { lines: 1 },
    ];
    for (const members of [...wrong, { id: undefined }])
      expect(await reasonOf({ ...header, ...members }), JSON.stringify(members)).to.equal(
        'it is not the state of a local org',
      );
    for (const value of [null, 5, [header]])
      expect(await reasonOf(value)).to.equal('it is not the state of a local org');
  });

  it('is refused as a change', async () => {
    const component = { type: 'T', fullName: 'N', id: '1', files: [['p', '']], createdAt: 1, lastModifiedAt: 1 };
    const wrong = [
      5,
      [5],
      ['renamed', 'x'],
      ['toString', 'x'],
      ['record', 'Account'],
      ['record', 'Account', 5],
      ['record', 'Account', { Id: 5 }],
      ['record', 'Account', { Id: '1' }, 'more'],
      ['no-record', 'Account'],
      ['component', { ...component, files: [['p', 5]] }],
      ['component', { ...component, files: 5 }],
      ['component', { ...component, type: undefined }],
      ['component', { ...component, createdAt: 'now' }],
      ['no-component', 'T', null],
      ['key-pair', 'Crm', 'pem'],
      ['key-pair', 5],
      ['session', 'token', { userId: 'u', scope: 'api' }],
      ['port', '80'],
    ];
    for (const change of wrong)
      expect(await reasonOf(header, [change]), JSON.stringify(change)).to.equal('its line 2 is damaged');
    expect(await reasonOf(header, [['port', 80]], { port: 80 })).to.equal('its line 3 is damaged');
  });
});
