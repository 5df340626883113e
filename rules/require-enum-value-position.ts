import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-enum-value-position",
  summary: "Say with BEFORE or AFTER where a new enum value sorts",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["enum-add-value-without-position"],
  condition: "ALTER TYPE … ADD VALUE without BEFORE or AFTER.",
  effect:
    "The value sorts last, in ORDER BY, in comparisons and in min() and max(), whatever it means.",
  instead: "Write BEFORE or AFTER with a neighbour, also where that is the last value.",
  references: ["https://www.postgresql.org/docs/current/sql-altertype.html"],
  examples: [
    {
      title: "A priority between two others",
      before: "CREATE TYPE priority AS ENUM ('low', 'high');",
      bad: "ALTER TYPE priority ADD VALUE 'medium';",
      good: "ALTER TYPE priority ADD VALUE 'medium' AFTER 'low';",
    },
  ],
  optIn: true,
  generatedBy: ["prisma"],
  checks: {
    "add-enum-value"(operation, context) {
      if (operation.position !== undefined) return;
      if (context.enumType(operation.type)?.isNew === true) return;
      context.report(
        operation,
        `'${operation.value}' sorts after every other value of \`${displayName(operation.type)}\`. Say where it belongs with BEFORE or AFTER.`,
      );
    },
  },
});
