import type { ObjectName } from "../name.ts";
import type { ChangePrivileges, OtherObjectOperation } from "../operations/object.ts";
import type { Schema } from "../schema.ts";
import {
  alterPublication,
  createPublication,
  dropPublication,
  renamePublication,
} from "./publications.ts";
import { moveRelation, moveType } from "./references.ts";
import { unchanged, type Steps } from "./step.ts";
import { moveToSchema } from "./tables.ts";
import { renameViewColumn } from "./views.ts";

type OtherKind = OtherObjectOperation["kind"] | ChangePrivileges["kind"];

export const OTHER_OBJECT_STEPS: Steps<OtherKind> = {
  "create-object": createPublication,
  "alter-object": alterPublication,
  "drop-object": (schema, { object, name }) => {
    if (object === "publication" && name !== undefined) dropPublication(schema, name);
  },
  "rename-object": (schema, operation) => {
    const { name, to, table } = operation;
    if (name === undefined || to === undefined) return;
    if (operation.object === "publication") renamePublication(schema, name, to);
    else if (operation.object === "column" && table !== undefined) {
      renameViewColumn(schema, table, name.name, to);
    } else relocate(schema, operation, name, (from) => ({ ...from, name: to }));
  },
  "set-object-schema": (schema, operation) => {
    const { name, to } = operation;
    if (name === undefined || to === undefined) return;
    relocate(schema, operation, name, (from) => ({ ...from, schema: to }));
  },
  "change-owner": unchanged,
  comment: unchanged,
  "security-label": unchanged,
  grant: unchanged,
  revoke: unchanged,
};

/** A new name or schema for the kinds of object that the replay follows. */
function relocate(
  schema: Schema,
  { object }: OtherObjectOperation,
  name: ObjectName,
  moved: (from: ObjectName) => ObjectName,
): void {
  switch (object) {
    case "view":
    case "materialized-view":
    case "sequence":
    case "index":
    case "table":
    case "foreign-table": {
      const from = schema.relationName(name);
      const to = moved(from);
      if (to.schema !== undefined && to.schema !== from.schema) {
        moveToSchema(schema, from, to.schema);
      } else moveRelation(schema, from, to);
      return;
    }
    case "type":
    case "domain": {
      const from = schema.typeName(name);
      if (from !== undefined) moveType(schema, from, moved(from));
      return;
    }
    case "function":
    case "procedure":
      moveFunctions(schema, name, moved);
      return;
    default:
  }
}

/** All functions of the name: the operation does not tell which. Triggers keep calling theirs. */
function moveFunctions(
  schema: Schema,
  name: ObjectName,
  moved: (from: ObjectName) => ObjectName,
): void {
  const found = schema.functions.find(name, schema.path);
  if (found === undefined) return;
  const to = moved(found.name);
  const others = schema.functions.get(to)?.functions ?? [];
  const functions = found.functions.map((overload) => ({ ...overload, name: to }));
  schema.functions.delete(found.name);
  schema.functions.set({ name: to, functions: [...others, ...functions] });
  for (const table of schema.tables.all()) {
    if (!table.triggers.some((trigger) => trigger.function === found.name)) continue;
    const triggers = table.triggers.map((trigger) =>
      trigger.function === found.name ? { ...trigger, function: to } : trigger,
    );
    schema.tables.set({ ...table, triggers });
  }
}
