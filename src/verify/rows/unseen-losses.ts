import { displayName, type ObjectName } from "../../core/name.ts";
import type { OperationKind } from "../../core/operation.ts";
import type { Script } from "../../core/statement.ts";
import { RUNNER_TABLES } from "../runner-tables.ts";
import { holdsRows, type RowSnapshot, type TableSnapshot } from "./row-snapshot.ts";

/** Operations that may take rows or values of a table away. */
const TAKING: ReadonlySet<OperationKind> = new Set([
  "alter-column-type",
  "delete-rows",
  "drop-column",
  "drop-table",
  "merge-rows",
  "truncate",
  "update-rows",
]);

/**
 * The tables of which an up may take rows or values away, and that held none before it: what becomes
 * of rows in them is not known then.
 */
export function unseenLosses({ statements }: Script, before: RowSnapshot): readonly string[] {
  const taken = statements
    .flatMap(({ operations }) => operations)
    .flatMap((operation) =>
      TAKING.has(operation.kind) && "table" in operation && operation.table !== undefined
        ? [operation.table]
        : [],
    );
  const empty = [...before.tables.values()].filter(
    (table) =>
      !holdsRows(table) && !before.unread.includes(table) && !RUNNER_TABLES.has(table.name),
  );
  return empty.filter((table) => taken.some((name) => isSame(name, table))).map(displayName);
}

function isSame({ schema = "public", name }: ObjectName, table: TableSnapshot): boolean {
  return table.name === name && table.schema === schema;
}
