import { LOCK_MODES, type LockClaim } from "../lock.ts";
import type { ObjectName } from "../name.ts";
import type { RowFilter, RowOperations } from "../operations/rows.ts";
import type { FrameworkOperations } from "../operations/framework.ts";
import type { LockTable as LockTableStatement, SessionOperations } from "../operations/session.ts";
import type { Schema } from "../schema.ts";
import { claim, claimFamily, noLocks, type LockTable } from "./claim.ts";

export const ROW_LOCKS: LockTable<RowOperations["kind"]> = {
  "insert-rows": (operation, schema) => [claim(schema, operation.table, "ROW EXCLUSIVE")],
  "update-rows": changeRows,
  "delete-rows": changeRows,
  "merge-rows": (operation, schema) => [claim(schema, operation.table, "ROW EXCLUSIVE", "scan")],
  "select-rows": (operation, schema) =>
    operation.locksRows
      ? operation.reads.tables.map((table) => claim(schema, table, "ROW SHARE"))
      : [],
  "copy-rows": (operation, schema) =>
    operation.table === undefined || operation.direction === "to"
      ? []
      : [claim(schema, operation.table, "ROW EXCLUSIVE")],
  "call-procedure": noLocks,
};

/** What the code of a step locks is not known: it is not run. */
export const FRAMEWORK_LOCKS: LockTable<FrameworkOperations["kind"]> = { "run-code": noLocks };

export const SESSION_LOCKS: LockTable<SessionOperations["kind"]> = {
  "set-setting": noLocks,
  begin: noLocks,
  commit: noLocks,
  rollback: noLocks,
  savepoint: noLocks,
  "release-savepoint": noLocks,
  "rollback-to-savepoint": noLocks,
  "prepare-transaction": noLocks,
  "commit-prepared": noLocks,
  "rollback-prepared": noLocks,
  "lock-table": lockTable,
  vacuum: (operation, schema) =>
    operation.full
      ? onTables(schema, operation.tables, (table) =>
          claim(schema, table, "ACCESS EXCLUSIVE", "rewrite"),
        )
      : onTables(schema, operation.tables, (table) =>
          claim(schema, table, "SHARE UPDATE EXCLUSIVE", "scan"),
        ),
  analyze: (operation, schema) =>
    onTables(schema, operation.tables, (table) => claim(schema, table, "SHARE UPDATE EXCLUSIVE")),
  "cluster-table": (operation, schema) =>
    operation.table === undefined
      ? []
      : [claim(schema, operation.table, "ACCESS EXCLUSIVE", "rewrite")],
  "do-block": noLocks,
  "session-statement": noLocks,
  unclassified: noLocks,
};

/** How many rows a WHERE makes it read is the planner's choice: without one it is all of them. */
function changeRows(
  operation: { readonly table: ObjectName; readonly filter: RowFilter },
  schema: Schema,
): readonly LockClaim[] {
  const effect = operation.filter === "some" ? "none" : "scan";
  return claimFamily(schema, operation.table, "ROW EXCLUSIVE", effect);
}

function lockTable(operation: LockTableStatement, schema: Schema): readonly LockClaim[] {
  const mode = LOCK_MODES.find((each) => each === operation.mode.toUpperCase());
  return claimFamily(schema, operation.table, mode ?? "ACCESS EXCLUSIVE");
}

/** Without a list every table is meant. */
function onTables(
  schema: Schema,
  tables: readonly ObjectName[],
  lock: (table: ObjectName) => LockClaim,
): readonly LockClaim[] {
  const names = tables.length > 0 ? tables : schema.tables.all().map(({ name }) => name);
  return names.map((name) => lock(name));
}
