import type { SchemaChange } from "../core/verification.ts";
import { displayName } from "../core/name.ts";
import type { Database } from "./database.ts";
import { quoteIdentifier, tableText } from "./rows/sql-text.ts";

/** Sequences of columns that give next what their column holds, or soon will: by name, each as a change. */
export type BehindRows = ReadonlyMap<string, SchemaChange>;

// A sequence that never gave a value, of a column of a table that may hold rows.
const UNUSED = `SELECT m.nspname, s.relname, q.seqstart::text, n.nspname, c.relname, a.attname
FROM pg_catalog.pg_class s JOIN pg_catalog.pg_namespace m ON m.oid = s.relnamespace JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = s.oid AND d.objsubid = 0 AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
  JOIN pg_catalog.pg_class c ON c.oid = d.refobjid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
WHERE s.relkind = 'S' AND s.relpersistence <> 't' AND q.seqincrement > 0 AND a.atttypid IN (20, 21, 23) AND c.relkind = 'r' AND pg_catalog.pg_relation_size(c.oid) > 0
  AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
  AND CASE WHEN pg_catalog.has_sequence_privilege(s.oid, 'USAGE') THEN pg_catalog.pg_sequence_last_value(s.oid) IS NULL ELSE false END`;

/**
 * The sequences that start over although rows are there, as one does that is made anew for a table
 * whose rows were copied: the next INSERT meets a key that is taken.
 */
export async function sequencesBehindRows(database: Database): Promise<BehindRows> {
  const found = new Map<string, SchemaChange>();
  for (const row of await database.query(UNUSED)) {
    const [of = "", sequence = "", start = "", schema = "", table = "", column = ""] = row.map(
      (one) => one ?? "",
    );
    const [[most] = []] = await database.query(
      `SELECT pg_catalog.max(${quoteIdentifier(column)})::text FROM ${tableText({ schema, name: table })}`,
    );
    if (typeof most !== "string" || BigInt(most) < BigInt(start)) continue;
    const name = displayName({ schema: of, name: sequence });
    const place = `${displayName({ schema, name: table })}.${column}`;
    found.set(name, {
      change: "changed",
      object: "sequence",
      name,
      before: `beyond the values of ${place}`,
      after: `starts at ${start}, and ${place} holds values up to ${most}`,
      weight: "semantic",
    });
  }
  return found;
}
