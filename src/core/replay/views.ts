import type { ObjectName } from "../name.ts";
import type { CreateView } from "../operations/object.ts";
import { TEMPORARY_SCHEMA, type Schema } from "../schema.ts";
import { dropView } from "./drop-view.ts";
import { moveRelation } from "./references.ts";
import { unchanged, type ReplayOptions, type Steps } from "./step.ts";

type ViewKind = "create-view" | "drop-view" | "rename-view" | "refresh-materialized-view";

export const VIEW_STEPS: Steps<ViewKind> = {
  "create-view": createView,
  "drop-view": (schema, operation) => {
    const view = schema.view(operation.view);
    if (view !== undefined) dropView(schema, view, operation.cascade);
  },
  "rename-view": (schema, { view, to }) => {
    const found = schema.view(view);
    if (found !== undefined) moveRelation(schema, found.name, { ...found.name, name: to });
  },
  "refresh-materialized-view": unchanged,
};

/** The parser tells a view's column from a table's only where the statement says VIEW. */
export function renameViewColumn(
  schema: Schema,
  name: ObjectName,
  column: string,
  to: string,
): void {
  const view = schema.view(name);
  if (view?.columns === undefined) return;
  const columns = view.columns.map((each) => (each === column ? to : each));
  schema.views.set({ ...view, columns });
}

function createView(schema: Schema, operation: CreateView, { reviewing }: ReplayOptions): void {
  const { query, columns, materialized } = operation;
  const reads = query.tables.map((table) => schema.relationName(table));
  const temporary =
    operation.temporary || reads.some(({ schema: own }) => own === TEMPORARY_SCHEMA);
  const name = schema.target(operation.view, temporary && !materialized);
  const before = schema.views.get(name);
  if (schema.hasRelation(name) && (before === undefined || !operation.orReplace)) return;
  schema.views.set({
    name,
    materialized,
    reads,
    isNew: before?.isNew ?? reviewing,
    ...(columns === undefined ? {} : { columns }),
    ...(query.columns === undefined ? {} : { readColumns: query.columns }),
  });
}
