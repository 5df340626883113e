import type { Operation } from "./operation.ts";
import type { MigrationClass } from "./review.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Script } from "./statement.ts";

const NEITHER = new Set<Operation["kind"]>([
  "select-rows",
  "set-setting",
  "session-statement",
  "begin",
  "commit",
  "rollback",
  "savepoint",
  "release-savepoint",
  "rollback-to-savepoint",
  "prepare-transaction",
  "commit-prepared",
  "rollback-prepared",
  "lock-table",
  "vacuum",
  "analyze",
  "do-block",
]);

const ON_ROWS = new Set<Operation["kind"]>([
  "insert-rows",
  "update-rows",
  "delete-rows",
  "merge-rows",
  "copy-rows",
  "call-procedure",
  "truncate",
  "run-code",
]);

/** Classes a migration by its up script; nothing is said of one in which nothing was found and not all was read. */
export function classOfScript({ statements, unparsed }: Script): MigrationClass {
  const operations = statements.flatMap((statement) => statement.operations);
  const kind = classOf(operations);
  return kind === "nothing" && (unparsed.length > 0 || operations.some(isUnread))
    ? "unknown"
    : kind;
}

function isUnread(operation: Operation): boolean {
  return operation.kind === "do-block" && (operation.dynamic || !operation.readable);
}

/** Classes operations by what they act on. */
export function classOf(operations: readonly Operation[]): MigrationClass {
  const data = operations.some(({ kind }) => ON_ROWS.has(kind));
  const schema = operations.some(({ kind }) => !ON_ROWS.has(kind) && !NEITHER.has(kind));
  if (data) return schema ? "schema-and-data" : "data";
  return schema ? "schema" : "nothing";
}

/**
 * Whether an operation removes rows, or values of rows, that no down script brings back. A table
 * that the migrations under review made, or a column that they added, holds nothing to lose.
 */
export function destroys(
  operation: Operation,
  context: Pick<RuleContext, "isNewTable" | "column">,
): boolean {
  switch (operation.kind) {
    case "drop-table":
    case "truncate":
      return !context.isNewTable(operation.table);
    case "drop-column":
      return (
        !context.isNewTable(operation.table) &&
        context.column(operation.table, operation.column)?.isNew !== true
      );
    case "delete-rows":
      return operation.filter !== "some" && !context.isNewTable(operation.table);
    case "drop-schema":
    case "drop-type":
    case "drop-extension":
      return operation.cascade;
    case "drop-object":
      return operation.object === "database" || operation.object === "owned-objects";
    default:
      return false;
  }
}
