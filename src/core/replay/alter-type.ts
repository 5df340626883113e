import type { Expression } from "../expression.ts";
import { displayIdentifier } from "../name.ts";
import type { AlterColumnType } from "../operations/column.ts";
import type { IndexKey } from "../operations/index-object.ts";
import type { Schema } from "../schema.ts";
import type { Index } from "../schema-object.ts";
import { resolvedType } from "../type-name.ts";
import type { TypeReference } from "../type-reference.ts";
import { alteredTables, changeInFamily, without } from "./edit.ts";

/** ALTER COLUMN TYPE. Without COLLATE the column has its new type's collation. */
export function alterColumnType(schema: Schema, operation: AlterColumnType): void {
  const { column, type, collation } = operation;
  const resolved = resolvedType(schema, type);
  changeInFamily(schema, operation, (before) => ({
    ...without(before, "collation"),
    type: resolved,
    ...(collation === undefined ? {} : { collation }),
  }));
  for (const { name } of alteredTables(schema, operation)) {
    for (const index of schema.indexesOf(name)) simplify(schema, index, column, resolved);
  }
}

/** An index on `date(day)` is an index on `day` once that column is a date: PostgreSQL reads the key anew. */
function simplify(schema: Schema, index: Index, column: string, type: TypeReference): void {
  const { definition } = index;
  const becomesColumn = ({ expression }: IndexKey): boolean =>
    expression !== undefined && isConversion(expression, column, type);
  if (definition?.keys.some(becomesColumn) !== true) return;
  const keys = definition.keys.map((key) =>
    becomesColumn(key) ? { ...without(key, "expression", "expressionName"), column } : key,
  );
  schema.indexes.set({
    ...index,
    columns: keys.map((key) => key.column),
    definition: { ...definition, keys },
  });
}

/** `type(column)` or `column::type`. */
function isConversion({ text, columns }: Expression, column: string, type: TypeReference): boolean {
  if (columns.length !== 1 || columns[0] !== column || type.modifiers.length > 0) return false;
  const written = text.replaceAll(/\s/g, "");
  return [column, displayIdentifier(column)].some((name) =>
    [`${type.name}(${name})`, `${name}::${type.name}`, `(${name})::${type.name}`].includes(written),
  );
}
