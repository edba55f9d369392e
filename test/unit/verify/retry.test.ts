import { expect } from 'chai';
import { inWords, retry } from '../../../src/verify/retry.js';
import { startOfTest } from './material.js';

type Waiting = readonly [reason: string, next: number, remaining: number];

/** Runs attempts that are refused until the given one succeeds. */
async function run(
  deadlineSeconds: number,
  succeedsAt = Number.POSITIVE_INFINITY,
  attemptSeconds = 0,
  isFrozen = false,
) {
  let now = startOfTest.getTime();
  const waiting: Waiting[] = [];
  let made = 0;
  const result = await retry(
    {
      deadlineSeconds,
      attempt: () => {
        made += 1;
        if (!isFrozen) now += attemptSeconds * 1000;
        return Promise.resolve(made >= succeedsAt);
      },
      waitFor: (isDone) => (isDone ? undefined : 'not yet'),
      onWaiting: (...event) => waiting.push(event),
    },
    {
      now: () => new Date(now),
      sleep: (seconds) => {
        if (!isFrozen) now += seconds * 1000;
        return Promise.resolve();
      },
    },
  );
  return { ...result, waiting };
}

describe('retry', () => {
  it('makes one attempt where the first succeeds', async () => {
    expect(await run(600, 1)).to.deep.equal({ result: true, attempts: 1, waitedSeconds: 0, waiting: [] });
  });

  it('makes one attempt where there is no time to wait', async () => {
    expect(await run(0)).to.deep.equal({ result: false, attempts: 1, waitedSeconds: 0, waiting: [] });
  });

  it('waits longer from attempt to attempt, and says so', async () => {
    const { attempts, waitedSeconds, waiting } = await run(600, 8);

    expect({ attempts, waitedSeconds }).to.deep.equal({ attempts: 8, waitedSeconds: 140 });
    expect(waiting.map(([, next]) => next)).to.deep.equal([5, 10, 15, 20, 30, 30, 30]);
    expect(waiting[0]).to.deep.equal(['not yet', 5, 600]);
  });

  it('makes its last attempt right at the deadline', async () => {
    const { attempts, waitedSeconds, waiting } = await run(40);

    expect({ attempts, waitedSeconds }).to.deep.equal({ attempts: 5, waitedSeconds: 40 });
    expect(waiting.at(-1)).to.deep.equal(['not yet', 10, 10]);
  });

  it('counts the time that attempts take', async () => {
    expect(await run(60, undefined, 30)).to.include({ attempts: 2, waitedSeconds: 65 });
  });

  it('ends even if the clock stands still', async () => {
    expect(await run(60, undefined, 0, true)).to.include({ attempts: 6, waitedSeconds: 60 });
  });
});

describe('inWords', () => {
  it('says seconds, then minutes', () => {
    expect([1, 40, 119, 120, 600].map(inWords)).to.deep.equal([
      '1 second',
      '40 seconds',
      '119 seconds',
      '2 minutes',
      '10 minutes',
    ]);
  });
});
