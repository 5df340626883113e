import type { CatalogObject } from "./catalog.ts";
import { indexName, quoteName, splitIdentifier } from "./names.ts";

/** A statement as it is sent, and what it makes. */
export interface Written {
  readonly sql: string;
  readonly table: string;
  readonly object?: CatalogObject;
}

/**
 * A statement that can wait until the end of the migration. Meanwhile its table or columns may get
 * other names, and its own name follows: Django computes it when the statement is sent.
 */
export abstract class TableStatement {
  table: string;
  columns: readonly string[];

  constructor(table: string, columns: readonly string[]) {
    this.table = table;
    this.columns = columns;
  }

  abstract write(): Written;

  refersToTable(table: string): boolean {
    return this.table === table;
  }

  refersToColumn(table: string, column: string): boolean {
    return this.table === table && this.columns.includes(column);
  }

  /** Whether it makes a certain index. A unique one that stands for a constraint is not taken for one. */
  isIndex(_table: string, _name: string): boolean {
    return false;
  }

  renameTable(from: string, to: string): void {
    if (this.table === from) this.table = to;
  }

  renameColumn(table: string, from: string, to: string): void {
    if (this.table === table) this.columns = renamed(this.columns, from, to);
  }
}

function renamed(columns: readonly string[], from: string, to: string): readonly string[] {
  return columns.map((column) => (column === from ? to : column));
}

/** `ALTER TABLE … ADD CONSTRAINT … FOREIGN KEY`. */
export class ForeignKeyStatement extends TableStatement {
  #toTable: string;
  #toColumn: string;
  readonly #isShort: boolean;
  readonly #onDelete: string;

  constructor(key: {
    readonly table: string;
    readonly column: string;
    readonly toTable: string;
    readonly toColumn: string;
    /** Made again by the change of a key's type: its name then does not say where it leads. */
    readonly isShort: boolean;
    /** ` ON DELETE CASCADE`, or nothing. */
    readonly onDelete: string;
  }) {
    super(key.table, [key.column]);
    this.#toTable = key.toTable;
    this.#toColumn = key.toColumn;
    this.#isShort = key.isShort;
    this.#onDelete = key.onDelete;
  }

