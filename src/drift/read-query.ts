import type { Database } from "../verify/database.ts";
import type { QueryResult } from "./messages.ts";

/**
 * Runs a query of the engine's, whose parameters are put into its text, and reads its columns' types.
 * To be called outside of a transaction; leaves nothing behind. Throws what the server refuses.
 */
export async function readQuery(
  database: Database,
  sql: string,
  args: readonly unknown[],
): Promise<QueryResult> {
  const setting = /^\s*SHOW\s+(\w+)\s*;?\s*$/i.exec(sql)?.[1];
  const text =
    setting === undefined
      ? withArguments(sql, args).trim().replace(/;$/, "")
      : `SELECT pg_catalog.current_setting('${setting}') AS "${setting}"`;
  // The text may end in a comment. The information schema's types are domains.
  const columns = await database.query(
    `CREATE TEMP TABLE migrate_verify_columns ON COMMIT DROP AS SELECT * FROM (${text}
) AS q WITH NO DATA;
SELECT a.attname::text, CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END::text
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = 'pg_temp.migrate_verify_columns'::pg_catalog.regclass AND a.attnum > 0 ORDER BY a.attnum`,
  );
  const names = columns.map((_, at) => `c${at}`);
  const rows = await database.query(
    `SELECT pg_catalog.json_build_array(${names.join(", ")})::text FROM (${text}
) AS q (${names.join(", ")})`,
  );
  return {
    columns: columns.map(([name, type]) => ({ name: name ?? "", type: type ?? "" })),
    rows: rows.map(([row]) => JSON.parse(row ?? "[]") as unknown[]),
  };
}

/** `$1` and so on as literals, of which the server finds out the types. */
function withArguments(sql: string, args: readonly unknown[]): string {
  return sql.replaceAll(/\$(\d+)/g, (_, number: string) => literal(args[Number(number) - 1]));
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  const text = Array.isArray(value)
    ? `{${value.map((item) => JSON.stringify(String(item))).join(",")}}`
    : typeof value === "string"
      ? value
      : JSON.stringify(value);
  return `'${text.replaceAll("'", "''")}'`;
}
