import type { Severity } from "../src/core/finding.ts";
import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-drop-in-use",
  summary: "Drop functions, sequences and extensions only after the code that uses them",
  severity: "warning",
  confidence: "medium",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-function-or-procedure", "drop-sequence", "drop-extension"],
  condition:
    "DROP FUNCTION, PROCEDURE, SEQUENCE or EXTENSION of something that an earlier migration made, without making it again in the same migration.",
  effect:
    "Queries, and functions written as text, that still name it fail at the next call: PostgreSQL knows of none of them, and does not refuse the drop. The next number of a sequence is lost.",
  instead: "Release code that no longer names it, then drop it in a later migration.",
  references: [
    "https://www.postgresql.org/docs/current/sql-dropfunction.html",
    "https://www.postgresql.org/docs/current/sql-dropextension.html",
    "https://www.postgresql.org/docs/current/ddl-depend.html",
  ],
  examples: [
    {
      title: "A sequence that numbers invoices",
      before: "CREATE SEQUENCE invoice_numbers;",
      bad: "DROP SEQUENCE invoice_numbers;",
      good: `-- migrate-verify-ignore no-drop-in-use no code since release 41 calls nextval for it
DROP SEQUENCE invoice_numbers;`,
    },
  ],
  checks: {
    "drop-sequence"(operation, context) {
      const { sequence } = operation;
      const made = context.sequence(sequence);
      // One that a column owns has done its work when the default is gone.
      if (made === undefined || made.ownedBy !== undefined || wasMadeHere(operation, context))
        return;
      report(operation, `the sequence \`${displayName(sequence)}\``, context);
    },
    "drop-function"(operation, context) {
      const { function: name } = operation;
      const made = context.functionsOf(name);
      if (made.length === 0 || wasMadeHere(operation, context)) return;
      // Without its triggers, which go with their tables or are dropped before, it has no caller.
      if (made.every(({ returns }) => returns?.name === "trigger")) return;
      report(operation, `\`${displayName(name)}\``, context, "info");
    },
    "drop-extension"(operation, context) {
      if (wasMadeHere(operation, context) || operation.ifExists) return;
      report(operation, `the extension \`${displayIdentifier(operation.extension)}\``, context);
    },
  },
});

/** The name that an operation makes or drops, with what it is. */
function subject(operation: Operation): readonly [string, ObjectName] | undefined {
  switch (operation.kind) {
    case "create-function":
    case "drop-function":
      return ["function", operation.function];
    case "create-sequence":
    case "drop-sequence":
      return ["sequence", operation.sequence];
    case "create-extension":
    case "drop-extension":
      return ["extension", { name: operation.extension }];
    default:
      return undefined;
  }
}

function isMade(other: Operation, dropped: Operation): boolean {
  const [kind, name] = subject(other) ?? [];
  const [wanted, old] = subject(dropped) ?? [];
  if (!other.kind.startsWith("create-") || name === undefined || old === undefined) return false;
  return kind === wanted && nameKey(name) === nameKey(old);
}

function wasMadeHere(operation: Operation, context: RuleContext): boolean {
  const place = context.operations.indexOf(operation);
  return context.operations.slice(0, place).some((other) => isMade(other, operation));
}

function report(
  operation: Operation,
  name: string,
  context: RuleContext,
  severity: Severity = "warning",
): void {
  const rest = context.operations.slice(context.operations.indexOf(operation) + 1);
  if (rest.some((other) => isMade(other, operation))) return;
  context.report(
    operation,
    `Running code that still uses ${name} fails at its next call. Release code that does not, then drop it in a later migration.`,
    { severity },
  );
}
