import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import { everyPartitionHas } from "../src/core/partition-constraint.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { proposeUsingIndex } from "../src/core/proposals/using-index.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Constraint } from "../src/core/schema-object.ts";

export default defineRule({
  id: "no-blocking-primary-key",
  summary: "Build the index of a primary key concurrently first",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "add-primary-key-without-index",
    "add-primary-key-nullable-columns",
    "add-column-inline-unique-or-primary-key",
  ],
  condition:
    "ADD PRIMARY KEY without USING INDEX on a table that exists already, or with USING INDEX on columns that may hold NULL; also PRIMARY KEY on a column that ADD COLUMN adds to one.",
  effect:
    "The index is built, and columns that may hold NULL are searched for one, under an ACCESS EXCLUSIVE lock: every read and write of the table waits until that is done.",
  instead:
    "Make the columns NOT NULL by way of a validated CHECK, build the index with CREATE UNIQUE INDEX CONCURRENTLY, and add the key with PRIMARY KEY USING INDEX in a later migration.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX",
  ],
  examples: [
    {
      title: "A table that was made without a primary key",
      before: "CREATE TABLE events (id bigint NOT NULL, body text);",
      bad: "ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (id);",
      good: `CREATE UNIQUE INDEX CONCURRENTLY events_pkey ON events (id);
---
SET lock_timeout = '5s';
ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY USING INDEX events_pkey;`,
      autocommit: { good: true },
    },
    {
      title: "USING INDEX on a column that may hold NULL",
      before: `CREATE TABLE events (id bigint DEFAULT 1, body text);
CREATE UNIQUE INDEX events_pkey ON events (id);`,
      bad: "ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY USING INDEX events_pkey;",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE events ADD CONSTRAINT events_id_present CHECK (id IS NOT NULL) NOT VALID;
---
ALTER TABLE events VALIDATE CONSTRAINT events_id_present;
---
SET LOCAL lock_timeout = '5s';
ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY USING INDEX events_pkey;
ALTER TABLE events DROP CONSTRAINT events_id_present;`,
    },
  ],
  directions: ["up", "down"],
  squawk: ["adding-serial-primary-key-field"],
  checks: {
    "add-constraint"(operation, context) {
      const { span, table, constraint } = operation;
      if (constraint.kind !== "primary-key" || context.isNewTable(table)) return;
      if (constraint.usingIndex === undefined) {
        if (everyPartitionHas(table, isPrimaryKey, context)) return;
        const fix = () => proposeUsingIndex(operation, constraint, context);
        context.report(span, built("This primary key", table, context), { table, fix });
        return;
      }
      const nullable = nullableColumns(table, constraint.usingIndex, context);
      if (nullable.length === 0) return;
      context.report(
        span,
        `PRIMARY KEY USING INDEX also makes ${nullable.join(" and ")} NOT NULL: every row of \`${displayName(table)}\` is searched for a NULL under an ACCESS EXCLUSIVE lock, and every read and write waits. Prove it first, with a CHECK (… IS NOT NULL) NOT VALID that is validated in an earlier migration.`,
        { table },
      );
    },
    "add-column"({ table, column }, context) {
      const key = column.constraints.find(({ kind }) => kind === "primary-key");
      if (key === undefined || context.isNewTable(table)) return;
      const what = `Adding \`${displayIdentifier(column.name)}\` as primary key`;
      context.report(key, built(what, table, context), { table });
    },
  },
});

function isPrimaryKey({ definition }: Constraint): boolean {
  return definition.kind === "primary-key";
}

function built(what: string, table: ObjectName, context: RuleContext): string {
  const effect = `${what} builds an index under an ACCESS EXCLUSIVE lock on \`${displayName(table)}\`: every read and write waits until it is done.`;
  return context.table(table)?.partitionBy === undefined
    ? `${effect} Build the index with CREATE UNIQUE INDEX CONCURRENTLY on columns that are NOT NULL, and add the key with PRIMARY KEY USING INDEX in a later migration.`
    : `${effect} Give each partition the key first, with an index built by CREATE UNIQUE INDEX CONCURRENTLY and PRIMARY KEY USING INDEX: \`${displayName(table)}\` then takes those over.`;
}

/** Columns of an index that nothing proves to be NOT NULL, in backticks; none when the index is not known. */
function nullableColumns(table: ObjectName, index: string, context: RuleContext): string[] {
  const name = { ...(table.schema === undefined ? {} : { schema: table.schema }), name: index };
  return (context.index(name)?.columns ?? [])
    .filter((column) => column !== undefined)
    .filter((column) => !context.provenNotNull(table, column))
    .map((column) => `\`${displayIdentifier(column)}\``);
}
