import { performance } from 'node:perf_hooks';

/** One way to do a job; a rival is what a user would run instead. */
export type Contestant = { readonly name: string; readonly run: (round: number) => Promise<void> };

export type Measured = { readonly name: string; readonly medianMilliseconds: number; readonly ratio: number };

/**
 * Lets all contestants do the job in turns, so that a busy moment of the machine hits each of them.
 *
 * @returns Medians, and how long each took compared with the first one (1 is equal, 2 is twice as long).
 */
export async function compare(contestants: readonly Contestant[], rounds: number): Promise<readonly Measured[]> {
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  // Round 0 warms the file cache and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const { name, run } of contestants) {
      const begin = performance.now();
      await run(round);
      if (round > 0) times.get(name)?.push(performance.now() - begin);
    }
  }
  const medians = contestants.map(({ name }) => ({ name, medianMilliseconds: median(times.get(name) ?? []) }));
  const first = medians[0]?.medianMilliseconds ?? Number.NaN;
  return medians.map((one) => ({ ...one, ratio: one.medianMilliseconds / first }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const around = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return around.reduce((sum, value) => sum + value, 0) / around.length;
}

/** A table for people, in Markdown, so that it can be pasted. */
export function table(title: string, rows: readonly Measured[]): string {
  const lines = rows.map(
    ({ name, medianMilliseconds, ratio }) => `| ${name} | ${medianMilliseconds.toFixed(0)} ms | ${ratio.toFixed(2)} |`,
  );
  return [`### ${title}`, '', '| | median | against the first |', '|---|---:|---:|', ...lines, ''].join('\n');
}
