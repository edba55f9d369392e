import { SeededRandom } from '../../../helpers/seeded-random.js';

/** Random values that are the same in each run. */
export const seeded = (seed: number): SeededRandom => new SeededRandom(seed);

export type Seeded = SeededRandom;

const bits = [
  '',
  '.',
  '..',
  '=',
  '&',
  '%',
  '%zz',
  '\0',
  'é',
  '💥',
  '{',
  '"',
  'null',
  '[]',
  '{}',
  'e30',
  '-1',
  'A'.repeat(5000),
];

/** The text with a few bytes changed, cut out, doubled or put in. */
export function damaged(text: string, random: Seeded): string {
  let result = text;
  for (let count = 1 + random.below(4); count > 0; count -= 1) {
    const at = random.below(result.length + 1);
    const end = Math.min(result.length, at + random.below(12));
    const middle = random.pick([random.pick(bits), '', result.slice(at, end) + result.slice(at, end)]);
    result = result.slice(0, at) + middle + result.slice(end);
  }
  return result;
}
