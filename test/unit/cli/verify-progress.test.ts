import { expect } from 'chai';
import { VerifyProgressView } from '../../../src/cli/verify-progress.js';
import type { VerifyProgress } from '../../../src/verify/check-run.js';

const events: readonly VerifyProgress[] = [
  { kind: 'started', name: 'token-issued' },
  {
    kind: 'waiting',
    name: 'token-issued',
    detail: 'The org said no',
    nextAttemptSeconds: 5,
    remainingSeconds: 600,
  },
  { kind: 'finished', check: { name: 'token-issued', status: 'passed', detail: 'Yes.' } },
];

/** What was shown, in order: to the spinner, or to the log. */
function show(isWatched: boolean): readonly string[] {
  const shown: string[] = [];
  const view = new VerifyProgressView({
    spinner: {
      start: (action) => void shown.push(`start ${action}`),
      stop: (message) => void shown.push(`stop ${message}`),
      set status(status: string | undefined) {
        shown.push(`status ${status}`);
      },
      get status() {
        return undefined;
      },
    },
    log: (line) => void shown.push(`log ${line}`),
    isWatched,
    words: (key, tokens) => [key, ...tokens].join('|'),
  });
  view.start('a@b.co', 'https://acme.my.salesforce.com');
  for (const event of events) view.show(event);
  view.stop();
  return shown;
}

describe('VerifyProgressView', () => {
  it('turns a spinner for who watches', () => {
    expect(show(true)).to.deep.equal([
      'start verifying|a@b.co|https://acme.my.salesforce.com',
      'status token-issued',
      'status waiting|token-issued|The org said no|5 seconds|10 minutes',
      'stop done',
    ]);
  });

  it('writes a line for the start and for each wait into a log', () => {
    expect(show(false)).to.deep.equal([
      'log verifying|a@b.co|https://acme.my.salesforce.com',
      'log waiting|token-issued|The org said no|5 seconds|10 minutes',
    ]);
  });
});
