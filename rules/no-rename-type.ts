import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-rename-type",
  summary: "Keep the names of types that running code casts to",
  severity: "warning",
  confidence: "medium",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["rename-other-object"],
  condition:
    "A type that was there before the migrations under review is renamed, and the same transaction puts no other type under the old name.",
  effect:
    "Columns follow the new name, statements do not: running code that casts a parameter to the type by its name, as Prisma does for enums, fails at once.",
  instead: "Keep the name in the database and rename the type in code only (@@map in Prisma).",
  references: ["https://www.postgresql.org/docs/current/sql-altertype.html"],
  examples: [
    {
      title: "An enum with a better name",
      before: `CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE tickets (id bigint PRIMARY KEY, state state NOT NULL);`,
      bad: "ALTER TYPE state RENAME TO ticket_state;",
      good: "COMMENT ON TYPE state IS 'The state of a ticket.';",
    },
  ],
  checks: {
    "rename-type"(operation, context) {
      const { type, to } = operation;
      if (context.enumType(type)?.isNew === true || isReplaced(type, context)) return;
      context.report(
        operation,
        `Running code that casts to \`${displayName(type)}\` by name fails at once. Keep the name in the database, and rename the type to \`${displayName({ ...type, name: to })}\` in code only.`,
      );
    },
  },
});

/** Another type takes the old name: the swap with which a generator removes a value of an enum. */
function isReplaced(old: ObjectName, context: RuleContext): boolean {
  return context.laterInTransaction().some((later) => {
    if (later.kind === "rename-type") {
      return nameKey({ ...later.type, name: later.to }) === nameKey(old);
    }
    const makes = later.kind === "create-enum" || later.kind === "create-domain";
    return makes && nameKey(later.type) === nameKey(old);
  });
}
