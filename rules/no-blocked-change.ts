import { dependentsOf } from "../src/core/dependents.ts";
import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { DropConstraint } from "../src/core/operations/table.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { View } from "../src/core/schema-object.ts";

export default defineRule({
  id: "no-blocked-change",
  summary: "Move what depends on an object out of the way before changing it",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["dependent-object-blocks-change", "drop-type-or-domain", "down-wrong-order"],
  condition:
    "DROP without CASCADE of a table, column, key, view or type that a view, a foreign key, a generated column or a column of the type depends on, or of a column that a trigger (UPDATE OF, WHEN), a policy or a publication names; or ALTER COLUMN TYPE of a column that one of them reads or names.",
  effect:
    "The statement fails, with SQLSTATE 2BP01 for a drop and 0A000 for a change of type, and the migration with it.",
  instead: "Drop what depends on it first, and make it again afterwards, in the same transaction.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-depend.html",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE",
  ],
  examples: [
    {
      title: "A column that a view reads",
      before: `CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW names AS SELECT name FROM users;`,
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE users ALTER COLUMN name TYPE varchar(40);`,
      good: `SET LOCAL lock_timeout = '5s';
DROP VIEW names;
ALTER TABLE users ALTER COLUMN name TYPE varchar(40);
CREATE VIEW names AS SELECT name FROM users;`,
      fails: "0A000",
    },
    {
      title: "A unique constraint that a foreign key rests on",
      before: `CREATE TABLE teams (id bigint PRIMARY KEY, slug text CONSTRAINT teams_slug UNIQUE);
CREATE TABLE players (id bigint PRIMARY KEY, team_slug text);
ALTER TABLE players ADD CONSTRAINT players_team FOREIGN KEY (team_slug) REFERENCES teams (slug);`,
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE teams DROP CONSTRAINT teams_slug;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE players DROP CONSTRAINT players_team;
-- migrate-verify-ignore no-drop-conflict-target no release inserts teams by their slug
ALTER TABLE teams DROP CONSTRAINT teams_slug;`,
      fails: "2BP01",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "drop-table": checkDrop,
    "drop-view": checkDrop,
    "drop-type": checkDrop,
    "drop-constraint"(operation, context) {
      if (!operation.cascade) report(operation, keysOn(operation, context), "2BP01", context);
    },
    "drop-column"(operation, context) {
      if (operation.cascade) return;
      const { table, column } = operation;
      const keys = dependentsOf(operation, context) ?? [];
      report(
        operation,
        [...keys.map(told), ...readersOf(table, column, context)],
        "2BP01",
        context,
      );
    },
    "alter-column-type"(operation, context) {
      const { table, column } = operation;
      report(operation, readersOf(table, column, context), "0A000", context);
    },
  },
});

type Drop = Operation & { readonly cascade: boolean };

function checkDrop(operation: Drop, context: RuleContext): void {
  if (operation.cascade) return;
  // One DROP can name several objects: what depends on one of them goes with another.
  const together = context.operations.filter(
    (other) => other.kind === operation.kind && other.span.start === operation.span.start,
  );
  const left = (dependentsOf(operation, context) ?? []).filter(
    ({ relation }) =>
      !together.some((other) => {
        const name = droppedName(other);
        return name !== undefined && nameKey(name) === nameKey(relation);
      }),
  );
  report(operation, left.map(told), "2BP01", context);
}

function droppedName(operation: Operation): ObjectName | undefined {
  if (operation.kind === "drop-table") return operation.table;
  return operation.kind === "drop-view" ? operation.view : undefined;
}

function told({
  kind,
  relation,
  name = "",
}: {
  readonly kind: "view" | "foreign-key" | "column";
  readonly relation: ObjectName;
  readonly name?: string;
}): string {
  const of = `\`${displayName(relation)}\``;
  if (kind === "view") return `the view ${of}`;
  return `the ${kind === "column" ? "column" : "foreign key"} \`${displayIdentifier(name)}\` of ${of}`;
}

/** Foreign keys that rest on the index of a key, those of the same table too. */
function keysOn(operation: DropConstraint, context: RuleContext): string[] {
  const table = context.table(operation.table);
  if (table === undefined) return [];
  const own = table.constraints.map((constraint) => ({ table, constraint }));
  return [...own, ...context.referencing(table.name)]
    .filter(({ constraint: { restsOn } }) => {
      const index = restsOn && context.index(restsOn);
      return (
        index?.constraint === operation.constraint && nameKey(index.table) === nameKey(table.name)
      );
    })
    .map(({ table: other, constraint }) =>
      told({ kind: "foreign-key", relation: other.name, name: constraint.name }),
    );
}

/** Views, generated columns, triggers, policies and publications that name a column for certain. */
function readersOf(name: ObjectName, column: string, context: RuleContext): string[] {
  const table = context.table(name);
  if (table === undefined) return [];
  const isNew = context.column(name, column)?.isNew === true;
  const views = context
    .viewsOf(table.name)
    // An older view cannot read a new column: it means another one of that name.
    .filter((view) => (view.isNew || !isNew) && readsColumn(view, column, context));
  const generated = table.columns.filter(
    (other) => other.name !== column && other.generationExpression?.columns.includes(column),
  );
  return [
    ...views.map((view) => told({ kind: "view", relation: view.name })),
    ...generated.map((other) => `the generated column \`${displayIdentifier(other.name)}\``),
    ...table.triggers
      .filter(({ columns }) => columns.includes(column))
      .map((trigger) => `the trigger \`${displayIdentifier(trigger.name)}\``),
    ...table.policies
      .filter(({ using, check }) => using.includes(column) || check.includes(column))
      .map((policy) => `the policy \`${displayIdentifier(policy.name)}\``),
    ...table.published
      .filter(({ columns }) => columns.includes(column))
      .map(({ publication }) => `the publication \`${displayIdentifier(publication)}\``),
  ];
}

/** A view may mention the column's name and mean another table's: then it is not certain. */
function readsColumn({ reads, readColumns }: View, column: string, context: RuleContext): boolean {
  if (readColumns?.includes(column) !== true) return false;
  const owners = reads.filter((name) => {
    const table = context.table(name);
    return table === undefined || table.columns.some((one) => one.name === column);
  });
  return owners.length === 1;
}

function report(
  operation: Operation,
  dependents: readonly string[],
  code: string,
  context: RuleContext,
): void {
  // What a DO block runs on a condition may have been looked at there.
  if (dependents.length === 0 || operation.inside?.conditional === true) return;
  const table = "table" in operation ? operation.table : undefined;
  const names = [...new Set(dependents)];
  context.report(
    operation,
    `${names.join(", ")} ${names.length === 1 ? "depends" : "depend"} on this: it fails with SQLSTATE ${code}. Drop ${names.length === 1 ? "that" : "those"} first, and make again afterwards what has to stay.`.replace(
      /^t/,
      "T",
    ),
    table === undefined ? {} : { table },
  );
}
