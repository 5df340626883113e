import type { Expression } from "../expression.ts";
import { nameKey, type ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type { Schema } from "../schema.ts";
import type { Constraint, Index, Table } from "../schema-object.ts";
import { dropConstraint, dropIndex } from "./drop-constraint.ts";
import { dropViewsOf } from "./drop-view.ts";
import { changeTable, hasColumn } from "./edit.ts";
import { dropSequence } from "./sequences.ts";

/**
 * Removes a column with everything that PostgreSQL removes along with it: indexes and constraints
 * that mention it, sequences that it owns, the same column of partitions; with `cascade` also
 * views, triggers, policies, generated columns and foreign keys of other tables.
 */
export function dropColumn(
  schema: Schema,
  name: ObjectName,
  column: string,
  cascade: boolean,
): void {
  const table = schema.tables.get(name);
  if (table === undefined || !hasColumn(table, column)) return;
  for (const child of schema.childrenOf(name)) {
    const own = child.columns.find((each) => each.name === column);
    if (own?.inherited === true) dropColumn(schema, child.name, column, cascade);
  }
  dropWithColumn(schema, table, column, cascade);
  const left = schema.tables.get(name) ?? table;
  changeTable(schema, name, { columns: left.columns.filter((each) => each.name !== column) });
  if (!cascade) return;
  dropViewsOf(schema, name, column);
  changeTable(schema, name, {
    triggers: left.triggers.filter((each) => !each.columns.includes(column)),
    policies: left.policies.filter(({ using, check }) => ![...using, ...check].includes(column)),
    published: left.published.filter((each) => !each.columns.includes(column)),
  });
  for (const each of left.columns) {
    if (reads(each.generationExpression, column)) dropColumn(schema, name, each.name, true);
  }
}

/** What goes with a column without CASCADE being said, foreign keys to it included. */
function dropWithColumn(schema: Schema, table: Table, column: string, cascade: boolean): void {
  const { name } = table;
  for (const index of schema.indexesOf(name)) {
    if (mentions(index, column)) dropIndex(schema, index);
  }
  for (const constraint of table.constraints.filter((each) => isAbout(each, column))) {
    dropConstraint(schema, schema.tables.get(name) ?? table, constraint.name);
  }
  dropForeignKeysTo(schema, name, column);
  for (const sequence of schema.sequencesOf(name)) {
    if (sequence.ownedBy?.column === column) dropSequence(schema, sequence, cascade);
  }
}

/** Removes foreign keys of every table that reference this table, or one of its columns. */
export function dropForeignKeysTo(schema: Schema, name: ObjectName, column?: string): void {
  const references = ({ definition }: Constraint): boolean =>
    definition.kind === "foreign-key" &&
    sameName(definition.references, name) &&
    (column === undefined || definition.referencedColumns.includes(column));
  for (const table of schema.tables.group("references", nameKey(name))) {
    if (!table.constraints.some(references)) continue;
    const constraints = table.constraints.filter((constraint) => !references(constraint));
    schema.tables.set({ ...table, constraints });
  }
}

function isAbout({ columns, definition }: Constraint, column: string): boolean {
  if (columns.includes(column)) return true;
  if (definition.kind === "primary-key" || definition.kind === "unique") {
    return definition.include.includes(column);
  }
  return (
    definition.kind === "exclude" &&
    (reads(definition.where, column) ||
      (definition.keys ?? []).some(({ expression }) => reads(expression, column)))
  );
}

function mentions({ columns, include, definition }: Index, column: string): boolean {
  return (
    columns.includes(column) ||
    include.includes(column) ||
    reads(definition?.where, column) ||
    (definition?.keys ?? []).some(({ expression }) => reads(expression, column))
  );
}

function reads(expression: Expression | undefined, column: string): boolean {
  return expression?.columns.includes(column) ?? false;
}
