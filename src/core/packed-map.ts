/** How plain values become bytes and are read from them. */
export interface Packing {
  pack(value: unknown): Uint8Array;
  /** @param bytes what `pack` gave */
  unpack(bytes: Uint8Array): unknown;
}

/** A map as it is kept: each of its values in bytes of its own. */
export interface PackedMap {
  readonly keys: readonly string[];
  /** Where the bytes of each value end. */
  readonly ends: readonly number[];
  readonly bytes: Uint8Array;
}

/** A value that is read from its bytes when it is first asked for: the same one to whoever asks. */
class Packed {
  readonly #packing: Packing;
  readonly #start: number;
  readonly #end: number | undefined;
  #bytes: Uint8Array | undefined;
  #value: unknown;

  constructor(bytes: Uint8Array, start: number, end: number | undefined, packing: Packing) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#packing = packing;
  }

  read(): unknown {
    if (this.#bytes !== undefined) {
      this.#value = this.#packing.unpack(this.#bytes.subarray(this.#start, this.#end));
      this.#bytes = undefined;
    }
    return this.#value;
  }
}

/** A map whose values may still be in their bytes. */
export class LaterMap<Value> implements ReadonlyMap<string, Value> {
  #cells: Map<string, Value | Packed>;
  #shared = false;

  private constructor(cells: Map<string, Value | Packed>) {
    this.#cells = cells;
  }

  static of<Value>(entries: Iterable<readonly [string, Value]> = []): LaterMap<Value> {
    return new LaterMap(new Map<string, Value | Packed>(entries));
  }

  /** @param packed what `pack` gave of a map of such values */
  static unpack<Value>({ keys, ends, bytes }: PackedMap, packing: Packing): LaterMap<Value> {
    const cells = new Map<string, Value | Packed>();
    keys.forEach((key, index) => {
      cells.set(key, new Packed(bytes, ends[index - 1] ?? 0, ends[index], packing));
    });
    return new LaterMap(cells);
  }

  get size(): number {
    return this.#cells.size;
  }

  get(key: string): Value | undefined {
    return opened(this.#cells.get(key)) as Value | undefined;
  }

  /** Whether a copy still has the value under a key that this one has; to ask decodes nothing. */
  shares(key: string, copy: LaterMap<Value>): boolean {
    return this.#cells.has(key) && this.#cells.get(key) === copy.#cells.get(key);
  }

  has(key: string): boolean {
    return this.#cells.has(key);
  }

  set(key: string, value: Value): void {
    this.#own();
    this.#cells.set(key, value);
  }

  delete(key: string): boolean {
    this.#own();
    return this.#cells.delete(key);
  }

  /** Costs nothing until one of the two is written to. */
  copy(): LaterMap<Value> {
    const copy = new LaterMap(this.#cells);
    this.#shared = true;
    copy.#shared = true;
    return copy;
  }

  #own(): void {
    if (this.#shared) this.#cells = new Map(this.#cells);
    this.#shared = false;
  }

  forEach(
    visit: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void,
    self?: unknown,
  ): void {
    for (const [key, value] of this) visit.call(self, value, key, this);
  }

  *entries(): Generator<[string, Value], undefined> {
    for (const [key, cell] of this.#cells) yield [key, opened(cell) as Value];
  }

  keys(): ReturnType<Map<string, Value>["keys"]> {
    return this.#cells.keys();
  }

  *values(): Generator<Value, undefined> {
    for (const cell of this.#cells.values()) yield opened(cell) as Value;
  }

  [Symbol.iterator](): Generator<[string, Value], undefined> {
    return this.entries();
  }
}

function opened(cell: unknown): unknown {
  return cell instanceof Packed ? cell.read() : cell;
}

/** A map of plain values in bytes, of which each can be read without the others. */
export function packMap(map: ReadonlyMap<string, unknown>, packing: Packing): PackedMap {
  const parts = [...map.values()].map((value) => packing.pack(value));
  const ends: number[] = [];
  let end = 0;
  for (const part of parts) ends.push((end += part.length));
  const bytes = new Uint8Array(end);
  parts.forEach((part, index) => bytes.set(part, ends[index - 1] ?? 0));
  return { keys: [...map.keys()], ends, bytes };
}
