import { sameName } from "../object-map.ts";
import type {
  AttachIndex,
  CreateIndex,
  DropIndex,
  RenameIndex,
} from "../operations/index-object.ts";
import type { Schema } from "../schema.ts";
import type { Index } from "../schema-object.ts";
import { dropIndex } from "./drop-constraint.ts";
import { changeConstraint } from "./edit.ts";
import { cloneIndex, generatedIndexName } from "./keys.ts";
import { moveRelation } from "./references.ts";
import { unchanged, type Steps } from "./step.ts";

type IndexKind =
  "create-index" | "drop-index" | "rename-index" | "attach-index" | "alter-index" | "reindex";

export const INDEX_STEPS: Steps<IndexKind> = {
  "create-index": createIndex,
  "drop-index": (schema, operation: DropIndex) => {
    const index = schema.index(operation.index);
    // PostgreSQL refuses to drop the index of a constraint, whatever the statement says.
    if (index !== undefined && index.constraint === undefined) dropIndex(schema, index);
  },
  "rename-index": (schema, { index, to }: RenameIndex) => {
    const found = schema.index(index);
    if (found !== undefined) renameIndex(schema, found, to);
  },
  "attach-index": attachIndex,
  "alter-index": unchanged,
  reindex: unchanged,
};

/** A constraint follows the name of its index. */
export function renameIndex(schema: Schema, index: Index, to: string): void {
  const name = { ...index.name, name: to };
  if (schema.hasRelation(name)) return;
  moveRelation(schema, index.name, name);
  if (index.constraint === undefined) return;
  const moved = schema.indexes.get(name);
  if (moved !== undefined) schema.indexes.set({ ...moved, constraint: to });
  changeConstraint(schema, index.table, index.constraint, (constraint) => ({
    ...constraint,
    name: to,
  }));
}

function createIndex(schema: Schema, operation: CreateIndex): void {
  const table = schema.table(operation.table);
  const owner = table?.name ?? schema.view(operation.table)?.name;
  if (owner === undefined) return;
  const { keys, include } = operation;
  const shape = {
    unique: operation.unique,
    method: operation.method,
    columns: keys.map(({ column }) => column),
    include,
    partial: operation.where !== undefined,
    definition: operation,
  };
  const name = operation.name ?? generatedIndexName(schema, owner, { ...shape, keys }, "idx");
  if (schema.hasRelation({ ...owner, name })) return;
  const partitions = table?.partitionBy === undefined ? [] : schema.partitionsOf(owner);
  const valid = !operation.only || partitions.length === 0;
  const index: Index = { ...shape, name: { ...owner, name }, table: owner, valid };
  schema.indexes.set(index);
  if (operation.only) return;
  for (const partition of partitions) cloneIndex(schema, index, partition);
}

/** An index of a partitioned table becomes valid when every partition has its own attached. */
function attachIndex(schema: Schema, operation: AttachIndex): void {
  const parent = schema.index(operation.index);
  const child = schema.index(operation.child);
  if (parent === undefined || child === undefined) return;
  schema.indexes.set({ ...child, parent: parent.name });
  if (parent.constraint !== undefined && child.constraint !== undefined) {
    changeConstraint(schema, child.table, child.constraint, (constraint) => ({
      ...constraint,
      inherited: true,
    }));
  }
  markValid(schema, parent);
}

function markValid(schema: Schema, index: Index): void {
  const complete = schema
    .partitionsOf(index.table)
    .every((partition) =>
      schema
        .indexesOf(partition.name)
        .some((own) => own.valid && own.parent !== undefined && sameName(own.parent, index.name)),
    );
  if (!complete || index.valid) return;
  schema.indexes.set({ ...index, valid: true });
  const parent = index.parent === undefined ? undefined : schema.indexes.get(index.parent);
  if (parent !== undefined) markValid(schema, parent);
}
