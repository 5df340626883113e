import { displayName, nameKey } from "../../core/name.ts";
import type { ScriptRun } from "../script-run.ts";
import type { Session } from "../session.ts";

/** A table that was made from a query. */
export interface DerivedTable {
  /** As SQL writes it. */
  readonly table: string;
  readonly query: string;
}

const MADE_AS =
  /^CREATE\s+(?:UNLOGGED\s+)?TABLE\s+[^()]+?\s+AS\s+(?=SELECT\b|WITH\b)(.*?)(?:\s+WITH\s+(?:NO\s+)?DATA)?;?$/is;

/**
 * The tables that scripts leave as a query made them: caches, whose rows follow from those of other
 * tables, as made up ones would not.
 */
export function derivedTables(scripts: readonly ScriptRun[]): DerivedTable[] {
  const tables = new Map<string, DerivedTable>();
  for (const { script } of scripts) {
    for (const { operations, span } of script.statements) {
      for (const operation of operations) {
        if (operation.kind === "drop-table" || operation.kind === "rename-table") {
          tables.delete(nameKey(operation.table));
        }
        if (operation.kind !== "create-table-as" || operation.inside !== undefined) continue;
        const query = MADE_AS.exec(script.text.slice(span.start, span.end).trim())?.[1];
        if (query === undefined) continue;
        const table = displayName(operation.table);
        tables.set(nameKey(operation.table), { table, query });
      }
    }
  }
  return [...tables.values()];
}

/**
 * Gives tables the rows that their queries give, where there are any. A table that is no longer as its
 * query made it keeps what it has.
 */
export async function deriveRows(session: Session, tables: readonly DerivedTable[]): Promise<void> {
  for (const { table, query } of tables) {
    if (!session.alive) return;
    const text = `DO $derive$ BEGIN IF EXISTS (${query}) THEN DELETE FROM ${table}; INSERT INTO ${table} ${query}; END IF; END $derive$`;
    await session.send([text], session.context.clock.forScript());
  }
  if (session.alive && tables.length > 0) await session.reset();
}
