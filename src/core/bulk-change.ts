import type { Confidence } from "./finding.ts";
import type { ObjectName } from "./name.ts";
import type { DeleteRows, MergeRows, UpdateRows } from "./operations/rows.ts";
import type { Operation } from "./operation.ts";
import { sameName } from "./object-map.ts";
import type { RuleContext } from "./rule-context.ts";

/** A statement that changes rows which are there already. */
export type RowChange = UpdateRows | DeleteRows | MergeRows;

/**
 * How sure it is that a statement changes many rows of a table in use; undefined where it does not:
 * the table is new, or known to be smaller than `rows`, or the WHERE names rows by a key or takes
 * one batch with LIMIT.
 */
export function changesManyRows(
  change: RowChange,
  context: RuleContext,
  rows: number,
): Confidence | undefined {
  if (isSpared(change.table, context, rows)) return undefined;
  if (change.kind === "merge-rows") {
    // A source of VALUES alone is a list that somebody wrote by hand.
    const source = change.reads.tables.some((table) => !sameName(table, change.table));
    return source ? "medium" : undefined;
  }
  if (change.limited || change.comparesNull !== undefined) return undefined;
  if (change.filter !== "some") return "high";
  if (namesRowsByKey(change, context) || isBatch(change, context)) return undefined;
  return change.filterIsLiteral && change.filterColumns.length > 0 ? "low" : "medium";
}

/** It stands in a loop of a DO block that commits: each time round it changes what its WHERE lets through, and lets go. */
function isBatch({ inside, span }: RowChange, context: RuleContext): boolean {
  if (inside?.conditional !== true) return false;
  return context.operations.some(
    (other) =>
      other.kind === "commit" &&
      other.inside?.conditional === true &&
      other.span.start > span.start,
  );
}

/** The first operation of its transaction that took an ACCESS EXCLUSIVE lock on a table in use, with that table. */
export function exclusiveLockBefore(
  context: RuleContext,
): { readonly table: ObjectName; readonly operation: Operation } | undefined {
  for (const operation of context.earlierInTransaction()) {
    const claim = context
      .locks(operation)
      .find(({ mode, table }) => mode === "ACCESS EXCLUSIVE" && !context.isNewTable(table));
    if (claim !== undefined) return { table: claim.table, operation };
  }
  return undefined;
}

/** The WHERE compares every column of a unique key with a literal, or with a variable of the loop that it stands in. */
function namesRowsByKey(change: UpdateRows | DeleteRows, context: RuleContext): boolean {
  const single = change.filterIsLiteral || change.inside?.conditional === true;
  if (!single || change.filterColumns.length === 0) return false;
  // Nothing is known of a table that the migrations did not make: a literal is taken for a key.
  if (context.table(change.table) === undefined) return true;
  return context
    .indexesOf(change.table)
    .some(
      ({ unique, partial, columns }) =>
        unique &&
        !partial &&
        columns.every((column) => column !== undefined && change.filterColumns.includes(column)),
    );
}

/** A new table, a small one, or one of PostgreSQL's own. */
function isSpared(table: ObjectName, context: RuleContext, rows: number): boolean {
  if (context.isNewTable(table) || isCatalog(table)) return true;
  return (context.rows(table) ?? Infinity) < rows;
}

/** PostgreSQL's own tables: no code of the application writes to them. */
function isCatalog({ schema, name }: ObjectName): boolean {
  return schema === "pg_catalog" || (schema === undefined && name.startsWith("pg_"));
}
