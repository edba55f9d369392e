/** Told of each change of an entry: its key, and its value unless it is gone. */
export type EntryListener<K, V> = (...change: [key: K, value: V] | [key: K]) => void;

/** A Map that tells when it changes. */
export class WatchedMap<K, V> extends Map<K, V> {
  readonly #onChange: EntryListener<K, V>;

  public constructor(entries: Iterable<readonly [K, V]>, onChange: EntryListener<K, V>) {
    super();
    // Not through super(entries): that would call set() before the field below is there.
    this.#onChange = onChange;
    for (const [key, value] of entries) super.set(key, value);
  }

  public override set(key: K, value: V): this {
    super.set(key, value);
    this.#onChange(key, value);
    return this;
  }

  public override delete(key: K): boolean {
    const existed = super.delete(key);
    if (existed) this.#onChange(key);
    return existed;
  }

  public override clear(): void {
    for (const key of [...this.keys()]) this.delete(key);
  }
}