  get name(): string {
    const [, toTable] = splitIdentifier(this.#toTable);
    const suffix = this.#isShort ? "_fk" : `_fk_${toTable}_${this.#toColumn}`;
    return indexName(this.table, this.columns, suffix);
  }

  override refersToTable(table: string): boolean {
    return super.refersToTable(table) || this.#toTable === table;
  }

  override refersToColumn(table: string, column: string): boolean {
    if (super.refersToColumn(table, column)) return true;
    return this.#toTable === table && this.#toColumn === column;
  }

  override renameTable(from: string, to: string): void {
    super.renameTable(from, to);
    if (this.#toTable === from) this.#toTable = to;
  }

  override renameColumn(table: string, from: string, to: string): void {
    super.renameColumn(table, from, to);
    if (this.#toTable === table && this.#toColumn === from) this.#toColumn = to;
  }

  write(): Written {
    const { name, table, columns } = this;
    const target = `${quoteName(this.#toTable)} (${quoteName(this.#toColumn)})${this.#onDelete}`;
    const list = columns.map(quoteName).join(", ");
    const sql = `ALTER TABLE ${quoteName(table)} ADD CONSTRAINT ${quoteName(name)} FOREIGN KEY (${list}) REFERENCES ${target} DEFERRABLE INITIALLY DEFERRED`;
    return { sql, table, object: { name, kind: "foreign-key", columns, target: this.#toTable } };
  }
}

/** `ALTER TABLE … ADD CONSTRAINT … UNIQUE`. */
export class UniqueStatement extends TableStatement {
  readonly #name: string | undefined;
  readonly #nulls: string;
  readonly #deferrable: string;

  constructor(
    table: string,
    columns: readonly string[],
    options: { readonly name?: string; readonly nulls?: string; readonly deferrable?: string } = {},
  ) {
    super(table, columns);
    this.#name = options.name;
    this.#nulls = options.nulls ?? "";
    this.#deferrable = options.deferrable ?? "";
  }

  write(): Written {
    const { table, columns } = this;
    const name = this.#name ?? indexName(table, columns, "_uniq");
    const list = columns.map(quoteName).join(", ");
    const sql = `ALTER TABLE ${quoteName(table)} ADD CONSTRAINT ${quoteName(name)} UNIQUE${this.#nulls} (${list})${this.#deferrable}`;
    return { sql, table, object: { name, kind: "unique", columns } };
  }
}

/** What CREATE INDEX says besides table and columns; texts stand with the space before them. */
export interface IndexParts {
  readonly name?: string;
  /** The end of a generated name: `_like`. */
  readonly suffix?: string;
  readonly unique?: boolean;
  readonly concurrently?: boolean;
  /** The access method; btree where none is said. */
  readonly method?: string;
  /** Keys that are no columns. */
  readonly expressions?: readonly string[];
  readonly opclasses?: readonly string[];
  /** `DESC`, or nothing, for each column. */
  readonly orders?: readonly string[];
  readonly include?: readonly string[];
  readonly nulls?: string;
  readonly extra?: string;
  readonly condition?: string;
}

/** `CREATE INDEX`. */
export class IndexStatement extends TableStatement {
  readonly #parts: IndexParts;

  constructor(table: string, columns: readonly string[], parts: IndexParts = {}) {
    super(table, columns);
    this.#parts = parts;
  }

  override isIndex(table: string, name: string): boolean {
    return this.table === table && this.name === name && this.#parts.unique !== true;
  }

  get name(): string {
    return this.#parts.name ?? indexName(this.table, this.columns, this.#parts.suffix);
  }

  write(): Written {
    const { table, name } = this;
    const { unique, concurrently, method, expressions } = this.#parts;
    const head = `CREATE ${unique ? "UNIQUE " : ""}INDEX ${concurrently ? "CONCURRENTLY " : ""}`;
    const using = method === undefined ? "" : ` USING ${method}`;
    const keys = expressions ?? this.columns.map((column, index) => this.#key(column, index));
    const sql = `${head}${quoteName(name)} ON ${quoteName(table)}${using} (${keys.join(", ")})${this.#tail()}`;
    const object: CatalogObject = {
      name,
      kind: unique ? "unique-index" : "index",
      columns: expressions === undefined ? this.columns : [],
      method: method ?? "btree",
    };
    return { sql, table, object };
  }

  #tail(): string {
    const { include, nulls = "", extra = "", condition } = this.#parts;
    const included = include?.length ? ` INCLUDE (${include.map(quoteName).join(", ")})` : "";
    const where = condition === undefined ? "" : ` WHERE ${condition}`;
    return `${included}${nulls}${extra}${where}`;
  }

  #key(column: string, index: number): string {
    const parts = [quoteName(column), this.#parts.opclasses?.[index], this.#parts.orders?.[index]];
    return parts.filter((part) => part !== undefined && part !== "").join(" ");
  }
}

/** `ALTER TABLE … ADD CONSTRAINT …` of which only the text is known. */
export class ConstraintStatement extends TableStatement {
  readonly #name: string;
  readonly #definition: string;
  readonly #kind: "check" | "exclusion";

  constructor(
    table: string,
    columns: readonly string[],
    constraint: {
      readonly name: string;
      readonly definition: string;
      readonly kind: "check" | "exclusion";
    },
  ) {
    super(table, columns);
    this.#name = constraint.name;
    this.#definition = constraint.definition;
    this.#kind = constraint.kind;
  }

  write(): Written {
    const { table, columns } = this;
    const name = this.#name;
    const sql = `ALTER TABLE ${quoteName(table)} ADD CONSTRAINT ${quoteName(name)} ${this.#definition}`;
    return { sql, table, object: { name, kind: this.#kind, columns } };
  }
}
