import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Index } from "../src/core/schema-object.ts";

export default defineRule({
  id: "require-eligible-constraint-index",
  summary: "Give USING INDEX an index that can carry the constraint",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["unique-using-index-not-eligible"],
  condition:
    "ADD PRIMARY KEY or ADD UNIQUE with USING INDEX, where the index is not unique, has a WHERE, an expression or a descending key, or already belongs to a constraint; or where the table is partitioned.",
  effect: "The statement fails, and the migration with it.",
  instead:
    "Build a plain unique B-tree index over the columns with CONCURRENTLY, and name that one. A rule for some rows only, or on an expression, stays a unique index: it needs no constraint.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX",
  ],
  examples: [
    {
      title: "A partial index",
      before: `CREATE TABLE users (id bigint PRIMARY KEY, email text, deleted_at timestamptz);
CREATE UNIQUE INDEX users_email_active ON users (email) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX users_email ON users (email);`,
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_active;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email;`,
      fails: "42809",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "add-constraint"(operation, context) {
      const { table, constraint } = operation;
      if (constraint.kind !== "primary-key" && constraint.kind !== "unique") return;
      if (constraint.usingIndex === undefined) return;
      const reason = refusal(table, constraint.usingIndex, context);
      if (reason === undefined) return;
      context.report(
        operation,
        `A constraint cannot use the index \`${displayIdentifier(constraint.usingIndex)}\`: ${reason}. The statement fails. Build a plain unique index over the columns with CONCURRENTLY and use that one.`,
        { table },
      );
    },
  },
});

function refusal(name: ObjectName, indexName: string, context: RuleContext): string | undefined {
  const table = context.table(name);
  if (table?.partitionBy !== undefined) {
    return `\`${displayName(name)}\` is partitioned, and PostgreSQL refuses USING INDEX there`;
  }
  const index = context.indexesOf(name).find((one) => one.name.name === indexName);
  return index === undefined ? undefined : flawOf(index);
}

function flawOf(index: Index): string | undefined {
  if (index.constraint !== undefined) {
    return `it belongs to the constraint \`${displayIdentifier(index.constraint)}\` already`;
  }
  if (!index.unique) return "it is not unique";
  if (index.partial) return "it has a WHERE and covers some rows only";
  if (index.columns.includes(undefined)) return "it has an expression among its keys";
  if (index.definition?.keys.some(({ descending }) => descending)) return "it has a descending key";
  return undefined;
}
