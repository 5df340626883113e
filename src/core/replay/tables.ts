import type {
  AlterRowSecurity,
  RenameTable,
  SetPersistence,
  SetTableSchema,
  TableOperations,
} from "../operations/table.ts";
import type { Schema } from "../schema.ts";
import type { ObjectName } from "../name.ts";
import { dropTable } from "./drop-table.ts";
import { changeTable } from "./edit.ts";
import { renameIndex } from "./indexes.ts";
import { moveRelation } from "./references.ts";
import { unchanged, type Steps } from "./step.ts";

type TableKind = Exclude<
  TableOperations["kind"],
  | "create-table"
  | "create-table-as"
  | `${string}-constraint`
  | `${string}-partition`
  | "alter-inheritance"
>;

export const TABLE_STEPS: Steps<TableKind> = {
  "drop-table": (schema, operation) => {
    const table = schema.table(operation.table);
    if (table !== undefined) dropTable(schema, table, operation.cascade);
  },
  "rename-table": renameTable,
  "set-table-schema": setTableSchema,
  "alter-trigger-state": unchanged,
  "alter-row-security": (schema, { table, action }: AlterRowSecurity) => {
    if (action !== "enable" && action !== "disable") return;
    const found = schema.table(table);
    if (found !== undefined) changeTable(schema, found.name, { rowSecurity: action === "enable" });
  },
  "set-replica-identity": (schema, { table, identity }) => {
    const name = schema.table(table)?.name;
    if (name !== undefined) changeTable(schema, name, { replicaIdentity: identity });
  },
  "set-persistence": (schema, { table, logged }: SetPersistence) => {
    const found = schema.table(table);
    const persistence = logged ? "permanent" : "unlogged";
    if (found !== undefined) changeTable(schema, found.name, { persistence });
  },
  "set-tablespace": unchanged,
  "set-access-method": unchanged,
  "set-table-options": unchanged,
  "alter-table-other": unchanged,
  truncate: (schema, operation) => {
    const table = schema.table(operation.table);
    if (table?.isNew === true) changeTable(schema, table.name, { isEmpty: true });
  },
};

/** ALTER TABLE … RENAME also takes views, sequences and indexes. */
function renameTable(schema: Schema, { table, to }: RenameTable): void {
  const index = schema.index(table);
  if (index !== undefined && schema.table(table) === undefined) {
    renameIndex(schema, index, to);
    return;
  }
  const from = schema.relationName(table);
  moveRelation(schema, from, { ...from, name: to });
}

function setTableSchema(schema: Schema, operation: SetTableSchema): void {
  moveToSchema(schema, schema.relationName(operation.table), operation.schema);
}

/** A relation's indexes and owned sequences go with it. */
export function moveToSchema(schema: Schema, name: ObjectName, namespace: string): void {
  const companions = [...schema.indexesOf(name), ...schema.sequencesOf(name)];
  for (const companion of companions) {
    moveRelation(schema, companion.name, { ...companion.name, schema: namespace });
  }
  moveRelation(schema, name, { ...name, schema: namespace });
}
