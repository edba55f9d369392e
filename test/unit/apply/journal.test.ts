import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openJournal, readJournal } from '../../../src/apply/journal.js';
import { emptyJournal } from '../../../src/plan/journal-state.js';

const at = '2026-11-01T12:00:00.000Z';

describe('journal', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sf-jwt-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is empty where nothing was ever noted', async () => {
    expect(await readJournal(folder)).to.deep.equal(emptyJournal);
  });

  it('gives back what was noted, in a file that only its owner can read', async () => {
    const journal = await openJournal(folder);
    await journal.append({ event: 'started', step: 'create-key', at });
    expect((await readJournal(folder)).steps).to.deep.equal({ 'create-key here': { status: 'started' } });
    expect((await stat(join(folder, 'journal.jsonl'))).mode & 0o777).to.equal(0o600);
  });

  it('reads past a line that a killed run left unfinished, and starts the next entry on a line of its own', async () => {
    const first = await openJournal(folder);
    await first.append({ event: 'started', step: 'create-key', at });
    await appendFile(join(folder, 'journal.jsonl'), 'null\n{"event":"done","st');
    const second = await openJournal(folder);
    await second.append({ event: 'done', step: 'create-key', at });
    expect((await readJournal(folder)).steps).to.deep.equal({ 'create-key here': { status: 'done' } });
    expect((await readFile(join(folder, 'journal.jsonl'), 'utf8')).split('\n')).to.have.length(5);
  });
});
