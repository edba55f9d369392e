/** Random values that a seed decides, so that what failed once fails again. */
export class SeededRandom {
  #state: number;

  public constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, below 1 (mulberry32). */
  public fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from 0, below the limit. */
  public below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  public chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  public pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** The text with some of its characters removed, doubled, changed or moved. */
  public mutated(text: string, odd: readonly string[]): string {
    let result = text;
    for (let times = this.below(4); times >= 0; times -= 1) {
      const at = this.below(result.length + 1);
      const [before, after] = [result.slice(0, at), result.slice(at)];
      const ways = [
        () => before + after.slice(1),
        () => before + this.pick(odd) + after,
        () => before + this.pick(odd) + after.slice(1),
        () => before + after + before.slice(-20),
        () => before,
        () => after + before,
      ];
      result = this.pick(ways)();
    }
    return result;
  }
}
