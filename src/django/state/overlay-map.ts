/** Entries that are copied with each change; of more the whole map is made anew. */
const MOST_OVER = 64;

/**
 * A map that never changes, and of which another one with one more entry costs little: thousands of
 * operations on one model would copy all of its fields each time.
 */
class OverlayMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly size: number;
  readonly #base: ReadonlyMap<Key, Value>;
  /** Wins over the base; new keys come last. */
  readonly #over: ReadonlyMap<Key, Value>;

  constructor(base: ReadonlyMap<Key, Value>, over: ReadonlyMap<Key, Value>) {
    this.#base = base;
    this.#over = over;
    let size = base.size;
    for (const key of over.keys()) if (!base.has(key)) size += 1;
    this.size = size;
  }

  with(key: Key, value: Value): ReadonlyMap<Key, Value> {
    const over = new Map(this.#over).set(key, value);
    return over.size > MOST_OVER
      ? new OverlayMap(new Map(this).set(key, value), new Map())
      : new OverlayMap(this.#base, over);
  }

  get(key: Key): Value | undefined {
    return this.#over.has(key) ? this.#over.get(key) : this.#base.get(key);
  }

  has(key: Key): boolean {
    return this.#over.has(key) || this.#base.has(key);
  }

  forEach(
    visit: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void,
    self?: unknown,
  ): void {
    for (const [key, value] of this) visit.call(self, value, key, this);
  }

  *entries(): Generator<[Key, Value], undefined> {
    for (const [key, value] of this.#base) {
      yield [key, this.#over.has(key) ? (this.#over.get(key) as Value) : value];
    }
    for (const entry of this.#over) if (!this.#base.has(entry[0])) yield entry;
  }

  *keys(): Generator<Key, undefined> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): Generator<Value, undefined> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): Generator<[Key, Value], undefined> {
    return this.entries();
  }
}

/** A map with an entry added, or replaced in its place. */
export function withEntry<Key, Value>(
  map: ReadonlyMap<Key, Value>,
  key: Key,
  value: Value,
): ReadonlyMap<Key, Value> {
  if (map instanceof OverlayMap) return (map as OverlayMap<Key, Value>).with(key, value);
  return map.size < MOST_OVER
    ? new Map(map).set(key, value)
    : new OverlayMap(map, new Map([[key, value]]));
}
