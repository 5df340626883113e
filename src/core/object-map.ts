import { DEFAULT_SCHEMA, nameKey, type ObjectName } from "./name.ts";

/** A way to find objects other than by their names: the groups that an object is in, each once. */
export type Grouping<Item> = (item: Item) => readonly string[];

/**
 * Objects by their full name, and by groups. A copy shares all of it until one of the two is
 * written to, so that a schema can be copied for every script and every transaction.
 */
export class ObjectMap<Item extends { readonly name: ObjectName }> {
  readonly #groupings: readonly Grouping<Item>[];
  #objects = new Map<string, Item>();
  /** The keys of a group's objects. */
  #groups = new Map<string, readonly string[]>();
  #shared = false;

  constructor(...groupings: readonly Grouping<Item>[]) {
    this.#groupings = groupings;
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

  /** A snapshot of the objects of a group, in the order in which they came to it. */
  group(group: string): readonly Item[] {
    const keys = this.#groups.get(group);
    return keys === undefined ? [] : keys.flatMap((key) => this.#objects.get(key) ?? []);
  }

  set(object: Item): void {
    this.#own();
    const key = nameKey(object.name);
    const before = this.#objects.get(key);
    this.#objects.set(key, object);
    for (const grouping of this.#groupings) {
      this.#regroup(key, before === undefined ? NO_GROUPS : grouping(before), grouping(object));
    }
  }

  delete(name: ObjectName): void {
    const key = nameKey(name);
    const object = this.#objects.get(key);
    if (object === undefined) return;
    this.#own();
    this.#objects.delete(key);
    for (const grouping of this.#groupings) this.#regroup(key, grouping(object), NO_GROUPS);
  }

  copy(): ObjectMap<Item> {
    this.#shared = true;
    const copy = new ObjectMap(...this.#groupings);
    copy.#objects = this.#objects;
    copy.#groups = this.#groups;
    copy.#shared = true;
    return copy;
  }

  /** Groups are values, because copies share them. */
  #regroup(key: string, before: readonly string[], after: readonly string[]): void {
    if (before === after) return;
    for (const group of before) {
      if (after.includes(group)) continue;
      const left = (this.#groups.get(group) ?? []).filter((member) => member !== key);
      if (left.length > 0) this.#groups.set(group, left);
      else this.#groups.delete(group);
    }
    for (const group of after) {
      if (!before.includes(group))
        this.#groups.set(group, [...(this.#groups.get(group) ?? []), key]);
    }
  }

  #own(): void {
    if (!this.#shared) return;
    this.#objects = new Map(this.#objects);
    this.#groups = new Map(this.#groups);
    this.#shared = false;
  }
}

const NO_GROUPS: readonly string[] = [];

/**
 * A grouping by one part of an object. The part is a value that objects share, so that its groups
 * are computed once, and an object with the same part as before stays in its groups without a look.
 */
export function groupedBy<Item, Part extends object>(
  partOf: (item: Item) => Part | undefined,
  groupsOf: (part: Part) => Iterable<string>,
): Grouping<Item> {
  const known = new WeakMap<Part, readonly string[]>();
  return (item) => {
    const part = partOf(item);
    if (part === undefined) return NO_GROUPS;
    let groups = known.get(part);
    if (groups === undefined) {
      groups = [...new Set(groupsOf(part))];
      known.set(part, groups);
    }
    return groups;
  };
}

/** Whether two names stand for the same object; both are full names, or of `public`. */
export function sameName(one: ObjectName, other: ObjectName): boolean {
  return (
    one.name === other.name && (one.schema ?? DEFAULT_SCHEMA) === (other.schema ?? DEFAULT_SCHEMA)
  );
}
