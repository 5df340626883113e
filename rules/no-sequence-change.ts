import { displayName, nameKey } from "../src/core/name.ts";
import type { AlterSequence } from "../src/core/operations/object.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-sequence-change",
  summary: "Change no numbers of a sequence that is in use",
  severity: "warning",
  confidence: "medium",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["alter-sequence-values"],
  condition:
    "ALTER SEQUENCE with RESTART, INCREMENT, MINVALUE, MAXVALUE or CYCLE of a sequence that was there before the migrations under review.",
  effect:
    "A sequence that starts again gives numbers that rows have already: the next INSERT fails with SQLSTATE 23505, and how many follow depends on the rows. Another increment breaks code that takes numbers in blocks, as Hibernate and JPA do.",
  instead:
    "Compute the next number from the rows with setval, and release code that takes other blocks before the increment changes.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altersequence.html",
    "https://www.postgresql.org/docs/current/functions-sequence.html",
  ],
  examples: [
    {
      title: "Numbers of invoices",
      before: `CREATE SEQUENCE invoice_numbers;
CREATE TABLE invoices (id bigint PRIMARY KEY, number bigint NOT NULL UNIQUE);`,
      bad: "ALTER SEQUENCE invoice_numbers RESTART WITH 1000;",
      good: "SELECT setval('invoice_numbers', (SELECT max(number) FROM invoices));",
    },
  ],
  checks: {
    "alter-sequence"(operation, context) {
      if (isNew(operation, context)) return;
      const effect = effectOf(operation);
      if (effect === undefined) return;
      context.report(operation, `${effect} ${ADVICE}`);
    },
  },
});

const ADVICE = "Take the next number from the rows with setval instead.";

function effectOf({ sequence, options }: AlterSequence): string | undefined {
  const name = `\`${displayName(sequence)}\``;
  if (options.restart !== undefined) {
    const from = options.restart === "start" ? "its first number" : String(options.restart);
    return `${name} goes on from ${from}: an INSERT fails as soon as it gets a number that a row has.`;
  }
  if (options.cycle === true) {
    return `${name} starts again at its end: an INSERT fails as soon as it gets a number that a row has.`;
  }
  if (options.increment !== undefined) {
    return `Running code that takes numbers of ${name} in blocks of the old increment meets numbers that others took.`;
  }
  // NO MINVALUE and NO MAXVALUE set the bounds of the type, which holds all that was given.
  const bound = [options.minimum, options.maximum].some((value) => typeof value === "bigint");
  return bound
    ? `nextval of ${name} fails as soon as the next number is out of bounds.`
    : undefined;
}

function isNew({ sequence }: AlterSequence, context: RuleContext): boolean {
  const owner = context.sequence(sequence)?.ownedBy;
  if (owner !== undefined && context.isNewTable(owner.table)) return true;
  return [...context.earlierMigrations("create-sequence"), ...context.operations].some(
    (other) => other.kind === "create-sequence" && nameKey(other.sequence) === nameKey(sequence),
  );
}
