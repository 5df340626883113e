import { OPERATION_KINDS } from "../src/core/lock-table.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-long-identifier",
  summary: "Keep names within PostgreSQL's 63 bytes",
  severity: "warning",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["identifier-too-long"],
  condition: "A statement creates, adds or renames something by a name of more than 63 bytes.",
  effect:
    "PostgreSQL cuts the name to 63 bytes with no more than a notice. Code and tools that look for the whole name do not find it, and two names that differ only at their ends become one: the second fails, or IF NOT EXISTS skips it.",
  instead: "Choose a shorter name.",
  references: [
    "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
  ],
  examples: [
    {
      title: "A generated name",
      before: "CREATE TABLE subscriptions (id bigint PRIMARY KEY, customer_reference text);",
      bad: `CREATE INDEX CONCURRENTLY subscriptions_customer_reference_for_the_monthly_billing_report_index
  ON subscriptions (customer_reference);`,
      good: `CREATE INDEX CONCURRENTLY subscriptions_customer_reference
  ON subscriptions (customer_reference);`,
      autocommit: { bad: true, good: true },
    },
  ],
  kinds: OPERATION_KINDS.filter((kind) => /^(create|add|rename)-/.test(kind)),
  checks: {
    operation(operation, context) {
      const text = context.textOf(operation);
      if (!MAYBE_LONG.test(text)) return;
      const names = new Set(namesIn(operation));
      for (const { 0: token, index } of text.matchAll(new RegExp(LONG, "gu"))) {
        const isQuoted = text.charAt(index - 1) === '"';
        const stored = cut(isQuoted ? token : lowered(token));
        // A literal is as long as it is written: only what was cut is a name.
        if (!names.delete(stored)) continue;
        context.report(
          operation,
          `PostgreSQL cuts \`${token}\` to 63 bytes, \`${stored}\`, without an error: what looks for the whole name does not find it. Choose a shorter name.`,
          "table" in operation && operation.table !== undefined ? { table: operation.table } : {},
        );
      }
    },
  },
});

/** Sees whatever LONG sees, and is much quicker. */
const MAYBE_LONG = /[\w$\u0080-\uFFFF]{32}/;
const LONG = /[\w$\u0080-\u{10FFFF}]{32,}/u;
const BYTES = 63;

/** The first 63 bytes of a name, no character cut in two; the name itself where it is short enough. */
function cut(name: string): string {
  const encoder = new TextEncoder();
  if (encoder.encode(name).length <= BYTES) return "";
  let bytes = 0;
  let stored = "";
  for (const character of name) {
    bytes += encoder.encode(character).length;
    if (bytes > BYTES) break;
    stored += character;
  }
  return stored;
}

/** PostgreSQL lowers the letters of ASCII alone. */
function lowered(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Every text in an operation, as deep as it is. */
function namesIn(operation: Operation): string[] {
  const names: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "string") names.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(operation);
  return names;
}
