import { expect } from 'chai';
import { foldJournal, ownedIn, recordOf, type JournalEntry } from '../../../src/plan/journal-state.js';

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
      pending: { id: '0Af1', digest: 'b' },
    });
    const seen = foldJournal([...unseen, done('00D1', 'b')]);
    expect(recordOf(seen, 'deploy-app', '00D1')).to.deep.equal({ status: 'done', digest: 'b' });
  });

  it('owns what a step claimed, in that org only', () => {
    const state = foldJournal([started('00D1', ['ConnectedApp:erp']), started('00D1', ['ApexClass:erp'])]);
    expect(ownedIn(state, '00D1')).to.deep.equal(['ConnectedApp:erp', 'ApexClass:erp']);
    expect(ownedIn(state, '00D2')).to.deep.equal([]);
  });

  it('gives back what it claimed when the org refused the step, and keeps what it had before', () => {
    const state = foldJournal([
      started('00D1', ['ConnectedApp:erp']),
      done('00D1', 'a'),
      started('00D1', ['ConnectedApp:crm']),
      { event: 'refused', step: 'deploy-app', at, orgId: '00D1', claims: ['ConnectedApp:crm'] },
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
    expect(foldJournal([unknown])).to.deep.equal({ steps: {}, owned: {}, written: {} });
  });
});
