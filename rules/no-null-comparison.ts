import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import type { DeleteRows, UpdateRows } from "../src/core/operations/rows.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-null-comparison",
  summary: "Look for NULL with IS NULL, not with =",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["non-sargable-where"],
  condition: "The WHERE of an UPDATE or DELETE compares a column with NULL by = or <>.",
  effect:
    "The comparison yields NULL, never true: the statement changes no row and reports success. What the migration was to fill or remove is still there when the next statement relies on it.",
  instead: "Write IS NULL or IS NOT NULL.",
  references: [
    "https://www.postgresql.org/docs/current/functions-comparison.html",
    "https://www.postgresql.org/docs/current/runtime-config-compatible.html#GUC-TRANSFORM-NULL-EQUALS",
  ],
  examples: [
    {
      title: "Orders without a region",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, region text);",
      bad: "UPDATE orders SET region = 'eu' WHERE id = 17 AND region = NULL;",
      good: "UPDATE orders SET region = 'eu' WHERE id = 17 AND region IS NULL;",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "update-rows": (operation, context) => report("UPDATE", operation, context),
    "delete-rows": (operation, context) => report("DELETE", operation, context),
  },
});

function report(
  verb: string,
  operation: (UpdateRows | DeleteRows) & { readonly table: ObjectName },
  context: RuleContext,
): void {
  const { comparesNull, table } = operation;
  if (comparesNull === undefined || context.setting("transform_null_equals") !== undefined) return;
  context.report(
    operation,
    `This ${verb} of \`${displayName(table)}\` changes no row: comparing \`${displayIdentifier(comparesNull)}\` with NULL is never true. Write IS NULL or IS NOT NULL.`,
    { table },
  );
}
