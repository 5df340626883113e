import { createdNames } from "../src/core/created-names.ts";
import { displayName, nameKey } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-revoke",
  summary: "Take privileges away only after the code that uses them",
  severity: "warning",
  confidence: "medium",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition: "REVOKE on an object that the migration did not create, or of a role's membership.",
  effect:
    "Running code that uses the privilege fails at its next statement, with permission denied.",
  instead:
    "Release code that no longer needs the privilege, see in the log that nothing uses it, then revoke it.",
  references: ["https://www.postgresql.org/docs/current/sql-revoke.html"],
  examples: [
    {
      title: "A table that reports read",
      before: "CREATE ROLE reporting; CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: "REVOKE SELECT ON orders FROM reporting;",
      good: `-- migrate-verify-ignore no-revoke the reports read the archive since release 41
REVOKE SELECT ON orders FROM reporting;`,
    },
  ],
  optIn: true,
  squawk: ["ban-revoke"],
  hazards: ["revoke-breaks-access"],
  checks: {
    revoke(operation, context) {
      const { names, roles } = operation;
      const before = context.operations.slice(0, context.operations.indexOf(operation));
      const created = createdNames(before);
      if (names.length > 0 && names.every((name) => created.has(nameKey(name)))) return;
      const what = names.map((name) => `\`${displayName(name)}\``).join(", ");
      context.report(
        operation,
        `Running code that uses ${what === "" ? "the privilege" : what} as ${roles.join(", ")} fails with permission denied. Release code that no longer needs it first.`,
      );
    },
  },
});
