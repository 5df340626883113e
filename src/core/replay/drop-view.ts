import type { ObjectName } from "../name.ts";
import type { Schema } from "../schema.ts";
import type { View } from "../schema-object.ts";
import { dropIndex } from "./drop-constraint.ts";

/** Removes a view with its indexes, and with `cascade` the views that read it. */
export function dropView(schema: Schema, view: View, cascade: boolean): void {
  schema.views.delete(view.name);
  for (const index of schema.indexesOf(view.name)) dropIndex(schema, index);
  if (cascade) dropViewsOf(schema, view.name);
}

/** Removes the views that read a relation; of those, with `column`, the ones that may read this column of it. */
export function dropViewsOf(schema: Schema, relation: ObjectName, column?: string): void {
  for (const view of schema.viewsOf(relation)) {
    const { readColumns } = view;
    const mayRead =
      column === undefined ||
      readColumns === undefined ||
      readColumns.includes(column) ||
      readColumns.includes("*");
    if (mayRead) dropView(schema, view, true);
  }
}
