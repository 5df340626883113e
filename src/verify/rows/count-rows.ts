import type { Session } from "../session.ts";
import { tableText } from "./sql-text.ts";
import type { TableShape } from "./table-shape.ts";

const TABLES_A_QUERY = 100;

/** How many rows the tables hold that ever held one. */
export async function countRows(
  session: Session,
  tables: readonly TableShape[],
): Promise<Map<string, number>> {
  const sized = await session.database.query(
    `SELECT oid::text FROM pg_catalog.pg_class WHERE relkind = 'r' AND oid >= 16384 AND pg_catalog.pg_relation_size(oid) > 0`,
  );
  const withPages = new Set(sized.map(([oid]) => oid));
  const selects = tables
    .filter(({ oid }) => withPages.has(oid))
    .map((table) => `SELECT '${table.oid}', count(*)::text FROM ONLY ${tableText(table)}`);
  const counts = new Map<string, number>();
  for (let start = 0; start < selects.length; start += TABLES_A_QUERY) {
    const some = selects.slice(start, start + TABLES_A_QUERY);
    for (const [oid, count] of await session.database.query(some.join(" UNION ALL "))) {
      counts.set(oid ?? "", Number(count));
    }
  }
  return counts;
}
