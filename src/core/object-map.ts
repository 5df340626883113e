import { DEFAULT_SCHEMA, nameKey, type ObjectName } from "./name.ts";

/**
 * Objects by their full name. A copy shares the objects until one of the two is written to, so that
 * a schema can be copied for every script and every transaction.
 */
export class ObjectMap<Item extends { readonly name: ObjectName }> {
  readonly #groupsOf: (item: Item) => readonly string[];
  #objects = new Map<string, Item>();
  #groups = new Map<string, readonly Item[]>();
  #shared = false;

  /** @param groupsOf the groups that an object is found by, beside its name; each once */
  constructor(groupsOf: (item: Item) => readonly string[] = () => []) {
    this.#groupsOf = groupsOf;
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

  /** For looking only: the map must not change meanwhile. */
  values(): IterableIterator<Item> {
    return this.#objects.values();
  }

  /** The objects of a group, in the order in which they came to it. */
  group(key: string): readonly Item[] {
    return this.#groups.get(key) ?? [];
  }

  set(object: Item): void {
    this.#own();
    const key = nameKey(object.name);
    const before = this.#objects.get(key);
    this.#objects.set(key, object);
    const groups = this.#groupsOf(object);
    if (before !== undefined) {
      for (const group of this.#groupsOf(before)) {
        if (!groups.includes(group)) this.#regroup(group, before, undefined);
      }
    }
    for (const group of groups) this.#regroup(group, before, object);
  }

  delete(name: ObjectName): void {
    const key = nameKey(name);
    const object = this.#objects.get(key);
    if (object === undefined) return;
    this.#own();
    this.#objects.delete(key);
    for (const group of this.#groupsOf(object)) this.#regroup(group, object, undefined);
  }

  copy(): ObjectMap<Item> {
    this.#shared = true;
    const copy = new ObjectMap(this.#groupsOf);
    copy.#objects = this.#objects;
    copy.#groups = this.#groups;
    copy.#shared = true;
    return copy;
  }

  /** Puts one object of a group in the place of another. Groups are values, because copies share them. */
  #regroup(group: string, before: Item | undefined, after: Item | undefined): void {
    const members = this.#groups.get(group) ?? [];
    const at = before === undefined ? -1 : members.indexOf(before);
    if (at === -1) {
      if (after !== undefined) this.#groups.set(group, [...members, after]);
      return;
    }
    const changed = members.toSpliced(at, 1, ...(after === undefined ? [] : [after]));
    if (changed.length === 0) this.#groups.delete(group);
    else this.#groups.set(group, changed);
  }

  #own(): void {
    if (!this.#shared) return;
    this.#objects = new Map(this.#objects);
    this.#groups = new Map(this.#groups);
    this.#shared = false;
  }
}

/** Whether two names stand for the same object; both are full names, or of `public`. */
export function sameName(one: ObjectName, other: ObjectName): boolean {
  return (
    one.name === other.name && (one.schema ?? DEFAULT_SCHEMA) === (other.schema ?? DEFAULT_SCHEMA)
  );
}
