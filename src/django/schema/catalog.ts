import { LaterMap, type PackedMap, packMap, type Packing } from "../../core/packed-map.ts";
import { cutName } from "./names.ts";

/** A constraint, index or sequence of a table. */
export interface CatalogObject {
  readonly name: string;
  readonly kind:
    | "primary-key"
    | "unique"
    | "foreign-key"
    | "check"
    | "exclusion"
    | "index"
    | "unique-index"
    | "sequence";
  /** Its columns in order; empty for what stands on expressions. */
  readonly columns: readonly string[];
  /** The access method of an index. */
  readonly method?: string;
  /** The table that a foreign key refers to. */
  readonly target?: string;
}

const INDEXES: ReadonlySet<CatalogObject["kind"]> = new Set(["index", "unique-index"]);

/** What a catalog holds. */
export interface CatalogDump {
  readonly tables: PackedMap;
  readonly extensions: ReadonlySet<string>;
  readonly indeterministic: ReadonlySet<string>;
}

/**
 * What the statements so far have made, by its names: Django looks constraints up in the database
 * before it drops them, and this stands for that database.
 */
export class Catalog {
  #tables: LaterMap<readonly CatalogObject[]>;
  readonly #extensions: Set<string>;
  /** Collations under which `LIKE` cannot use an index. */
  readonly #indeterministic: Set<string>;

  constructor(other?: Catalog) {
    this.#tables = other === undefined ? LaterMap.of() : other.#tables.copy();
    this.#extensions = new Set(other === undefined ? [] : other.#extensions);
    this.#indeterministic = new Set(other === undefined ? [] : other.#indeterministic);
  }

  /** All of it as plain values. */
  dump(packing: Packing): CatalogDump {
    return {
      tables: packMap(this.#tables, packing),
      extensions: this.#extensions,
      indeterministic: this.#indeterministic,
    };
  }

  static of({ tables, extensions, indeterministic }: CatalogDump, packing: Packing): Catalog {
    const catalog = new Catalog();
    catalog.#tables = LaterMap.unpack(tables, packing);
    for (const name of extensions) catalog.#extensions.add(name);
    for (const name of indeterministic) catalog.#indeterministic.add(name);
    return catalog;
  }

  get tables(): ReadonlyMap<string, readonly CatalogObject[]> {
    return this.#tables;
  }

  /** Whether another catalog knows the same objects by the same names. */
  equals(other: Catalog): boolean {
    if (this.#tables.size !== other.#tables.size) return false;
    return [...this.#tables.keys()].every((table) => {
      if (this.#tables.shares(table, other.#tables)) return true;
      const others = other.#tables.get(table);
      return others !== undefined && isSameSet(this.of(table), others);
    });
  }

  of(table: string): readonly CatalogObject[] {
    return this.#tables.get(table) ?? [];
  }

  createTable(table: string): void {
    this.#tables.set(table, []);
  }

  dropTable(table: string): void {
    this.#tables.delete(table);
  }

  /** DROP TABLE … CASCADE: the foreign keys that refer to it go with it. */
  dropReferences(table: string): void {
    for (const [other, objects] of this.#tables) {
      if (objects.some(({ target }) => target === table)) {
        this.#change(other, (all) => all.filter(({ target }) => target !== table));
      }
    }
  }

  renameTable(from: string, to: string): void {
    const renamed = this.#tables.get(from);
    if (renamed === undefined) return;
    this.#tables.delete(from);
    this.#tables.set(to, renamed);
    for (const [table, objects] of this.#tables) {
      if (!objects.some(({ target }) => target === from)) continue;
      this.#change(table, (all) =>
        all.map((object) => (object.target === from ? { ...object, target: to } : object)),
      );
    }
  }

  /** Whether there is a constraint of a name, or anything of it that is an index or has one. */
  has(name: string, isConstraint: boolean): boolean {
    const cut = cutName(name);
    return [...this.#tables.values()].some((objects) =>
      objects.some((one) => one.name === cut && !(isConstraint && INDEXES.has(one.kind))),
    );
  }

  add(table: string, object: CatalogObject): void {
    this.#tables.set(table, [...this.of(table), { ...object, name: cutName(object.name) }]);
  }

  /** Drops a constraint or an index by its name. */
  drop(table: string, name: string): void {
    const cut = cutName(name);
    this.#change(table, (objects) => objects.filter((object) => object.name !== cut));
  }

  dropColumn(table: string, column: string): void {
    this.#change(table, (objects) => objects.filter(({ columns }) => !columns.includes(column)));
  }

  dropSequence(table: string, column: string): void {
    this.#change(table, (objects) =>
      objects.filter(({ kind, columns }) => kind !== "sequence" || columns[0] !== column),
    );
  }

  renameColumn(table: string, from: string, to: string): void {
    this.#change(table, (objects) =>
      objects.map((object) => ({
        ...object,
        columns: object.columns.map((column) => (column === from ? to : column)),
      })),
    );
  }

  rename(table: string, from: string, to: string): void {
    this.#change(table, (objects) =>
      objects.map((object) =>
        object.name === cutName(from) ? { ...object, name: cutName(to) } : object,
      ),
    );
  }

  /** Drops an index of whatever table. */
  dropNamed(name: string): void {
    const table = this.#ownerOf(name);
    if (table !== undefined) this.drop(table, name);
  }

  /** Renames an index of whatever table. */
  renameNamed(from: string, to: string): void {
    const table = this.#ownerOf(from);
    if (table !== undefined) this.rename(table, from, to);
  }

  /** Makes an index that is there a constraint's own. */
  adopt(table: string, index: string, constraint: Pick<CatalogObject, "name" | "kind">): void {
    const columns = this.of(table).find(({ name }) => name === cutName(index))?.columns ?? [];
    this.drop(table, index);
    this.add(table, { ...constraint, columns });
  }

  #ownerOf(name: string): string | undefined {
    const cut = cutName(name);
    for (const [table, objects] of this.#tables) {
      if (objects.some((object) => object.name === cut)) return table;
    }
    return undefined;
  }

  #change(
    table: string,
    change: (objects: readonly CatalogObject[]) => readonly CatalogObject[],
  ): void {
    const objects = this.#tables.get(table);
    if (objects !== undefined) this.#tables.set(table, change(objects));
  }

  /** The names of the objects of some kinds on exactly these columns, in the order of the names. */
  named(
    table: string,
    columns: readonly string[],
    matches: (object: CatalogObject) => boolean,
  ): string[] {
    return this.of(table)
      .filter((object) => matches(object) && isSameList(object.columns, columns))
      .map(({ name }) => name)
      .toSorted();
  }

  /** The name of the sequence that a column counts by. */
  sequence(table: string, column: string): string | undefined {
    return this.of(table).find((one) => one.kind === "sequence" && one.columns[0] === column)?.name;
  }

  hasExtension(name: string): boolean {
    return this.#extensions.has(name);
  }

  setExtension(name: string, isThere: boolean): void {
    if (isThere) this.#extensions.add(name);
    else this.#extensions.delete(name);
  }

  isDeterministic(collation: string): boolean {
    return !this.#indeterministic.has(collation);
  }

  setIndeterministic(collation: string): void {
    this.#indeterministic.add(collation);
  }
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function text({ name, kind, columns }: CatalogObject): string {
  return [name, kind, ...columns].join();
}

function isSameSet(a: readonly CatalogObject[], b: readonly CatalogObject[]): boolean {
  const known = new Set(a.map(text));
  return a.length === b.length && b.every((object) => known.has(text(object)));
}
