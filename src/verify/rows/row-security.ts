import type { Database } from "../database.ts";
import { tableText } from "./sql-text.ts";

interface Named {
  readonly schema: string;
  readonly name: string;
}

/**
 * Whether row-level security hides rows of a table (`c` in pg_class) from its own owner, who may lift
 * that: FORCE ROW LEVEL SECURITY does, and a policy may stop a query with an error.
 * https://www.postgresql.org/docs/current/ddl-rowsecurity.html
 */
export const HIDES_ROWS =
  "pg_catalog.row_security_active(c.oid) AND pg_catalog.pg_has_role(c.relowner, 'USAGE')";

/** A query string that sees every row of these tables; what it lifts is back when it ends, however it ends. */
export function seeingAll(tables: readonly Named[], query: string): string {
  if (tables.length === 0) return query;
  return [...tables.map(lifted), query, ...tables.map(forced)].join(";\n");
}

/** The tables of a database that hide rows. */
export async function tablesHidingRows(database: Database): Promise<Named[]> {
  const rows = await database.query(
    `SELECT n.nspname::text, c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relforcerowsecurity AND ${HIDES_ROWS}`,
  );
  return rows.map(([schema, name]) => ({ schema: schema ?? "", name: name ?? "" }));
}

export function lifted(table: Named): string {
  return `ALTER TABLE ${tableText(table)} NO FORCE ROW LEVEL SECURITY`;
}

export function forced(table: Named): string {
  return `ALTER TABLE ${tableText(table)} FORCE ROW LEVEL SECURITY`;
}
