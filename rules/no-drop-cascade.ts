import { dependentsOf, type Dependent } from "../src/core/dependents.ts";
import { OPERATION_KINDS } from "../src/core/lock-table.ts";
import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

/** On other objects nothing depends; DROP SCHEMA has a rule of its own. */
const KINDS = /^drop-(table|column|constraint|view|type|sequence|function|extension|object)$/;

export default defineRule({
  id: "no-drop-cascade",
  summary: "Drop what depends on an object by name, not with CASCADE",
  severity: "warning",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-cascade"],
  condition:
    "DROP … CASCADE of an object that was there before. DROP SCHEMA and TRUNCATE have rules of their own.",
  effect:
    "PostgreSQL also drops whatever depends on the object: views, foreign keys of other tables, defaults, policies, and the columns of a dropped type with all their values. The statement names none of them, and databases differ in what there is.",
  instead: "Drop the dependents by name and leave CASCADE out: a reader then sees what is lost.",
  references: ["https://www.postgresql.org/docs/current/ddl-depend.html"],
  examples: [
    {
      title: "A type that a column uses",
      before: `CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE TABLE people (id bigint PRIMARY KEY, mood mood);`,
      bad: "DROP TYPE mood CASCADE;",
      good: "COMMENT ON TYPE mood IS 'unused since release 41';",
    },
    {
      title: "A view on which another one is built",
      before: `CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL);
CREATE VIEW large_orders AS SELECT id, total FROM orders WHERE total > 1000;
CREATE VIEW largest_order AS SELECT max(total) AS total FROM large_orders;`,
      bad: `DROP VIEW large_orders CASCADE;
CREATE VIEW large_orders AS SELECT id, total FROM orders WHERE total > 500;`,
      good: `DROP VIEW largest_order;
DROP VIEW large_orders;
CREATE VIEW large_orders AS SELECT id, total FROM orders WHERE total > 500;
CREATE VIEW largest_order AS SELECT max(total) AS total FROM large_orders;`,
    },
  ],
  kinds: OPERATION_KINDS.filter((kind) => KINDS.test(kind)),
  checks: {
    operation(operation, context) {
      if (!isCascade(operation)) return;
      // One DROP can name several objects; they are looked at together, before the first is gone.
      const together = context.operations.filter(
        (other) => isCascade(other) && other.span.start === operation.span.start,
      );
      const old = together.filter((other) => !isNew(other, context));
      if (together[0] !== operation || old.length === 0) return;

      const dependents = old.map((dropped) => dependentsOf(dropped, context));
      const known = dependents
        .flatMap((some) => some ?? [])
        .filter((one) => !isNamed(one, together) && !isMadeAgain(one, context))
        .map(told);
      if (dependents.includes(undefined)) known.push("whatever else uses what it names");
      report(operation, [...new Set(known)], context);
    },
  },
});

function isCascade(operation: Operation): boolean {
  return KINDS.test(operation.kind) && "cascade" in operation && operation.cascade;
}

function isNew(operation: Operation, context: RuleContext): boolean {
  if (operation.kind === "drop-view") return context.view(operation.view)?.isNew === true;
  if (operation.kind === "drop-type") return context.enumType(operation.type)?.isNew === true;
  if (operation.kind === "drop-column") {
    const { table, column } = operation;
    return context.isNewTable(table) || context.column(table, column)?.isNew === true;
  }
  return (
    "table" in operation && operation.table !== undefined && context.isNewTable(operation.table)
  );
}

function isNamed({ relation }: Dependent, together: readonly Operation[]): boolean {
  return together.some(
    (other) =>
      (other.kind === "drop-table" && nameKey(other.table) === nameKey(relation)) ||
      (other.kind === "drop-view" && nameKey(other.view) === nameKey(relation)),
  );
}

function isMadeAgain({ kind, relation }: Dependent, context: RuleContext): boolean {
  const later = context.laterInTransaction();
  return (
    kind === "view" &&
    later.some((one) => one.kind === "create-view" && nameKey(one.view) === nameKey(relation))
  );
}

function told({ kind, relation, name = "" }: Dependent): string {
  const of = `\`${displayName(relation)}\``;
  if (kind === "view") return `the view ${of}`;
  const what = `\`${displayIdentifier(name)}\` of ${of}`;
  return kind === "column" ? `the column ${what} with all its values` : `the foreign key ${what}`;
}

/** Values go with a column, which is an error; where nothing is known to depend, it is for information. */
function report(operation: Operation, known: readonly string[], context: RuleContext): void {
  const table = "table" in operation ? operation.table : undefined;
  const options = table === undefined ? {} : { table };
  if (known.length === 0) {
    const message =
      "CASCADE drops whatever depends on this. The migrations show nothing that does; what was made elsewhere is gone without a word. Leave CASCADE out.";
    context.report(operation, message, { ...options, severity: "info" });
    return;
  }
  const message = `CASCADE also drops ${known.join(", ")}. Drop by name what is to go, and leave CASCADE out.`;
  const severity = operation.kind === "drop-type" ? "error" : "warning";
  context.report(operation, message, { ...options, severity });
}
