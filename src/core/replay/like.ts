import type { ObjectName } from "../name.ts";
import type { CreateTable } from "../operations/table.ts";
import type { Schema } from "../schema.ts";
import type { Column, Index } from "../schema-object.ts";
import { changeTable, without } from "./edit.ts";
import { addIndexedConstraint, constraintOf, generatedIndexName } from "./keys.ts";
import { createOwnedSequence } from "./sequences.ts";

type Like = CreateTable["like"][number];

/** The columns that LIKE copies: name, type and NOT NULL always, the rest as INCLUDING says. */
export function likeColumns(
  schema: Schema,
  like: Like,
  target: Required<ObjectName>,
  isNew: boolean,
): readonly Column[] {
  const source = schema.table(like.table);
  return (source?.columns ?? []).map((column) => {
    let copy: Column = { ...without(column, "inherited"), isNew };
    if (!includes(like, "defaults")) copy = without(copy, "default", "defaultVolatility");
    if (!includes(like, "generated")) copy = without(copy, "generated", "generationExpression");
    if (!includes(like, "identity")) copy = without(copy, "identity");
    if (copy.identity !== undefined) {
      createOwnedSequence(schema, target, copy);
    }
    return copy;
  });
}

/** The CHECK constraints and indexes that LIKE copies: constraints keep their names, indexes get new ones. */
export function likeObjects(schema: Schema, like: Like, target: ObjectName): void {
  const source = schema.table(like.table);
  const table = schema.tables.get(target);
  if (source === undefined || table === undefined) return;
  if (includes(like, "constraints")) {
    const checks = source.constraints
      .filter(
        ({ name, definition }) =>
          definition.kind === "check" && !table.constraints.some((own) => own.name === name),
      )
      .map((constraint) => without(constraint, "inherited"));
    changeTable(schema, target, { constraints: [...table.constraints, ...checks] });
  }
  if (!includes(like, "indexes")) return;
  for (const index of schema.indexesOf(source.name)) copyIndex(schema, index, target);
}

function copyIndex(schema: Schema, index: Index, target: ObjectName): void {
  const table = schema.tables.get(target);
  if (table === undefined) return;
  const definition = constraintOf(schema, index);
  if (definition !== undefined) {
    const unnamed =
      definition.kind === "exclude"
        ? without(definition, "name")
        : without(definition, "name", "usingIndex");
    addIndexedConstraint(schema, table, unnamed);
    return;
  }
  const keys = index.definition?.keys;
  const name = generatedIndexName(schema, target, { ...index, keys }, "idx");
  schema.indexes.set({
    ...without(index, "parent"),
    name: { ...target, name },
    table: target,
    valid: true,
  });
}

function includes(like: Like, option: string): boolean {
  return like.including.includes("all") || like.including.includes(option);
}
