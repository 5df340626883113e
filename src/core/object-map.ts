import { DEFAULT_SCHEMA, nameKey, type ObjectName } from "./name.ts";
import { LaterMap, type PackedMap, packMap, type Packing } from "./packed-map.ts";

/**
 * A way to find objects other than by their names: by the keys of one part of them. The part is a
 * value that objects share, so that an object with the same part as before stays where it is
 * without a look at its keys.
 */
export interface Grouping<Item> {
  readonly part: (item: Item) => object | undefined;
  /** The keys that the object is found under, each once. */
  readonly keys: (item: Item) => readonly string[];
}

/** What a map holds: its objects by their keys, and the keys of each group. */
export interface ObjectMapDump {
  readonly objects: PackedMap;
  readonly members: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/**
 * Objects by their full name, and by groups. A copy shares all of it until one of the two is
 * written to, so that a schema can be copied for every script and every transaction.
 */
export class ObjectMap<Item extends { readonly name: ObjectName }, Group extends string = never> {
  readonly #groupings: Readonly<Record<Group, Grouping<Item>>>;
  #objects = LaterMap.of<Item>();
  /** For each grouping the keys of the objects under each of its keys. */
  #members: Map<Group, Map<string, readonly string[]>>;
  #shared = false;

  constructor(groupings: Readonly<Record<Group, Grouping<Item>>>) {
    this.#groupings = groupings;
    this.#members = new Map((Object.keys(groupings) as Group[]).map((group) => [group, new Map()]));
  }

  /** The object of exactly this name; a name without a schema is one of `public`. */
  get(name: ObjectName): Item | undefined {
    return this.#objects.get(nameKey(name));
  }

  /** The object that the name stands for, with the schemas of `path` tried in order where it names none. */
  find(name: ObjectName, path: readonly string[]): Item | undefined {
    if (name.schema !== undefined) return this.get(name);
    for (const schema of path) {
      const object = this.#objects.get(`${schema}\0${name.name}`);
      if (object !== undefined) return object;
    }
    return undefined;
  }

  /** A snapshot, so that the caller may change the map while it goes through it. */
  all(): Item[] {
    return [...this.#objects.values()];
  }

  /** A snapshot of the objects under a key of a grouping, in the order in which they came to it. */
  group(group: Group, key: string): readonly Item[] {
    const members = this.#members.get(group)?.get(key);
    return members === undefined ? [] : members.flatMap((name) => this.#objects.get(name) ?? []);
  }

  set(object: Item): void {
    this.#own();
    const name = nameKey(object.name);
    const before = this.#objects.get(name);
    this.#objects.set(name, object);
    this.#regroup(name, before, object);
  }

  delete(name: ObjectName): void {
    const key = nameKey(name);
    const object = this.#objects.get(key);
    if (object === undefined) return;
    this.#own();
    this.#objects.delete(key);
    this.#regroup(key, object, undefined);
  }

  /** All of it as plain values. */
  dump(packing: Packing): ObjectMapDump {
    return { objects: packMap(this.#objects, packing), members: this.#members };
  }

  /** Takes the place of what it holds; of a map with the same groupings. */
  restore({ objects, members }: ObjectMapDump, packing: Packing): void {
    this.#objects = LaterMap.unpack(objects, packing);
    this.#members = new Map(
      [...members].map(([group, keys]) => [group as Group, new Map(keys)] as const),
    );
    this.#shared = false;
  }

  copy(): ObjectMap<Item, Group> {
    this.#shared = true;
    const copy = new ObjectMap(this.#groupings);
    copy.#objects = this.#objects;
    copy.#members = this.#members;
    copy.#shared = true;
    return copy;
  }

  #regroup(name: string, before: Item | undefined, after: Item | undefined): void {
    for (const [group, members] of this.#members) {
      const { part, keys } = this.#groupings[group];
      if (before !== undefined && after !== undefined && part(before) === part(after)) continue;
      const old = before === undefined ? NO_KEYS : keys(before);
      const now = after === undefined ? NO_KEYS : keys(after);
      move(members, name, old, now);
    }
  }

  #own(): void {
    if (!this.#shared) return;
    this.#objects = this.#objects.copy();
    this.#members = new Map(
      [...this.#members].map(([group, members]) => [group, new Map(members)]),
    );
    this.#shared = false;
  }
}

const NO_KEYS: readonly string[] = [];

/** Takes an object from the keys that it had to those that it has now. Lists are values, because copies share them. */
function move(
  members: Map<string, readonly string[]>,
  name: string,
  before: readonly string[],
  after: readonly string[],
): void {
  // Most changes add something at the end.
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const left = before.slice(same);
  const come = after.slice(same);
  for (const key of left) {
    if (come.includes(key)) continue;
    const others = (members.get(key) ?? NO_KEYS).filter((member) => member !== name);
    if (others.length > 0) members.set(key, others);
    else members.delete(key);
  }
  for (const key of come) {
    if (!left.includes(key)) members.set(key, [...(members.get(key) ?? NO_KEYS), name]);
  }
}

/** A grouping by one part of an object, whose keys are computed once for each part. */
export function groupedBy<Item, Part extends object>(
  part: (item: Item) => Part | undefined,
  keysOf: (part: Part) => readonly string[],
): Grouping<Item> {
  const known = new WeakMap<Part, readonly string[]>();
  const keys = (item: Item): readonly string[] => {
    const own = part(item);
    if (own === undefined) return NO_KEYS;
    const before = known.get(own);
    if (before !== undefined) return before;
    const computed = keysOf(own);
    const each = computed.length < 2 ? computed : [...new Set(computed)];
    known.set(own, each);
    return each;
  };
  return { part, keys };
}

/** Whether two names stand for the same object; both are full names, or of `public`. */
export function sameName(one: ObjectName, other: ObjectName): boolean {
  return (
    one.name === other.name && (one.schema ?? DEFAULT_SCHEMA) === (other.schema ?? DEFAULT_SCHEMA)
  );
}
