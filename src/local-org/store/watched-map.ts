/** A Map that tells when it changes. */
export class WatchedMap<K, V> extends Map<K, V> {
  readonly #onChange: () => void;

  public constructor(entries: Iterable<readonly [K, V]>, onChange: () => void) {
    super();
    // Not through super(entries): that would call set() before the field below is there.
    this.#onChange = onChange;
    for (const [key, value] of entries) super.set(key, value);
  }

  public override set(key: K, value: V): this {
    super.set(key, value);
    this.#onChange();
    return this;
  }

  public override delete(key: K): boolean {
    const existed = super.delete(key);
    if (existed) this.#onChange();
    return existed;
  }

  public override clear(): void {
    super.clear();
    this.#onChange();
  }
}
