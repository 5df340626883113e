import { sameName } from "../object-map.ts";
import type { Schema } from "../schema.ts";
import type { Table } from "../schema-object.ts";
import { dropForeignKeysTo } from "./drop-column.ts";
import { dropTypeUses } from "./drop-type.ts";
import { dropIndex } from "./drop-constraint.ts";
import { dropViewsOf } from "./drop-view.ts";
import { dropSequence } from "./sequences.ts";

/**
 * Removes a table with its partitions, indexes and owned sequences and the foreign keys that
 * reference it; with `cascade` also the tables that inherit from it and the views that read it.
 */
export function dropTable(schema: Schema, table: Table, cascade: boolean): void {
  for (const child of schema.childrenOf(table.name)) {
    const isPartition = child.partitionOf !== undefined && sameName(child.partitionOf, table.name);
    if (isPartition || cascade) dropTable(schema, child, cascade);
  }
  for (const index of schema.indexesOf(table.name)) dropIndex(schema, index);
  dropForeignKeysTo(schema, table.name);
  // A foreign key to the partitioned table goes with any of its partitions.
  if (cascade && table.partitionOf !== undefined) dropForeignKeysTo(schema, table.partitionOf);
  for (const sequence of schema.sequencesOf(table.name)) dropSequence(schema, sequence, cascade);
  schema.tables.delete(table.name);
  if (!cascade) return;
  dropViewsOf(schema, table.name);
  dropTypeUses(schema, table.name);
}
