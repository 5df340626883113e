import type { Expression } from "../expression.ts";
import type { ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type { Overloads, Schema } from "../schema.ts";
import type { Constraint, FunctionObject, Index, Table } from "../schema-object.ts";
import { dropColumn } from "./drop-column.ts";
import { dropConstraint, dropIndex } from "./drop-constraint.ts";
import { without } from "./edit.ts";

/** Removes every function that passes the test, and what calls it. */
export function dropFunctionsWhere(
  schema: Schema,
  test: (overload: FunctionObject) => boolean,
): void {
  for (const overloads of schema.functions.all()) {
    const left = overloads.functions.filter((overload) => !test(overload));
    keepFunctions(schema, overloads, left, true);
  }
}

/**
 * Leaves of the functions of a name only these. With `cascade` what called the others goes too:
 * triggers, defaults, CHECK constraints, generated columns and indexes.
 */
export function keepFunctions(
  schema: Schema,
  { name, functions }: Overloads,
  left: readonly FunctionObject[],
  cascade: boolean,
): void {
  if (left.length === functions.length) return;
  if (left.length > 0) schema.functions.set({ name, functions: left });
  else schema.functions.delete(name);
  if (!cascade) return;
  // A trigger's function takes no parameters.
  if (!left.some(({ signature }) => signature === "")) dropTriggersOf(schema, name);
  const isTrigger = functions.every(({ returns }) => returns?.name === "trigger");
  if (left.length === 0 && !isTrigger) dropCallsWhere(schema, (called) => isCall(called, name));
}

/** Removes defaults, CHECK constraints, generated columns and indexes that call such a function. */
export function dropCallsWhere(schema: Schema, test: (called: ObjectName) => boolean): void {
  const calls = (expression: Expression | undefined): boolean =>
    expression?.functions.some(test) === true;
  for (const index of schema.indexes.all()) {
    if (expressionsOf(index).some(calls)) dropIndex(schema, index);
  }
  for (const table of schema.tables.all()) {
    if (table.columns.some((column) => calls(column.default))) dropDefaults(schema, table, calls);
    for (const constraint of table.constraints.filter((each) => calls(checkOf(each)))) {
      dropConstraint(schema, schema.tables.get(table.name) ?? table, constraint.name);
    }
    for (const column of table.columns) {
      if (calls(column.generationExpression)) dropColumn(schema, table.name, column.name, true);
    }
  }
}

/** A call without a schema is taken for one of this function: nothing tells more. */
function isCall(called: ObjectName, name: ObjectName): boolean {
  return called.schema === undefined ? called.name === name.name : sameName(called, name);
}

function expressionsOf({ definition }: Index): readonly (Expression | undefined)[] {
  return [definition?.where, ...(definition?.keys ?? []).map(({ expression }) => expression)];
}

function checkOf({ definition }: Constraint): Expression | undefined {
  return definition.kind === "check" ? definition.expression : undefined;
}

function dropDefaults(
  schema: Schema,
  table: Table,
  test: (expression: Expression | undefined) => boolean,
): void {
  const columns = table.columns.map((column) =>
    test(column.default) ? without(column, "default", "defaultVolatility") : column,
  );
  schema.tables.set({ ...table, columns });
}

function dropTriggersOf(schema: Schema, name: ObjectName): void {
  for (const table of schema.tables.all()) {
    const triggers = table.triggers.filter((trigger) => !sameName(trigger.function, name));
    if (triggers.length < table.triggers.length) schema.tables.set({ ...table, triggers });
  }
}
