/** Numbers that look random and are the same in each run (mulberry32). */
export function seeded(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(values: readonly T[]): T => values[below(values.length)]!;
  return { below, pick };
}

export type Seeded = ReturnType<typeof seeded>;

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
