import { performance } from 'node:perf_hooks';
import { median } from './measure.js';

export type Load = {
  /** How many at the same time. */
  readonly clients: number;
  readonly rounds: number;
  readonly seconds: number;
  /** Before each round, and not measured. */
  readonly prepare?: () => void;
};

export type Rate = { readonly best: number; readonly median: number };

/**
 * Has several clients do a job again and again.
 *
 * @returns Jobs a second. The best round counts where a machine has other things to do as well.
 */
export async function rateOf(job: (serial: number) => Promise<unknown>, load: Load): Promise<Rate> {
  const rates: number[] = [];
  // Round 0 warms caches and the compiler, and is not counted.
  for (let round = 0; round <= load.rounds; round += 1) {
    load.prepare?.();
    const rate = await oneRound(job, load);
    if (round > 0) rates.push(rate);
  }
  return { best: Math.max(...rates), median: median(rates) };
}

async function oneRound(job: (serial: number) => Promise<unknown>, { clients, seconds }: Load): Promise<number> {
  let serial = 0;
  let done = 0;
  const begin = performance.now();
  const end = begin + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        await job(serial++);
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - begin);
}
