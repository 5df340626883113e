import { displayIdentifier } from "../core/name.ts";
import type { SchemaChange } from "../core/verification.ts";
import type { Catalog, CatalogObject } from "./catalog.ts";
import { excerpts, objectName } from "./object-words.ts";

/** The columns of tables and the attributes of composite types, in order. */
export class TableColumns {
  readonly #tables = new Map<string, CatalogObject[]>();

  constructor(catalog: Catalog) {
    for (const object of catalog) {
      if (!isColumn(object)) continue;
      const key = tableKey(object.schema, object.parent);
      const columns = this.#tables.get(key) ?? [];
      columns.push(object);
      this.#tables.set(key, columns);
    }
  }

  of({ schema, name }: CatalogObject): readonly CatalogObject[] {
    return this.#tables.get(tableKey(schema, name)) ?? [];
  }

  /** Tables whose common columns stand in another order: a column that is dropped and added again goes last. */
  orderChanges(later: TableColumns): SchemaChange[] {
    return [...this.#tables].flatMap(([key, columns]): SchemaChange[] => {
      const others = later.#tables.get(key) ?? [];
      if (columns.every(({ name }, at) => others[at]?.name === name)) return [];
      const before = namesInBoth(columns, others);
      const after = namesInBoth(others, columns);
      const [first] = columns;
      if (first === undefined || before === after) return [];
      const { schema, parent = "" } = first;
      const table = { kind: "table", name: parent, ...(schema === undefined ? {} : { schema }) };
      const name = objectName({ ...table, properties: {} });
      const change = { change: "changed", object: "column order", name } as const;
      return [{ ...change, ...excerpts(before, after), weight: "cosmetic" }];
    });
  }
}

export function isColumn({ kind }: CatalogObject): boolean {
  return kind === "column" || kind === "attribute";
}

function tableKey(schema: string | undefined, table: string | undefined): string {
  return `${schema ?? ""}\0${table ?? ""}`;
}

/** The names of columns that others have too, in order. */
function namesInBoth(columns: readonly CatalogObject[], others: readonly CatalogObject[]): string {
  const common = new Set(others.map(({ name }) => name));
  return columns
    .filter(({ name }) => common.has(name))
    .map(({ name }) => displayIdentifier(name))
    .join(", ");
}
