import type { Operation, OperationKind } from "./operation.ts";
import type { Schema } from "./schema.ts";
import { COLUMN_STEPS } from "./replay/columns.ts";
import { CONSTRAINT_STEPS } from "./replay/constraints.ts";
import { CREATE_TABLE_STEPS } from "./replay/create-table.ts";
import { FRAMEWORK_STEPS } from "./replay/framework.ts";
import { FUNCTION_STEPS } from "./replay/functions.ts";
import { INDEX_STEPS } from "./replay/indexes.ts";
import { NAMESPACE_STEPS } from "./replay/namespaces.ts";
import { OTHER_OBJECT_STEPS } from "./replay/other-objects.ts";
import { PARTITION_STEPS } from "./replay/partitions.ts";
import { ROW_STEPS } from "./replay/rows.ts";
import { SEQUENCE_STEPS } from "./replay/sequences.ts";
import { SESSION_STEPS } from "./replay/session.ts";
import type { ReplayOptions, Steps } from "./replay/step.ts";
import { TABLE_OBJECT_STEPS } from "./replay/table-objects.ts";
import { TABLE_STEPS } from "./replay/tables.ts";
import { TYPE_STEPS } from "./replay/types.ts";
import { VIEW_STEPS } from "./replay/views.ts";

export type { ReplayOptions } from "./replay/step.ts";

const STEPS: Steps<OperationKind> = {
  ...CREATE_TABLE_STEPS,
  ...TABLE_STEPS,
  ...COLUMN_STEPS,
  ...CONSTRAINT_STEPS,
  ...PARTITION_STEPS,
  ...INDEX_STEPS,
  ...TYPE_STEPS,
  ...VIEW_STEPS,
  ...SEQUENCE_STEPS,
  ...FUNCTION_STEPS,
  ...TABLE_OBJECT_STEPS,
  ...NAMESPACE_STEPS,
  ...OTHER_OBJECT_STEPS,
  ...ROW_STEPS,
  ...SESSION_STEPS,
  ...FRAMEWORK_STEPS,
};

/**
 * Changes the schema as PostgreSQL changes its catalog when it runs the operation, with all that it
 * does without being told: generated names, indexes of keys, sequences of serial columns, what a
 * DROP takes along. Never throws: an object that is missing, or that is there already, is left as it
 * is. What a function's body holds runs when the function is called, and changes nothing here.
 */
export function applyOperation(schema: Schema, operation: Operation, options: ReplayOptions): void {
  if (operation.inside?.body === "function") return;
  // Each step is only called with an operation of the kind that it is filed under.
  const step = STEPS[operation.kind] as (
    schema: Schema,
    operation: never,
    options: ReplayOptions,
  ) => void;
  step(schema, operation as never, options);
}
