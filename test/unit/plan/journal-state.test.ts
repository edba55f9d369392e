import { expect } from 'chai';
import { foldJournal, type JournalEntry } from '../../../src/plan/journal-state.js';

const at = '2026-11-01T12:00:00.000Z';
const started = (orgId: string): JournalEntry => ({ event: 'started', step: 'deploy-app', at, orgId });
const done = (orgId: string, digest: string): JournalEntry => ({
  event: 'done',
  step: 'deploy-app',
  at,
  orgId,
  digest,
});

describe('foldJournal', () => {
  it('knows what was deployed last, and to which org', () => {
    const state = foldJournal([started('00D1'), done('00D1', 'a'), started('00D1'), done('00D1', 'b')]);
    expect(state.steps['deploy-app']).to.deep.equal({ status: 'done', orgId: '00D1', digest: 'b' });
  });

  it('keeps a deploy in mind whose end nobody saw', () => {
    const state = foldJournal([
      started('00D1'),
      done('00D1', 'a'),
      started('00D1'),
      { event: 'deploying', step: 'deploy-app', deployId: '0Af1', digest: 'b' },
    ]);
    expect(state.steps['deploy-app']).to.deep.equal({
      status: 'started',
      orgId: '00D1',
      digest: 'a',
      pending: { deployId: '0Af1', digest: 'b' },
    });
  });

  it('forgets a pending deploy once the step is done, and one to another org', () => {
    const pending: JournalEntry = { event: 'deploying', step: 'deploy-app', deployId: '0Af1', digest: 'b' };
    expect(foldJournal([started('00D1'), pending, done('00D1', 'b')]).steps['deploy-app']).not.to.have.property(
      'pending',
    );
    expect(foldJournal([started('00D1'), pending, started('00D2')]).steps['deploy-app']).to.deep.equal({
      status: 'started',
      orgId: '00D2',
    });
  });

  it('collects every content that was written to a path', () => {
    const state = foldJournal([
      { event: 'writing', path: 'a', sha256: '1' },
      { event: 'writing', path: 'b', sha256: '2' },
      { event: 'writing', path: 'a', sha256: '3' },
    ]);
    expect(state.written).to.deep.equal({ a: ['1', '3'], b: ['2'] });
  });
});
