import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect } from 'chai';
import { seedOrg } from '../../../../src/local-org/seed.js';
import { settingsWith } from '../../../../src/local-org/settings.js';
import { emptyState, openOrg, type HostedOrg } from '../../../../src/local-org/store/org-state.js';
import { createStateWriter, readState } from '../../../../src/local-org/store/state-file.js';
import { temporaryFolder } from '../../../helpers/home.js';
import { refusalOf } from '../../../helpers/refusal.js';

describe('local org: its state file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = temporaryFolder('state');
    file = join(folder, 'org.jsonl');
  });

  const environment = {
    now: () => Date.parse('2026-06-01T12:00:00Z'),
    random: randomBytes,
    settings: settingsWith(),
    orgs: () => [],
  };

  const newOrg = (): HostedOrg => {
    const hosted = openOrg(emptyState('org', randomBytes), environment);
    seedOrg(hosted.org);
    return hosted;
  };

  const openSaved = async (): Promise<HostedOrg> => {
    const saved = await readState(file, 'org');
    if (!saved) throw new Error('nothing is saved');
    const hosted = openOrg(saved.state, environment);
    hosted.replay(saved.changes);
    return hosted;
  };

  const component = (fullName: string, content: string) => ({
    type: 'RemoteSiteSetting',
    fullName,
    id: '0rp000000000001AAA',
    files: new Map([[`remoteSiteSettings/${fullName}.remoteSite`, Buffer.from(content)]]),
    createdAt: 1,
    lastModifiedAt: 2,
  });

  /** Each way in which the content of an org changes. */
  const changes: readonly ((hosted: HostedOrg) => void)[] = [
    ({ org }) => void org.records.insert('Account', { Name: 'First' }),
    ({ org }) => void org.records.insert('Account', { Name: 'Second' }),
    ({ org }) => org.records.update('Account', org.records.all('Account')[0]!.Id, { Name: 'First, changed' }),
    ({ org }) => org.components.put(component('Here', 'as it was')),
    ({ org }) => org.components.put(component('HERE', 'as it is \u2028 now')),
    ({ org }) => org.components.put(component('Gone', 'x')),
    ({ org }) => org.components.delete('RemoteSiteSetting', 'gone'),
    ({ org }) => void org.keyPairs.set('Crm', { privateKeyPem: 'private', certificatePem: 'one' }),
    ({ org }) => void org.keyPairs.set('CRM', { privateKeyPem: 'private', certificatePem: 'two' }),
    ({ org }) => void org.keyPairs.set('Other', { privateKeyPem: 'private', certificatePem: 'one' }),
    ({ org }) => void org.keyPairs.delete('other'),
    ({ org }) => void org.sessions.set('token', { userId: 'u', issuedAt: 1, scope: 'api' }),
    ({ org }) => void org.sessions.set('gone', { userId: 'u', issuedAt: 1, scope: 'api' }),
    ({ org }) => void org.sessions.delete('gone'),
    ({ listensAt }) => listensAt(4711),
    // Takes the permission sets of the profile's users along.
    ({ org }) => org.records.delete('User', org.records.all('User')[1]!.Id),
    ({ org }) => org.keyPairs.clear(),
  ];

  it('leads from the lines of a file to the very state that the org had after each change', async () => {
    const hosted = newOrg();
    const { save, close } = createStateWriter(file, hosted);
    await save();
    for (const change of changes) {
      change(hosted);
      await save();
      expect((await openSaved()).snapshot()).to.deep.equal(hosted.snapshot());
    }
    await close();
    expect(readFileSync(file, 'utf8').split('\n')).to.have.length(changes.length + 3);
  });

  it('adds what has changed to the file, and begins it anew when that has grown', async () => {
    const hosted = newOrg();
    const { save, close } = createStateWriter(file, hosted);
    await save();
    const inode = statSync(file).ino;
    const before = statSync(file).size;
    hosted.org.records.insert('Account', { Name: 'small' });
    await save();
    expect(statSync(file).ino).to.equal(inode);
    expect(statSync(file).size - before).to.be.within(50, 500);
    const account = hosted.org.records.insert('Account', { Name: 'x' });
    for (let round = 0; round < 12; round += 1) {
      hosted.org.records.update('Account', account.Id, { Description: String(round).padEnd(200_000) });
      await save();
    }
    await close();
    expect(statSync(file).ino).not.to.equal(inode);
    expect(statSync(file).size).to.be.below(2 * 1024 * 1024);
    expect((await openSaved()).snapshot()).to.deep.equal(hosted.snapshot());
    expect(readdirSync(folder)).to.deep.equal(['org.jsonl']);
  });

  it('writes nothing when nothing has changed', async () => {
    const { save, close } = createStateWriter(file, newOrg());
    await save();
    const { mtimeNs, size } = statSync(file, { bigint: true });
    await save();
    await close();
    expect(statSync(file, { bigint: true })).to.include({ mtimeNs, size });
  });

  it('reads every beginning of a file as an earlier state or refuses it, and never as an empty org', async () => {
    const hosted = newOrg();
    const { save, close } = createStateWriter(file, hosted);
    await save();
    const states: string[] = [];
    for (const change of changes.slice(0, 6)) {
      states.push(JSON.stringify(hosted.snapshot()));
      change(hosted);
      await save();
    }
    states.push(JSON.stringify(hosted.snapshot()));
    await close();
    const whole = readFileSync(file);
    const endOfState = whole.indexOf('\n', whole.indexOf('\n') + 1) + 1;
    let lines = 0;
    for (let length = 0; length <= whole.length; length += 1) {
      if (whole[length - 1] === 10) lines += 1;
      // Of the long state a few beginnings will do.
      if (length < endOfState - 1 && length % 211 !== 0) continue;
      writeFileSync(file, whole.subarray(0, length), { mode: 0o600 });
      if (lines < 2) {
        expect((await refusalOf(() => readState(file, 'org'))).key, `${length} bytes`).to.equal('localStateUnreadable');
      } else {
        expect(JSON.stringify((await openSaved()).snapshot()), `${length} bytes`).to.equal(states[lines - 2]);
      }
    }
  });

  it('refuses a file in which any byte of a whole line has changed, and quotes none of it', async () => {
    const hosted = newOrg();
    const { save, close } = createStateWriter(file, hosted);
    await save();
    for (const change of changes.slice(0, 3)) {
      change(hosted);
      await save();
    }
    await close();
    const whole = readFileSync(file);
    const endOfState = whole.indexOf('\n', whole.indexOf('\n') + 1);
    for (let at = 0; at < whole.length - 1; at += at < endOfState - 1 ? 97 : 1) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 1;
      writeFileSync(file, damaged, { mode: 0o600 });
      const { key, tokens } = await refusalOf(() => readState(file, 'org'));
      expect([key, tokens[0]], `byte ${at}`).to.deep.equal(['localStateUnreadable', file]);
      expect(tokens[1], `byte ${at}`).to.match(/^(?:it is not the state of a local org|its line \d is damaged)$/);
    }
  });

  it('keeps more than a line holds, in its state and in what changes together', async () => {
    const hosted = newOrg();
    const { save, close } = createStateWriter(file, hosted);
    const contentOf = (stored?: { readonly files: ReadonlyMap<string, Uint8Array> }): number =>
      crc32([...(stored?.files.values() ?? [])][0] ?? '');
    const large = (serial: number) => component(`Large${serial}`, String(serial).repeat(9 * 1024 * 1024));
    for (let serial = 0; serial < 3; serial += 1) hosted.org.components.put(large(serial));
    await save();
    const { ino } = statSync(file);
    for (let serial = 3; serial < 5; serial += 1) hosted.org.components.put(large(serial));
    await save();
    await close();
    // What belongs together is in the file as a whole or not at all, so a state begins it anew.
    expect(statSync(file).ino).not.to.equal(ino);
    const lines = readFileSync(file, 'latin1').split('\n');
    expect(lines.length).to.equal(1 + 5 + 1);
    expect(Math.max(...lines.map(({ length }) => length))).to.be.below(17 * 1024 * 1024);
    const saved = await openSaved();
    for (let serial = 0; serial < 5; serial += 1)
      expect(contentOf(saved.org.components.get('RemoteSiteSetting', `Large${serial}`))).to.equal(
        contentOf(large(serial)),
      );
    writeFileSync(file, lines.slice(0, 4).join('\n') + '\n');
    expect((await refusalOf(() => readState(file, 'org'))).tokens[1]).to.equal('it is not the state of a local org');
  });

  describe('where nothing can be written', () => {
    it('says so, and writes all of it once there is a folder again', async () => {
      const hosted = newOrg();
      const { save, close } = createStateWriter(file, hosted);
      await save();
      rmSync(folder, { recursive: true });
      hosted.org.records.insert('Account', { Name: 'not acknowledged at first' });
      const refusal = await refusalOf(save);
      expect([refusal.key, ...refusal.tokens]).to.deep.equal(['localStateNotWritten', file, 'ENOENT']);
      expect((await refusalOf(save)).key).to.equal('localStateNotWritten');
      mkdirSync(folder);
      await save();
      await close();
      expect((await openSaved()).snapshot()).to.deep.equal(hosted.snapshot());
    });

    it('begins the file anew where somebody has removed it', async () => {
      const hosted = newOrg();
      const { save, close } = createStateWriter(file, hosted);
      await save();
      rmSync(file);
      hosted.org.records.insert('Account', { Name: 'after that' });
      expect((await refusalOf(save)).tokens[1]).to.equal('ENOENT');
      await save();
      await close();
      expect((await openSaved()).org.records.all('Account')).to.have.length(1);
    });
  });
});
