import { expect } from 'chai';
import {
  emptyJournal,
  foldJournal,
  formsIn,
  isOwned,
  ownedIn,
  pendingIn,
  recordOf,
  type JournalEntry,
} from '../../../src/plan/journal-state.js';

const at = '2026-11-01T12:00:00.000Z';
const started = (orgId: string, claims: readonly string[] = []): JournalEntry => ({
  event: 'started',
  step: 'deploy-app',
  at,
  orgId,
  claims,
});
const done = (orgId: string, digest: string): JournalEntry => ({
  event: 'done',
  step: 'deploy-app',
  at,
  orgId,
  digest,
});
const deploying = (orgId: string): JournalEntry => ({
  event: 'deploying',
  step: 'deploy-app',
  orgId,
  deploy: { id: '0Af1', digest: 'b' },
});

describe('foldJournal', () => {
  it('knows what was deployed last, in each org', () => {
    const state = foldJournal([started('00D1'), done('00D1', 'a'), started('00D2'), done('00D2', 'b')]);
    expect(recordOf(state, 'deploy-app', '00D1')).to.deep.equal({ status: 'done', digest: 'a' });
    expect(recordOf(state, 'deploy-app', '00D2')).to.deep.equal({ status: 'done', digest: 'b' });
    expect(recordOf(state, 'deploy-app', '00D3')).to.equal(undefined);
  });

  it('keeps a deploy in mind whose end nobody saw, and forgets it once the step is done', () => {
    const unseen = [started('00D1'), done('00D1', 'a'), started('00D1'), deploying('00D1')];
    expect(recordOf(foldJournal(unseen), 'deploy-app', '00D1')).to.deep.equal({
      status: 'started',
      digest: 'a',
      claims: [],
      pending: { id: '0Af1', digest: 'b', claims: [] },
    });
    const seen = foldJournal([...unseen, done('00D1', 'b')]);
    expect(recordOf(seen, 'deploy-app', '00D1')).to.deep.equal({ status: 'done', digest: 'b' });
  });

  it('owns what a step claimed once it is done, in that org only', () => {
    const first = [started('00D1', ['ConnectedApp:erp']), done('00D1', 'a')];
    const state = foldJournal([...first, started('00D1', ['ApexClass:erp'])]);
    expect(ownedIn(state, '00D1')).to.deep.equal(['ConnectedApp:erp']);
    const later = foldJournal([...first, started('00D1', ['ApexClass:erp']), done('00D1', 'b')]);
    expect(ownedIn(later, '00D1')).to.deep.equal(['ConnectedApp:erp', 'ApexClass:erp']);
    expect(ownedIn(later, '00D2')).to.deep.equal([]);
  });

  it('owns nothing of a run that was killed before its deploy, once a later one did something else', () => {
    const state = foldJournal([
      started('00D1', ['ApexClass:Erp']),
      started('00D1', ['ApexClass:Crm']),
      done('00D1', 'a'),
    ]);
    expect(ownedIn(state, '00D1')).to.deep.equal(['ApexClass:Crm']);
    expect([isOwned(state, '00D1', 'ApexClass:crm'), isOwned(state, '00D1', 'ApexClass:Erp')]).to.deep.equal([
      true,
      false,
    ]);
  });

  it('keeps what a deploy claimed whose end nobody saw, whatever was begun since', () => {
    const state = foldJournal([
      started('00D1', ['ApexClass:Erp']),
      deploying('00D1'),
      started('00D1', ['ApexClass:Crm']),
    ]);
    expect([...pendingIn(state, '00D1')]).to.deep.equal([['0Af1', ['ApexClass:Erp']]]);
    expect([...pendingIn(state, '00D2')]).to.deep.equal([]);
  });

  it('gives back what it claimed when the org refused the step, and keeps what it had before', () => {
    const state = foldJournal([
      started('00D1', ['ConnectedApp:erp']),
      done('00D1', 'a'),
      started('00D1', ['ConnectedApp:crm']),
      { event: 'refused', step: 'deploy-app', at, orgId: '00D1' },
    ]);
    expect(ownedIn(state, '00D1')).to.deep.equal(['ConnectedApp:erp']);
    expect(recordOf(state, 'deploy-app', '00D1')).to.deep.equal({ status: 'refused' });
  });

  it('collects every content that was written to a path', () => {
    const state = foldJournal([
      { event: 'writing', path: 'a', sha256: '1' },
      { event: 'writing', path: 'b', sha256: '2' },
      { event: 'writing', path: 'a', sha256: '3' },
    ]);
    expect(state.written).to.deep.equal({ a: ['1', '3'], b: ['2'] });
  });

  it('reads past what a later release may have noted', () => {
    const unknown = { event: 'rotated', at } as unknown as JournalEntry;
    expect(foldJournal([unknown])).to.deep.equal(emptyJournal);
  });

  describe('of what an org was given', () => {
    const given = (forms: Record<string, string>): JournalEntry => ({ ...done('00D1', 'a'), forms }) as JournalEntry;
    const refused: JournalEntry = { event: 'refused', step: 'deploy-app', at, orgId: '00D1' };
    const first = [started('00D1'), given({ 'apexclass:a': '1', 'apexclass:b': '2' })];
    const inOrg = (...later: JournalEntry[]) => formsIn(foldJournal([...first, ...later]), '00D1');

    it('knows each component by the last deploy of it, in that org only', () => {
      expect(inOrg(started('00D1'), given({ 'apexclass:b': '3' }))).to.deep.equal({
        'apexclass:a': '1',
        'apexclass:b': '3',
      });
      expect(formsIn(foldJournal(first), '00D2')).to.deep.equal({});
    });

    it('keeps it where the org refused something else', () => {
      expect(inOrg(started('00D1'), deploying('00D1'), refused)).to.deep.equal({
        'apexclass:a': '1',
        'apexclass:b': '2',
      });
    });

    it('knows nothing for as long as a deploy may have given it something else', () => {
      const unseen = [started('00D1'), deploying('00D1')];
      expect(inOrg(...unseen)).to.deep.equal({});
      expect(inOrg(...unseen, started('00D1'), refused)).to.deep.equal({});
      expect(inOrg(...unseen, started('00D1'), given({ 'apexclass:a': '4' }))).to.deep.equal({ 'apexclass:a': '4' });
    });
  });
});
