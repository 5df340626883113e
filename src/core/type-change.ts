import type { ObjectName } from "./name.ts";
import type { AlterColumnType } from "./operations/column.ts";
import type { Schema } from "./schema.ts";
import type { Column, Index, Table } from "./schema-object.ts";
import { isRelabel } from "./relabel.ts";
import { resolvedType } from "./type-name.ts";
import type { TypeReference } from "./type-reference.ts";

/**
 * What ALTER COLUMN TYPE does to the rows, from least to most: nothing but the catalog; CHECK
 * constraints of the column are tested again; indexes of the column are built again; the table and
 * its indexes are written anew.
 */
export type TypeChange = "none" | "check-rescan" | "index-rebuild" | "rewrite";

/**
 * What a change of a column's type costs. A change between `timestamp` and `timestamptz` is a
 * rewrite, but in a session whose time zone is `utc`: there it is a new label.
 *
 * PostgreSQL keeps the rows when the conversion is no more than a new label, and keeps a plain
 * index when its operator class and collation stay
 * (https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES). An index with
 * an expression or a predicate on the column is built again in any case.
 */
export function typeChange(
  column: Column,
  operation: Pick<AlterColumnType, "table" | "type" | "using" | "collation">,
  schema: Schema,
  { utc }: { readonly utc: boolean } = { utc: false },
): TypeChange {
  const to = resolvedType(schema, operation.type);
  if (!keepsRows(column, { ...operation, type: to }, schema, utc)) return "rewrite";
  const table = schema.table(operation.table);
  if (table === undefined) return "none";
  const from = schema.domain(column.type)?.baseType ?? column.type;
  const target = schema.domain(to)?.baseType ?? to;
  const sameClass =
    operatorFamily(from.name) === operatorFamily(target.name) &&
    sameCollation(column.collation, operation.collation);
  const indexes = schema.indexesOf(table.name);
  if (indexes.some((index) => isRebuilt(index, column.name, sameClass))) return "index-rebuild";
  return hasCheck(table, column.name) ? "check-rescan" : "none";
}

function keepsRows(
  column: Column,
  { type, using }: Pick<AlterColumnType, "type" | "using">,
  schema: Schema,
  utc: boolean,
): boolean {
  if (using !== undefined && using.cast?.column !== column.name) return false;
  const steps = [...(using?.cast?.types ?? []).map((step) => resolvedType(schema, step)), type];
  // Each cast forgets what the one before it was told: a length is compared with the last one only.
  let from = column.type;
  return steps.every((to) => {
    const keeps = isRelabel(schema, from, to) || (utc && isZoneRelabel(schema, from, to));
    from = to;
    return keeps;
  });
}

/** In UTC the conversion is a label; the precision is applied to its result, of which none is known. */
function isZoneRelabel(schema: Schema, from: TypeReference, to: TypeReference): boolean {
  return (
    isTimeZoneChange(from, to) &&
    from.arrayDimensions === 0 &&
    isRelabel(schema, withoutModifiers(to), to)
  );
}

function withoutModifiers({ name, arrayDimensions, serial, text }: TypeReference): TypeReference {
  return { name, modifiers: [], arrayDimensions, serial, text };
}

/** Whether a type differs from another only in that it knows, or does not know, a time zone. */
export function isTimeZoneChange(from: TypeReference, to: TypeReference): boolean {
  const names = [from.name, to.name].toSorted();
  return names[0] === "timestamp" && names[1] === "timestamptz";
}

function isRebuilt({ columns, definition }: Index, column: string, sameClass: boolean): boolean {
  if (columns.includes(column) && !sameClass) return true;
  const expressions = (definition?.keys ?? []).flatMap(({ expression }) => expression ?? []);
  const hasExpression = expressions.length > 0 || definition?.where !== undefined;
  if (!hasExpression) return false;
  return (
    columns.includes(column) ||
    definition?.where?.columns.includes(column) === true ||
    expressions.some((expression) => expression.columns.includes(column))
  );
}

/** Types of one family have one operator class, so that an index serves both. */
function operatorFamily(type: string): string {
  if (type === "varchar" || type === "xml") return "text";
  if (type === "cidr") return "inet";
  return type;
}

function sameCollation(one: ObjectName | undefined, other: ObjectName | undefined): boolean {
  return (one?.name ?? "default") === (other?.name ?? "default");
}

function hasCheck({ constraints }: Table, column: string): boolean {
  return constraints.some(
    ({ definition, columns }) =>
      definition.kind === "check" && !definition.notEnforced && columns.includes(column),
  );
}
