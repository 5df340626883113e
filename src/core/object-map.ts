import { DEFAULT_SCHEMA, nameKey, type ObjectName } from "./name.ts";

/**
 * Objects by their full name. A copy shares the objects until one of the two is written to, so that
 * a schema can be copied for every script and every transaction.
 */
export class ObjectMap<Item extends { readonly name: ObjectName }> {
  #objects: Map<string, Item>;
  #shared = false;

  constructor(objects = new Map<string, Item>()) {
    this.#objects = objects;
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

  set(object: Item): void {
    this.#own().set(nameKey(object.name), object);
  }

  delete(name: ObjectName): void {
    this.#own().delete(nameKey(name));
  }

  copy(): ObjectMap<Item> {
    this.#shared = true;
    const copy = new ObjectMap(this.#objects);
    copy.#shared = true;
    return copy;
  }

  #own(): Map<string, Item> {
    if (this.#shared) {
      this.#objects = new Map(this.#objects);
      this.#shared = false;
    }
    return this.#objects;
  }
}

/** Whether two names stand for the same object; both are full names, or of `public`. */
export function sameName(one: ObjectName, other: ObjectName): boolean {
  return (
    one.name === other.name && (one.schema ?? DEFAULT_SCHEMA) === (other.schema ?? DEFAULT_SCHEMA)
  );
}
