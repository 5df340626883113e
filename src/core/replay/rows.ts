import type { ObjectName } from "../name.ts";
import type { RowOperations } from "../operations/rows.ts";
import type { Schema } from "../schema.ts";
import { changeTable, family } from "./edit.ts";
import { unchanged, type Steps } from "./step.ts";

export const ROW_STEPS: Steps<RowOperations["kind"]> = {
  "insert-rows": (schema, { table }) => fill(schema, table),
  "update-rows": unchanged,
  "delete-rows": unchanged,
  "merge-rows": (schema, { table }) => fill(schema, table),
  "select-rows": unchanged,
  "copy-rows": (schema, { table, direction }) => {
    if (table !== undefined && direction === "from") fill(schema, table);
  },
  "call-procedure": unchanged,
};

/** The table is not known to be empty any more, nor are its partitions and those whose partition it is. */
function fill(schema: Schema, name: ObjectName): void {
  const table = schema.table(name);
  if (table === undefined) return;
  for (const member of family(schema, table)) {
    if (member.isEmpty) changeTable(schema, member.name, { isEmpty: false });
  }
  for (let parent = table.partitionOf; parent !== undefined;) {
    const owner = schema.tables.get(parent);
    if (owner?.isEmpty === true) changeTable(schema, owner.name, { isEmpty: false });
    parent = owner?.partitionOf;
  }
}
