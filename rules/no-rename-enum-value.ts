import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-rename-enum-value",
  summary: "Keep the values of enums that running code writes",
  severity: "error",
  confidence: "high",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["rename-enum-value"],
  condition:
    "ALTER TYPE … RENAME VALUE of an enum that was there before the migrations under review.",
  effect:
    'Running code that still writes the old value, or compares with it, fails at once with "invalid input value for enum", and it reads a value that it does not know.',
  instead:
    "Add the new value, release code that knows both and writes the new one, and update the old rows in batches. The old value can stay in the type.",
  references: ["https://www.postgresql.org/docs/current/sql-altertype.html"],
  examples: [
    {
      title: "A value with a better name",
      before: `CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE tickets (id bigint PRIMARY KEY, state state NOT NULL);`,
      bad: "ALTER TYPE state RENAME VALUE 'closed' TO 'resolved';",
      good: "ALTER TYPE state ADD VALUE 'resolved' AFTER 'closed';",
    },
  ],
  checks: {
    "rename-enum-value"(operation, context) {
      const { type, value, to } = operation;
      if (context.enumType(type)?.isNew === true) return;
      context.report(
        operation,
        `Running code that still writes '${value}' to a column of type \`${displayName(type)}\` fails at once. Add '${to}' as a new value, release code that knows both, and update the old rows in batches.`,
      );
    },
  },
});
