import { displayName, nameKey } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-new-enum-value",
  summary: "Release code that reads a new label before it is written",
  severity: "info",
  confidence: "low",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["enum-value-added-unknown-to-old-code"],
  condition: "ALTER TYPE … ADD VALUE of an enum type that was there before.",
  effect:
    "As soon as the new release writes the label, what still runs of the old one reads a value that its code does not know; typed clients throw. No statement takes the label away again.",
  instead: "Release code that reads the label, then code that writes it.",
  references: ["https://www.postgresql.org/docs/current/sql-altertype.html"],
  examples: [
    {
      title: "One state more",
      before: "CREATE TYPE state AS ENUM ('open', 'closed');",
      bad: "ALTER TYPE state ADD VALUE 'lost' AFTER 'closed';",
      good: `-- migrate-verify-ignore no-new-enum-value release 41 reads it
ALTER TYPE state ADD VALUE 'lost' AFTER 'closed';`,
    },
  ],
  optIn: true,
  squawk: ["ban-add-enum-value"],
  checks: {
    "add-enum-value"(operation, context) {
      const { type, value } = operation;
      if (context.enumType(type)?.isNew === true) return;
      const known = [...context.earlierMigrations("create-enum"), ...context.operations];
      if (known.some((one) => one.kind === "create-enum" && nameKey(one.type) === nameKey(type))) {
        return;
      }
      context.report(
        operation,
        `What still runs of the old release reads '${value}' of \`${displayName(type)}\` as soon as the new one writes it. Release code that knows the label first.`,
      );
    },
  },
});
