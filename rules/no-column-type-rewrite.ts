import { displayIdentifier, displayName } from "../src/core/name.ts";
import type { AlterColumnType } from "../src/core/operations/column.ts";
import type { ReportOptions, RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { isTimeZoneChange } from "../src/core/type-change.ts";

export default defineRule({
  id: "no-column-type-rewrite",
  summary: "Change a column's type only where the rows stay as they are",
  severity: "error",
  confidence: "high",
  category: "table-rewrite",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "alter-column-type-rewrite",
    "alter-column-type-index-rebuild",
    "alter-column-timestamp-timezone",
    "alter-column-collation",
    "alter-column-type-rechecks-constraints",
    "type-narrowing",
    "column-type-change-breaks-app",
    "prisma-enum-recreate",
  ],
  condition:
    "ALTER COLUMN … TYPE on a table that exists already, when the rows have to be converted, indexes of the column built again, or CHECK constraints of the column tested again. A longer or unlimited varchar, varchar to text and back, a numeric with more digits and the same scale, and a few others cost nothing.",
  effect:
    "The table and its indexes are written anew, or read from end to end, under an ACCESS EXCLUSIVE lock: every read and write waits until it is done.",
  instead:
    "Add a column of the new type, keep it in step with a trigger, fill it in batches, and move the application over. To limit a text, leave its type and add CHECK (length(column) <= n) with NOT VALID.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE",
  ],
  examples: [
    {
      title: "A wider integer",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, quantity integer);",
      bad: "ALTER TABLE orders ALTER COLUMN quantity TYPE bigint;",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN quantity_wide bigint;`,
    },
    {
      title: "A length limit",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, code text);",
      bad: "ALTER TABLE orders ALTER COLUMN code TYPE varchar(20);",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_code_length CHECK (length(code) <= 20) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT orders_code_length;`,
    },
  ],
  directions: ["up", "down"],
  squawk: ["changing-column-type"],
  checks: {
    "alter-column-type"(operation, context) {
      const { table } = operation;
      if (context.isNewTable(table)) return;
      const { effect, ...options } = effectOf(operation, context) ?? {};
      if (effect === undefined) return;
      const what = `Changing \`${displayIdentifier(operation.column)}\` to ${operation.type.text}`;
      context.report(operation, `${what} ${effect}`, { table, ...options });
    },
  },
});

interface Effect extends Pick<ReportOptions, "severity" | "confidence"> {
  /** The rest of a sentence that begins with the change, and what to do. */
  readonly effect: string;
}

const WAITS = "under an ACCESS EXCLUSIVE lock: every read and write waits until it is done";
const NEW_COLUMN =
  "Add a column of the new type, keep it in step with a trigger, fill it in batches, and move the application over.";

function effectOf(operation: AlterColumnType, context: RuleContext): Effect | undefined {
  const table = `\`${displayName(operation.table)}\``;
  switch (context.typeChange(operation)) {
    case "none":
      return undefined;
    case "check-rescan":
      return {
        effect: `keeps the rows of ${table}, but tests the CHECK constraints of the column in each of them ${WAITS}. Drop the constraints first, and add them with NOT VALID afterwards.`,
      };
    case "index-rebuild":
      return {
        effect: `keeps the rows of ${table}, but builds the indexes of the column again ${WAITS}. Drop those indexes first, and build them again with CONCURRENTLY afterwards.`,
      };
    case "rewrite":
      return rewrite(operation, table, context);
    case undefined:
      return {
        effect: `may write every row of ${table} anew ${WAITS}: the type that it has now is not known here. Unless the new type only allows more, add a new column instead.`,
        severity: "warning",
        confidence: "low",
      };
  }
}

function rewrite(operation: AlterColumnType, table: string, context: RuleContext): Effect {
  const { type: to } = operation;
  const from = context.column(operation.table, operation.column)?.type;
  const effect = `writes every row of ${table} and all of its indexes anew ${WAITS}`;
  if (from !== undefined && isTimeZoneChange(from, to)) {
    return {
      effect: `${effect}, unless the time zone of the session is UTC. ${NEW_COLUMN} Or, if the values are in UTC, begin with SET LOCAL timezone = 'UTC'.`,
      severity: "warning",
      confidence: "medium",
    };
  }
  return { effect: `${effect}. ${remedy(operation, context)}` };
}

/** What to do in place of a rewrite. */
function remedy(operation: AlterColumnType, context: RuleContext): string {
  const { using, ...plain } = operation;
  const change = using === undefined ? undefined : context.typeChange(plain);
  if (change !== undefined && change !== "rewrite") {
    return "Leave out USING, without which the rows stay as they are, and change values in batches where they need it.";
  }
  const length = textLimit(operation, context);
  if (length === undefined) return NEW_COLUMN;
  return `Leave the type, and add CHECK (length(${displayIdentifier(operation.column)}) <= ${length}) with NOT VALID.`;
}

/** The limit that a text gets and nothing else: values as they are, only shorter ones. */
function textLimit(operation: AlterColumnType, context: RuleContext): number | undefined {
  const { type: to, using } = operation;
  const from = context.column(operation.table, operation.column)?.type;
  const isSameText = using === undefined || using.cast?.types.every(isText) === true;
  if (from === undefined || !isSameText || !isText(from) || !isText(to)) return undefined;
  const [length] = to.modifiers.map(Number);
  const [before = Infinity] = from.modifiers.map(Number);
  return length !== undefined && length < before ? length : undefined;
}

function isText({ name, arrayDimensions }: { name: string; arrayDimensions: number }): boolean {
  return (name === "text" || name === "varchar") && arrayDimensions === 0;
}
