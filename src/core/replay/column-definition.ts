import type { Expression } from "../expression.ts";
import type { ObjectName } from "../name.ts";
import type { ColumnDefinition } from "../operations/column.ts";
import type { ConstraintDefinition } from "../operations/constraint.ts";
import type { Schema } from "../schema.ts";
import type { Column } from "../schema-object.ts";
import { resolvedType } from "../type-name.ts";
import type { TypeReference } from "../type-reference.ts";
import { volatilityOf } from "../volatility.ts";
import { createOwnedSequence, nextValueOf } from "./sequences.ts";

/** The column that a definition makes. The sequence of a serial or identity column is made with it. */
export function columnOf(
  schema: Schema,
  table: Required<ObjectName>,
  definition: ColumnDefinition,
  isNew: boolean,
): Column {
  const { name, identity, generated, collation } = definition;
  const type = resolvedType(schema, definition.type);
  const makesValues = type.serial || identity !== undefined;
  const column: Column = {
    name,
    type,
    notNull: definition.notNull || makesValues,
    isNew,
    ...(identity === undefined ? {} : { identity }),
    ...(collation === undefined ? {} : { collation }),
    ...(generated === undefined
      ? {}
      : { generated: generated.kind, generationExpression: generated.expression }),
  };
  const sequence = makesValues
    ? createOwnedSequence(schema, table, column, definition.sequence)
    : undefined;
  const isSerial = type.serial && sequence !== undefined;
  return withDefault(schema, column, isSerial ? nextValueOf(sequence) : definition.default);
}

/** The column with this default, if it is one. */
export function withDefault(schema: Schema, column: Column, value: Expression | undefined): Column {
  if (value === undefined || isPlainNull(schema, value, column.type)) return column;
  return { ...column, default: value, defaultVolatility: volatilityOf(value, schema) };
}

/**
 * DEFAULT NULL is no default to PostgreSQL, but where NULL is first converted: to a domain, or to a
 * type with a length.
 */
function isPlainNull(schema: Schema, value: Expression, type: TypeReference): boolean {
  return value.null && type.modifiers.length === 0 && schema.domain(type) === undefined;
}

/** The constraints written on a column, each with the column that it stands on. */
export function columnConstraints(definition: ColumnDefinition): readonly ConstraintDefinition[] {
  return definition.constraints.map((constraint) => {
    const unplaced =
      (constraint.kind === "primary-key" ||
        constraint.kind === "unique" ||
        constraint.kind === "foreign-key") &&
      constraint.columns.length === 0;
    return unplaced ? { ...constraint, columns: [definition.name] } : constraint;
  });
}

/**
 * Constraints in the order in which PostgreSQL makes them: CHECK, PRIMARY KEY, the other keys,
 * foreign keys. Keys of the same columns become one index, under the first name that is given.
 */
export function inCreationOrder(
  written: readonly ConstraintDefinition[],
): readonly ConstraintDefinition[] {
  const ofKind = (...kinds: ConstraintDefinition["kind"][]): ConstraintDefinition[] =>
    written.filter(({ kind }) => kinds.includes(kind));
  const keys = [...ofKind("primary-key"), ...ofKind("unique", "exclude")];
  return [...ofKind("check", "not-null"), ...withoutDuplicates(keys), ...ofKind("foreign-key")];
}

function withoutDuplicates(keys: readonly ConstraintDefinition[]): ConstraintDefinition[] {
  const kept = new Map<string, ConstraintDefinition>();
  for (const key of keys) {
    const signature = indexSignature(key);
    const before = kept.get(signature);
    if (before === undefined) kept.set(signature, key);
    else if (before.name === undefined && key.name !== undefined) {
      kept.set(signature, { ...before, name: key.name });
    }
  }
  return [...kept.values()];
}

/** Equal for constraints that PostgreSQL's transformIndexConstraints takes for the same index. */
function indexSignature(key: ConstraintDefinition): string {
  if (key.kind !== "primary-key" && key.kind !== "unique") return String(key.span.start);
  if (key.usingIndex !== undefined) return `using ${key.usingIndex}`;
  const { columns, include, nullsNotDistinct, deferrable, initiallyDeferred } = key;
  return JSON.stringify([columns, include, nullsNotDistinct, deferrable, initiallyDeferred]);
}
