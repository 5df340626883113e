import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-volatile-default",
  summary: "Add a column without a volatile default",
  severity: "error",
  confidence: "high",
  category: "table-rewrite",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["add-column-volatile-default"],
  condition:
    "ADD COLUMN … DEFAULT with a volatile function, such as gen_random_uuid(), random(), clock_timestamp() or nextval(), on a table that exists already. now() is not volatile.",
  effect:
    "Every row needs a value of its own, so the table and all of its indexes are written anew under an ACCESS EXCLUSIVE lock: every read and write waits until it is done.",
  instead:
    "Add the column without the default, set the default in a second statement, which applies to new rows only, and fill the old rows in batches.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    "https://www.postgresql.org/docs/current/xfunc-volatility.html",
  ],
  examples: [
    {
      title: "A column of random values",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: "ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN token uuid;
ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid();`,
    },
  ],
  directions: ["up", "down"],
  squawk: ["adding-field-with-default"],
  checks: {
    "add-column"({ table, column, span }, context) {
      if (column.default === undefined) return;
      if (context.isNewTable(table)) return;
      const name = displayIdentifier(column.name);
      const volatility = context.volatility(column.default);
      if (volatility === "volatile") {
        context.report(
          span,
          `The default of \`${name}\` is volatile: every row of \`${displayName(table)}\` is written anew under an ACCESS EXCLUSIVE lock, and every read and write waits. Add the column without it, set the default in a second statement, and fill the old rows in batches.`,
          { table },
        );
      } else if (volatility === "unknown") {
        context.report(
          span,
          `The default of \`${name}\` calls a function of which these migrations do not tell whether it is VOLATILE, as functions are unless they say otherwise. If it is, every row of \`${displayName(table)}\` is written anew under an ACCESS EXCLUSIVE lock. Add the column without it, set the default in a second statement, and fill the old rows in batches.`,
          { table, severity: "warning", confidence: "medium" },
        );
      }
    },
  },
});
