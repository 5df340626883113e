import { OPERATION_KINDS } from "../src/core/lock-table.ts";
import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Table } from "../src/core/schema-object.ts";

const CHANGES =
  /^(add|drop|rename|alter|set|validate|attach|detach)-(column|constraint|not-null|identity)|^(create-index|drop-table|truncate|alter-column-type|set-column-default|drop-column-default)$/;

export default defineRule({
  id: "no-alter-after-deferred-write",
  summary: "Change rows and table in separate transactions where a foreign key is deferred",
  severity: "error",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["pending-trigger-events"],
  condition:
    "INSERT into a table with a foreign key that is INITIALLY DEFERRED, or UPDATE of a column of that key, and then ALTER TABLE, CREATE INDEX, TRUNCATE or DROP TABLE of it in the same transaction.",
  effect:
    "The check of the foreign key waits for the end of the transaction, and until then PostgreSQL refuses to change the table: SQLSTATE 55006, pending trigger events. On an empty table an UPDATE passes, so that a test on an empty database does not show it.",
  instead:
    "Change the rows in a migration of their own, or run SET CONSTRAINTS ALL IMMEDIATE between the two.",
  references: [
    "https://www.postgresql.org/docs/current/sql-set-constraints.html",
    "https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARMS-DEFERRABLE",
  ],
  examples: [
    {
      title: "Rows and a column in one transaction",
      before: `CREATE TABLE authors (id bigint PRIMARY KEY);
CREATE TABLE books (
  id bigint PRIMARY KEY,
  author_id bigint REFERENCES authors DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX books_author_id ON books (author_id);`,
      bad: `SET LOCAL lock_timeout = '5s';
UPDATE books SET author_id = 2 WHERE id = 1;
ALTER TABLE books ADD COLUMN title text;`,
      good: `SET LOCAL lock_timeout = '5s';
UPDATE books SET author_id = 2 WHERE id = 1;
---
SET LOCAL lock_timeout = '5s';
ALTER TABLE books ADD COLUMN title text;`,
      fails: "55006",
    },
    {
      title: "A new row and a column in one transaction",
      before: `CREATE TABLE authors (id bigint PRIMARY KEY);
CREATE TABLE books (
  id bigint PRIMARY KEY,
  author_id bigint REFERENCES authors DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX books_author_id ON books (author_id);`,
      bad: `SET LOCAL lock_timeout = '5s';
INSERT INTO books (id, author_id) VALUES (70, 1);
ALTER TABLE books ADD COLUMN title text;`,
      good: `SET LOCAL lock_timeout = '5s';
INSERT INTO books (id, author_id) VALUES (70, 1);
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE books ADD COLUMN title text;`,
      fails: "55006",
    },
  ],
  directions: ["up", "down"],
  kinds: OPERATION_KINDS.filter((kind) => CHANGES.test(kind)),
  checks: {
    operation(operation, context) {
      const name = changedTable(operation);
      const table = name === undefined ? undefined : context.table(name);
      if (table === undefined || !table.constraints.some(isDeferred)) return;
      const earlier = context.earlierInTransaction();
      const settled = earlier.findLastIndex(
        (one) => one.kind === "session-statement" && one.statement === "ConstraintsSetStmt",
      );
      const pending = earlier.slice(settled + 1);
      if (!pending.some((one) => queuesCheck(one, table, context))) return;
      // Said once: the first change fails.
      if (
        pending.some((one) => isChangeOf(one, table.name) && follows(one, pending, table, context))
      )
        return;
      context.report(
        operation,
        `Rows of \`${displayName(table.name)}\` were written in this transaction, and the deferred check of their foreign key is still to come: this fails with SQLSTATE 55006. Move one of the two to a migration of its own, or run SET CONSTRAINTS ALL IMMEDIATE between them.`,
        { table: table.name },
      );
    },
  },
});

function changedTable(operation: Operation): ObjectName | undefined {
  if (!CHANGES.test(operation.kind) || !("table" in operation)) return undefined;
  return operation.table;
}

function isChangeOf(operation: Operation, table: ObjectName): boolean {
  const name = changedTable(operation);
  return name !== undefined && nameKey(name) === nameKey(table);
}

/** The change stands behind a write. */
function follows(
  change: Operation,
  pending: readonly Operation[],
  table: Table,
  context: RuleContext,
): boolean {
  return pending.slice(0, pending.indexOf(change)).some((one) => queuesCheck(one, table, context));
}

function isDeferred({ definition }: Table["constraints"][number]): boolean {
  return definition.kind === "foreign-key" && definition.initiallyDeferred;
}

/** An INSERT queues the check for every row, an UPDATE for those whose key it changes to something that is not NULL. */
function queuesCheck(operation: Operation, table: Table, context: RuleContext): boolean {
  if (operation.kind !== "insert-rows" && operation.kind !== "update-rows") return false;
  if (nameKey(operation.table) !== nameKey(table.name)) return false;
  if (operation.kind === "insert-rows") return operation.onConflict !== "nothing";
  if (/=\s*null\b/i.test(context.textOf(operation))) return false;
  return table.constraints.some(
    (constraint) =>
      isDeferred(constraint) &&
      constraint.columns.some((column) => operation.columns.includes(column)),
  );
}
