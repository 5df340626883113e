import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-truncate",
  summary: "Keep the rows of tables that are in use",
  severity: "error",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["truncate", "truncate-cascade"],
  condition: "TRUNCATE of a table that was there before the migrations under review.",
  effect:
    "Every row is lost, and no down script brings one back. The ACCESS EXCLUSIVE lock makes every read and write wait until the transaction ends, and no row trigger fires. With CASCADE, every table that references it is emptied as well.",
  instead:
    "Delete the rows that are known to be wrong, by key; run what removes more than that by hand, after a backup.",
  references: ["https://www.postgresql.org/docs/current/sql-truncate.html"],
  examples: [
    {
      title: "A table that is emptied",
      before: "CREATE TABLE sessions (id bigint PRIMARY KEY, user_id bigint NOT NULL);",
      bad: "TRUNCATE sessions;",
      good: "DELETE FROM sessions WHERE id IN (17, 42);",
    },
    {
      title: "A table that others reference",
      before: `CREATE TABLE plans (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE accounts (id bigint PRIMARY KEY, plan_id bigint REFERENCES plans (id));
CREATE INDEX accounts_plan_id ON accounts (plan_id);`,
      bad: "TRUNCATE plans CASCADE;",
      good: "DELETE FROM plans WHERE id = 3;",
    },
  ],
  squawk: ["ban-truncate-cascade"],
  checks: {
    truncate(operation, context) {
      const { table, cascade } = operation;
      const emptied = cascade ? referencingInTurn(table, context) : [];
      const own = context.isNewTable(table) ? [] : [table];
      const lost = [...own, ...emptied.filter((other) => !context.isNewTable(other))];
      if (lost.length === 0) return;

      const names = lost.map((name) => `\`${displayName(name)}\``).join(", ");
      const cause = emptied.length === 0 ? "" : " CASCADE empties every table that references it.";
      context.report(
        operation,
        `Every row of ${names} is lost.${cause} Delete what is known to be wrong by key, or empty the table by hand after a backup.`,
        { table },
      );
    },
  },
});

/** The tables whose foreign keys lead to this one, directly or through others. */
function referencingInTurn(table: ObjectName, context: RuleContext): ObjectName[] {
  const seen = new Map<string, ObjectName>([[nameKey(table), table]]);
  for (const name of seen.values()) {
    for (const { table: other } of context.referencing(name)) {
      if (!seen.has(nameKey(other.name))) seen.set(nameKey(other.name), other.name);
    }
  }
  return [...seen.values()].slice(1);
}
