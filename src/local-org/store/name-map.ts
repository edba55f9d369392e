import { nameKey } from './names.js';
import { WatchedMap, type EntryListener } from './watched-map.js';

/** A Map by developer name: whatever the case of a name, it is found, and keeps the spelling that it came with. */
export class NameMap<V> extends WatchedMap<string, V> {
  readonly #spellings: Map<string, string>;

  public constructor(
    entries: Iterable<readonly [string, V]> = [],
    onChange: EntryListener<string, V> = () => undefined,
  ) {
    super(entries, onChange);
    this.#spellings = new Map([...this.keys()].map((name) => [nameKey(name), name]));
  }

  public override get(name: string): V | undefined {
    return super.get(this.#spelled(name));
  }

  public override has(name: string): boolean {
    return super.has(this.#spelled(name));
  }

  public override set(name: string, value: V): this {
    const spelled = this.#spelled(name);
    this.#spellings.set(nameKey(name), spelled);
    return super.set(spelled, value);
  }

  public override delete(name: string): boolean {
    const spelled = this.#spelled(name);
    this.#spellings.delete(nameKey(name));
    return super.delete(spelled);
  }

  public override clear(): void {
    this.#spellings.clear();
    super.clear();
  }

  #spelled(name: string): string {
    return this.#spellings.get(nameKey(name)) ?? name;
  }
}
