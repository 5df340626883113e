import type { ObjectName } from "../name.ts";
import type {
  CreateExtension,
  DropExtension,
  DropSchema,
  RenameSchema,
} from "../operations/object.ts";
import { extensionObjects } from "../extension-objects.ts";
import type { Schema } from "../schema.ts";
import { dropIndex } from "./drop-constraint.ts";
import { dropTable } from "./drop-table.ts";
import { dropCallsWhere, dropFunctionsWhere } from "./drop-function.ts";
import { dropColumnsWhere, dropType } from "./drop-type.ts";
import { dropView } from "./drop-view.ts";
import { moveRelation, moveType } from "./references.ts";
import { dropSequence } from "./sequences.ts";
import type { Steps } from "./step.ts";

type NamespaceKind =
  "create-schema" | "drop-schema" | "rename-schema" | "create-extension" | "drop-extension";

export const NAMESPACE_STEPS: Steps<NamespaceKind> = {
  "create-schema": (schema, operation) => {
    schema.schemas = new Set([...schema.schemas, operation.schema]);
  },
  "drop-schema": dropSchema,
  "rename-schema": renameSchema,
  "create-extension": createExtension,
  "drop-extension": dropExtension,
};

function dropSchema(schema: Schema, { schema: namespace }: DropSchema): void {
  const inside = <Item extends { readonly name: ObjectName }>(objects: { all(): Item[] }): Item[] =>
    objects.all().filter(({ name }) => name.schema === namespace);
  for (const view of inside(schema.views)) dropView(schema, view, true);
  for (const { name } of inside(schema.tables)) {
    const table = schema.tables.get(name);
    if (table !== undefined) dropTable(schema, table, true);
  }
  for (const sequence of inside(schema.sequences)) dropSequence(schema, sequence, true);
  for (const index of inside(schema.indexes)) dropIndex(schema, index);
  const types = [...inside(schema.enums), ...inside(schema.domains), ...inside(schema.otherTypes)];
  for (const { name } of types) dropType(schema, name, true);
  dropFunctionsWhere(schema, ({ name }) => name.schema === namespace);
  schema.schemas = new Set([...schema.schemas].filter((name) => name !== namespace));
  for (const [extension, home] of schema.extensions) {
    if (home === namespace) removeExtension(schema, extension);
  }
}

function renameSchema(schema: Schema, { schema: from, to }: RenameSchema): void {
  const moved = (name: ObjectName): ObjectName => ({ ...name, schema: to });
  const relations = [schema.indexes, schema.sequences, schema.views, schema.tables].flatMap(
    (objects): { readonly name: ObjectName }[] => objects.all(),
  );
  for (const { name } of relations) {
    if (name.schema === from) moveRelation(schema, name, moved(name));
  }
  const types = [schema.enums, schema.domains, schema.otherTypes].flatMap(
    (objects): { readonly name: ObjectName }[] => objects.all(),
  );
  for (const { name } of types) if (name.schema === from) moveType(schema, name, moved(name));
  for (const overloads of schema.functions.all()) {
    if (overloads.name.schema !== from) continue;
    schema.functions.delete(overloads.name);
    const name = moved(overloads.name);
    const functions = overloads.functions.map((overload) => ({ ...overload, name }));
    schema.functions.set({ name, functions });
  }
  schema.schemas = new Set([...schema.schemas].map((name) => (name === from ? to : name)));
}

function createExtension(schema: Schema, operation: CreateExtension): void {
  if (schema.extensions.has(operation.extension)) return;
  const home = operation.schema ?? schema.target({ name: operation.extension }).schema;
  schema.extensions = new Map([...schema.extensions, [operation.extension, home]]);
}

function dropExtension(schema: Schema, operation: DropExtension): void {
  removeExtension(schema, operation.extension, operation.cascade);
}

/** What the extension's types, functions and operator classes were used for goes with CASCADE. */
function removeExtension(schema: Schema, extension: string, cascade = true): void {
  const extensions = new Map(schema.extensions);
  extensions.delete(extension);
  schema.extensions = extensions;
  const { types, functions, operatorClasses } = extensionObjects(extension);
  if (!cascade) return;
  dropColumnsWhere(schema, ({ name }) => types.includes(name));
  dropCallsWhere(schema, ({ name }) => functions.includes(name));
  for (const index of schema.indexes.all()) {
    const uses = index.definition?.keys.some(
      ({ operatorClass }) => operatorClass !== undefined && operatorClasses.includes(operatorClass),
    );
    if (uses === true) dropIndex(schema, index);
  }
}
