import { tableText } from "./sql-text.ts";

/** The rows of a table by their number and hashes. */
export interface TableDigest {
  readonly rows: number;
  /** Of all rows, whatever their order. */
  readonly hash: string;
  /** Of the values of each column. */
  readonly columns: readonly string[];
}

/** A table, and an expression for the text of each of its columns. */
interface Digested {
  readonly table: { readonly oid: string; readonly schema: string; readonly name: string };
  readonly texts: readonly string[];
}

/**
 * One row for each table: its oid, how many rows, their hash, the hashes of the columns. Hashes are
 * put in order first: without it, the order in which a server happens to read would count.
 */
export function digestQuery(tables: readonly Digested[]): string {
  const selects = tables.map(({ table, texts }) => {
    const one = texts.map((text) => hashOf(`md5(ROW(${text})::text)`));
    const all = hashOf(`md5(ROW(${texts.join(", ")})::text)`);
    return `SELECT '${table.oid}', count(*)::text, ${all}, array_to_string(ARRAY[${one.join(", ")}], ',') FROM ONLY ${tableText(table)} AS t`;
  });
  return selects.join("\nUNION ALL\n");
}

function hashOf(row: string): string {
  return `md5(string_agg(${row}, '' ORDER BY ${row} COLLATE "C"))`;
}
