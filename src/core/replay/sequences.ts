import type { Expression } from "../expression.ts";
import { relationName } from "../generated-name.ts";
import { displayName, type ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type { AlterSequence, CreateSequence, SequenceOptions } from "../operations/object.ts";
import type { Schema } from "../schema.ts";
import type { Column, Sequence } from "../schema-object.ts";
import { without } from "./edit.ts";
import { moveRelation } from "./references.ts";
import type { Steps } from "./step.ts";

type SequenceKind = "create-sequence" | "alter-sequence" | "drop-sequence" | "rename-sequence";

export const SEQUENCE_STEPS: Steps<SequenceKind> = {
  "create-sequence": createSequence,
  "alter-sequence": alterSequence,
  "drop-sequence": (schema, operation) => {
    const sequence = schema.sequences.find(operation.sequence, schema.path);
    if (sequence !== undefined) dropSequence(schema, sequence, operation.cascade);
  },
  "rename-sequence": (schema, { sequence, to }) => {
    const found = schema.sequences.find(sequence, schema.path);
    if (found !== undefined) moveRelation(schema, found.name, { ...found.name, name: to });
  },
};

/** Makes the sequence of a serial or identity column, which the column owns, under a generated name where none is given. */
export function createOwnedSequence(
  schema: Schema,
  table: Required<ObjectName>,
  { name: column, type, identity }: Pick<Column, "name" | "type" | "identity">,
  given?: ObjectName,
): Sequence {
  const name =
    given === undefined
      ? relationName(schema, table.schema, [table.name, column, "seq"])
      : given.name;
  const sequence = {
    name: { schema: given?.schema ?? table.schema, name },
    type: type.name,
    ownedBy: { table, column },
    ...(identity === undefined ? {} : { identity: true }),
  };
  schema.sequences.set(sequence);
  return sequence;
}

/** The default that a serial column has. */
export function nextValueOf(sequence: Sequence): Expression {
  return {
    text: `nextval('${displayName(sequence.name).replaceAll("'", "''")}'::regclass)`,
    functions: [{ name: "nextval" }],
    columns: [],
    constant: false,
    null: false,
    hasSubquery: false,
    provesNotNull: [],
  };
}

/** Removes a sequence, and with `cascade` the column defaults that take their values from it. */
export function dropSequence(schema: Schema, sequence: Sequence, cascade: boolean): void {
  schema.sequences.delete(sequence.name);
  if (!cascade) return;
  for (const table of schema.tables.all()) {
    const uses = (expression: Expression | undefined): boolean =>
      expression !== undefined && takesFrom(schema, expression, sequence.name);
    if (!table.columns.some((column) => uses(column.default))) continue;
    const columns = table.columns.map((column) =>
      uses(column.default) ? without(column, "default", "defaultVolatility") : column,
    );
    schema.tables.set({ ...table, columns });
  }
}

const NEXT_VALUE = /nextval\s*\(\s*'((?:[^']|'')+)'/i;

/** Whether the expression calls nextval for this sequence. */
function takesFrom(schema: Schema, expression: Expression, sequence: ObjectName): boolean {
  if (!expression.functions.some(({ name }) => name === "nextval")) return false;
  const literal = NEXT_VALUE.exec(expression.text)?.[1]?.replaceAll("''", "'");
  if (literal === undefined) return false;
  const parts = (literal.match(/"(?:[^"]|"")+"|[^."]+/g) ?? []).map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase(),
  );
  const name = parts.at(-1);
  if (name === undefined || name !== sequence.name) return false;
  const [namespace] = parts;
  const written =
    parts.length > 1 && namespace !== undefined ? { schema: namespace, name } : { name };
  return sameName(schema.target(written), sequence);
}

function createSequence(schema: Schema, operation: CreateSequence): void {
  const name = schema.target(operation.sequence, operation.temporary);
  if (schema.hasRelation(name)) return;
  const { options } = operation;
  schema.sequences.set(
    withOwner(schema, { name, type: options.type?.name ?? "int8" }, options.ownedBy),
  );
}

function alterSequence(schema: Schema, { sequence, options }: AlterSequence): void {
  const found = schema.sequences.find(sequence, schema.path);
  if (found === undefined) return;
  const type = options.type?.name ?? found.type;
  schema.sequences.set(withOwner(schema, { ...found, type }, options.ownedBy));
}

function withOwner(
  schema: Schema,
  sequence: Sequence,
  ownedBy: SequenceOptions["ownedBy"],
): Sequence {
  if (ownedBy === undefined) return sequence;
  if (ownedBy === "none") return without(sequence, "ownedBy");
  const table = schema.relationName(ownedBy.table);
  return { ...sequence, ownedBy: { table, column: ownedBy.column } };
}
