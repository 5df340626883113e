import { displayName } from "../core/name.ts";
import type { TableRows } from "../core/verification.ts";
import type { Catalog, CatalogObject } from "./catalog.ts";
import type { Database } from "./database.ts";

/** The rows of one table, by their number and hashes. */
interface TableFingerprint {
  readonly name: string;
  readonly rows: number;
  /** Of all rows, whatever their order and the order of the columns. */
  readonly hash: string;
  /** Of the values of each column, by the column's name. */
  readonly columns: ReadonlyMap<string, string>;
}

/** The rows of a database, by table; tables without rows are left out. */
export interface Fingerprint {
  readonly tables: ReadonlyMap<string, TableFingerprint>;
  /** Tables too large to read, by name. */
  readonly unread: readonly string[];
}

/** Tables larger than this, in bytes, are not read. */
const LARGEST_TABLE = 64 * 1024 * 1024;
/** How many tables one query reads. */
const TABLES_A_QUERY = 40;

// A table that never held a row has no pages.
const TABLES_WITH_PAGES = `SET LOCAL search_path = pg_catalog;
SELECT n.nspname, c.relname, pg_relation_size(c.oid)::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND pg_relation_size(c.oid) > 0`;

/** Reads the rows of the catalog's tables. To be called outside of a transaction. */
export async function readFingerprint(database: Database, catalog: Catalog): Promise<Fingerprint> {
  const sizes = new Map<string, number>();
  for (const [schema, table, bytes] of await database.query(TABLES_WITH_PAGES)) {
    sizes.set(tableKey(schema ?? "", table ?? ""), Number(bytes));
  }
  const columns = storedColumns(catalog, sizes);
  const isTooLarge = (key: string): boolean => (sizes.get(key) ?? 0) > LARGEST_TABLE;
  const keys = [...columns.keys()].filter((key) => !isTooLarge(key));
  const tables = new Map<string, TableFingerprint>();
  for (let start = 0; start < keys.length; start += TABLES_A_QUERY) {
    const some = keys.slice(start, start + TABLES_A_QUERY);
    const rows = await database.query(hashQuery(some.map((key) => columns.get(key) ?? [])));
    for (const [index, count, hash, ...hashes] of rows) {
      const key = some[Number(index)] ?? "";
      const own = columns.get(key) ?? [];
      if (count === "0") continue;
      tables.set(key, {
        name: nameOf(own),
        rows: Number(count),
        hash: hash ?? "",
        columns: new Map((hashes[0] ?? "").split(",").map((one, at) => [own[at]?.name ?? "", one])),
      });
    }
  }
  const unread = [...columns].filter(([key]) => isTooLarge(key)).map(([, own]) => nameOf(own));
  return { tables, unread };
}

/** The columns of the tables that may hold rows, in alphabetical order; generated ones follow from the others. */
function storedColumns(
  catalog: Catalog,
  tables: ReadonlyMap<string, number>,
): Map<string, CatalogObject[]> {
  const columns = new Map<string, CatalogObject[]>();
  for (const object of catalog) {
    const { kind, schema, parent, properties } = object;
    const key = tableKey(schema ?? "", parent ?? "");
    if (kind !== "column" || !tables.has(key) || "generated" in properties) continue;
    columns.set(key, [...(columns.get(key) ?? []), object]);
  }
  return new Map(
    [...columns].map(([key, own]) => [key, own.toSorted((a, b) => (a.name < b.name ? -1 : 1))]),
  );
}

/**
 * One row for each table: its index, how many rows, their hash, the hashes of the columns. Hashes
 * are put in order first: without it, the order in which a server happens to read would count.
 */
function hashQuery(tables: readonly (readonly CatalogObject[])[]): string {
  const selects = tables.map((columns, index) => {
    const [first] = columns;
    const from = `${quote(first?.schema ?? "")}.${quote(first?.parent ?? "")}`;
    const one = columns.map(({ name }) => hashOf(`md5(ROW(t.${quote(name)})::text)`));
    const all = hashOf(
      `md5(ROW(${columns.map(({ name }) => `t.${quote(name)}`).join(", ")})::text)`,
    );
    return `SELECT '${index}', count(*)::text, ${all}, array_to_string(ARRAY[${one.join(", ")}], ',') FROM ONLY ${from} AS t`;
  });
  return `SET LOCAL search_path = pg_catalog; SET LOCAL jit = off; ${selects.join("\nUNION ALL\n")}`;
}

function hashOf(row: string): string {
  return `md5(string_agg(${row}, '' ORDER BY ${row} COLLATE "C"))`;
}

/** Tables of which the rows are not the same, those that `catalog` no longer has left out. */
export function compareRows(
  before: Fingerprint,
  after: Fingerprint,
  catalog: Catalog,
): TableRows[] {
  const remaining = new Set(
    catalog
      .filter(({ kind }) => kind === "table")
      .map(({ schema, name }) => tableKey(schema ?? "", name)),
  );
  const keys = new Set([...before.tables.keys(), ...after.tables.keys()]);
  return [...keys]
    .filter((key) => remaining.has(key))
    .toSorted()
    .flatMap((key) => compareTable(before.tables.get(key), after.tables.get(key)) ?? []);
}

const NO_ROWS: TableFingerprint = { name: "", rows: 0, hash: "", columns: new Map() };

function compareTable(before = NO_ROWS, after = NO_ROWS): TableRows | undefined {
  const table = before.name || after.name;
  const counts = { table, before: before.rows, after: after.rows };
  if (before.rows !== after.rows) return counts;
  const changedColumns = [...before.columns]
    .filter(([column, hash]) => (after.columns.get(column) ?? hash) !== hash)
    .map(([column]) => column);
  if (changedColumns.length > 0) return { ...counts, changedColumns };
  // Each column has the same values: they may have been exchanged between rows.
  return before.hash === after.hash || !haveSameColumns(before, after) ? undefined : counts;
}

function haveSameColumns(before: TableFingerprint, after: TableFingerprint): boolean {
  return (
    before.columns.size === after.columns.size &&
    [...before.columns.keys()].every((column) => after.columns.has(column))
  );
}

function nameOf(columns: readonly CatalogObject[]): string {
  const [first] = columns;
  return displayName({ schema: first?.schema ?? "", name: first?.parent ?? "" });
}

function tableKey(schema: string, table: string): string {
  return JSON.stringify([schema, table]);
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
