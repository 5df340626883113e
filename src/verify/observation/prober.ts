import { displayName } from "../../core/name.ts";
import type { Probe, Waiting } from "../../core/observation.ts";
import type { OtherSession } from "../database.ts";

/** Tables that are tried after one statement. */
const MOST_TABLES = 8;
/** SQLSTATE of a lock that was not had within lock_timeout. */
const LOCK_NOT_AVAILABLE = "55P03";

/** As it was before the open transaction: that is what another session sees. */
function tablesQuery(oids: readonly string[]): string {
  return `SELECT n.nspname::text, c.relname::text, c.relkind::text, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
(SELECT pg_catalog.quote_ident(a.attname) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum LIMIT 1)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid IN (${oids.join(", ")}) AND c.relkind IN ('r', 'p', 'm') ORDER BY 1, 2 LIMIT ${MOST_TABLES}`;
}

/** EXPLAIN takes the locks of the statement that it explains, runs no trigger and changes nothing. */
function probesOf(table: string, kind: string, column: string | null): [Probe, string][] {
  const select: [Probe, string] = ["SELECT", `EXPLAIN SELECT * FROM ${table}`];
  if (kind === "m") return [select];
  return [
    select,
    ["SELECT FOR UPDATE", `EXPLAIN SELECT * FROM ${table} FOR UPDATE`],
    ["INSERT", `EXPLAIN INSERT INTO ${table} DEFAULT VALUES`],
    ...(column === null
      ? []
      : [["UPDATE", `EXPLAIN UPDATE ${table} SET ${column} = DEFAULT`] satisfies [Probe, string]]),
    ["DELETE", `EXPLAIN DELETE FROM ${table}`],
  ];
}

/**
 * Tries on each of these tables, given by oid, what an application does, and tells what waits.
 * A table of which one try ended otherwise than well or by waiting is left out: nothing is known of it.
 */
export async function tryTables(
  session: OtherSession,
  oids: readonly string[],
): Promise<Waiting[] | undefined> {
  if (oids.length === 0) return [];
  const tables = await session.ask(tablesQuery(oids));
  if (tables === undefined || !("rows" in tables)) return undefined;
  const waiting: Waiting[] = [];
  for (const [schema, name, kind, table, column] of tables.rows) {
    const blocked = await tryTable(session, probesOf(table ?? "", kind ?? "", column ?? null));
    if (blocked === "closed") return undefined;
    if (blocked === "unknown") continue;
    waiting.push({ table: displayName({ schema: schema ?? "", name: name ?? "" }), blocked });
  }
  return waiting;
}

async function tryTable(
  session: OtherSession,
  probes: readonly [Probe, string][],
): Promise<Probe[] | "unknown" | "closed"> {
  const blocked: Probe[] = [];
  for (const [probe, sql] of probes) {
    const answer = await session.ask(sql);
    if (answer === undefined) return "closed";
    if ("rows" in answer) continue;
    if (answer.code !== LOCK_NOT_AVAILABLE) return "unknown";
    blocked.push(probe);
  }
  return blocked;
}
