import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { referencingKeys } from "../src/core/referencing-keys.ts";

export default defineRule({
  id: "no-drop-cascade",
  summary: "Drop what depends on an object by name, not with CASCADE",
  severity: "warning",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
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
  checks: {
    "drop-table": (operation, context) => {
      const { table, cascade } = operation;
      if (!cascade || context.isNewTable(table)) return;
      report(
        operation,
        context,
        [...viewsOn(table, context), ...named(context.referencing(table))],
        table,
      );
    },
    "drop-column": (operation, context) => {
      const { table, column, cascade } = operation;
      if (!cascade || context.isNewTable(table) || context.column(table, column)?.isNew) return;
      report(operation, context, named(referencingKeys(table, [column], context)), table);
    },
    "drop-constraint": (operation, context) => {
      const { table, constraint, cascade } = operation;
      if (!cascade || context.isNewTable(table)) return;
      const { columns = [], definition } = context.constraint(table, constraint) ?? {};
      const key = definition?.kind === "primary-key" || definition?.kind === "unique";
      report(operation, context, key ? named(referencingKeys(table, columns, context)) : [], table);
    },
    "drop-view": (operation, context) => {
      if (!operation.cascade || context.view(operation.view)?.isNew === true) return;
      report(operation, context, viewsOn(operation.view, context));
    },
    "drop-type": (operation, context) => {
      if (!operation.cascade || context.enumType(operation.type)?.isNew === true) return;
      const columns = context.columnsOfType(operation.type).map(({ table, column }) => {
        const name = displayIdentifier(column.name);
        return `the column \`${name}\` of \`${displayName(table.name)}\` with all its values`;
      });
      report(operation, context, columns);
    },
    "drop-sequence": whateverDepends,
    "drop-function": whateverDepends,
    "drop-extension": whateverDepends,
    "drop-object": whateverDepends,
  },
});

function whateverDepends(
  operation: Operation & { readonly cascade?: boolean },
  context: RuleContext,
): void {
  if (operation.cascade === true) report(operation, context, ["whatever uses this"]);
}

/** Values go with a column, which is an error; where nothing is known to depend, it is for information. */
function report(
  operation: Operation,
  context: RuleContext,
  dependents: readonly string[],
  table?: ObjectName,
): void {
  const known = dependents.length > 0;
  const unknown = known ? "warning" : "info";
  context.report(
    operation,
    known
      ? `CASCADE also drops ${dependents.join(", ")}. Drop by name what is to go, and leave CASCADE out.`
      : "CASCADE drops whatever depends on this. The migrations show nothing that does; what was made elsewhere is gone without a word. Leave CASCADE out.",
    {
      severity: operation.kind === "drop-type" && known ? "error" : unknown,
      ...(table === undefined ? {} : { table }),
    },
  );
}

function viewsOn(relation: ObjectName, context: RuleContext): string[] {
  return context.viewsOf(relation).map(({ name }) => `the view \`${displayName(name)}\``);
}

function named(keys: ReturnType<RuleContext["referencing"]>): string[] {
  return keys.map(({ table, constraint }) => {
    const name = displayIdentifier(constraint.name);
    return `the foreign key \`${name}\` of \`${displayName(table.name)}\``;
  });
}
