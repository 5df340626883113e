import type { ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type {
  CheckConstraint,
  ConstraintDefinition,
  ForeignKeyConstraint,
  NotNullConstraint,
} from "../operations/constraint.ts";
import type { AddConstraint, AlterConstraint, RenameConstraint } from "../operations/table.ts";
import type { Schema } from "../schema.ts";
import type { Constraint, Index, Table } from "../schema-object.ts";
import { dropConstraint } from "./drop-constraint.ts";
import { alteredTables, changeColumn, changeConstraint, changeTable, family } from "./edit.ts";
import { addIndexedConstraint, generatedConstraintName } from "./keys.ts";
import { moveRelation } from "./references.ts";
import type { Steps } from "./step.ts";

type ConstraintKind =
  | "add-constraint"
  | "drop-constraint"
  | "validate-constraint"
  | "alter-constraint"
  | "rename-constraint";

export const CONSTRAINT_STEPS: Steps<ConstraintKind> = {
  "add-constraint": (schema, operation: AddConstraint) => {
    const table = schema.table(operation.table);
    if (table !== undefined) {
      addConstraint(schema, table, operation.constraint, { only: operation.only === true });
    }
  },
  "drop-constraint": (schema, operation) => {
    const table = schema.table(operation.table);
    if (table !== undefined) dropConstraint(schema, table, operation.constraint);
  },
  "validate-constraint": (schema, operation) => {
    for (const { name } of alteredTables(schema, operation)) {
      changeConstraint(schema, name, operation.constraint, (constraint) => ({
        ...constraint,
        validated: !constraint.definition.notEnforced,
      }));
    }
  },
  "alter-constraint": alterConstraint,
  "rename-constraint": renameConstraint,
};

interface Addition {
  /** The table has no rows that NOT VALID could leave unchecked. */
  readonly valid?: boolean;
  /** Not to partitions. */
  readonly only?: boolean;
}

/**
 * Adds a constraint as ALTER TABLE does, under a generated name where it has none, to partitions
 * and inheriting tables where PostgreSQL does so.
 */
export function addConstraint(
  schema: Schema,
  table: Table,
  definition: ConstraintDefinition,
  { valid = false, only = false }: Addition = {},
): void {
  const { name } = definition;
  if (name !== undefined && table.constraints.some((each) => each.name === name)) return;
  switch (definition.kind) {
    case "check":
      addCheck(schema, table, definition, valid);
      break;
    case "foreign-key":
      addForeignKey(schema, table, definition, valid);
      break;
    case "not-null":
      addNotNull(schema, table, definition);
      break;
    case "primary-key":
    case "unique":
    case "exclude":
      addIndexedConstraint(schema, table, definition, only);
      break;
  }
}

function addCheck(schema: Schema, table: Table, definition: CheckConstraint, valid: boolean): void {
  const columns = [...new Set(definition.expression.columns)].filter((column) =>
    table.columns.some(({ name }) => name === column),
  );
  const name =
    definition.name ??
    generatedConstraintName(schema, table.name, columns.length === 1 ? columns : [], "check");
  const constraint = {
    name,
    definition,
    columns,
    validated: (valid || !definition.notValid) && !definition.notEnforced,
    named: definition.name !== undefined,
  };
  const members = definition.noInherit ? [table] : family(schema, table);
  for (const member of members) {
    const inherited = member !== table;
    if (member.constraints.some((each) => each.name === name)) continue;
    append(schema, member.name, inherited ? { ...constraint, inherited } : constraint);
  }
}

/** PostgreSQL keeps the referenced table and its key's columns, however the statement wrote them. */
function addForeignKey(
  schema: Schema,
  table: Table,
  written: ForeignKeyConstraint,
  valid: boolean,
): void {
  const references = schema.relationName(written.references);
  const primaryKey = schema.tables
    .get(references)
    ?.constraints.find(({ definition }) => definition.kind === "primary-key");
  const referencedColumns =
    written.referencedColumns.length > 0 ? written.referencedColumns : (primaryKey?.columns ?? []);
  const definition = resolvedForeignKey(written, references, referencedColumns);
  const index = keyIndex(schema, definition);
  const constraint = {
    name: written.name ?? generatedConstraintName(schema, table.name, written.columns, "fkey"),
    definition,
    columns: written.columns,
    validated: (valid || !written.notValid) && !written.notEnforced,
    named: written.name !== undefined,
    ...(index === undefined ? {} : { restsOn: index.name }),
  };
  append(schema, table.name, constraint);
  for (const partition of schema.partitionsOf(table.name)) {
    cloneForeignKey(schema, constraint, partition);
  }
}

/** Field by field: the parser seeks the span only when somebody asks for it. */
function resolvedForeignKey(
  written: ForeignKeyConstraint,
  references: ObjectName,
  referencedColumns: readonly string[],
): ForeignKeyConstraint {
  const { kind, name, deferrable, initiallyDeferred, notValid, notEnforced } = written;
  const { columns, onDelete, onUpdate } = written;
  return {
    kind,
    ...(name === undefined ? {} : { name }),
    get span() {
      return written.span;
    },
    deferrable,
    initiallyDeferred,
    notValid,
    notEnforced,
    columns,
    references,
    referencedColumns,
    onDelete,
    onUpdate,
  };
}

/** The index that a foreign key rests on: the first that has exactly its columns. */
function keyIndex(
  schema: Schema,
  { references, referencedColumns }: ForeignKeyConstraint,
): Index | undefined {
  const key = referencedColumns.toSorted().join("\0");
  return schema.indexesOf(references).find(
    ({ unique, partial, columns }) =>
      unique &&
      !partial &&
      columns
        .map((column) => column ?? "")
        .toSorted()
        .join("\0") === key,
  );
}

/** Gives a partition its parent's foreign key, unless it has the same one already. */
export function cloneForeignKey(schema: Schema, parent: Constraint, partition: Table): void {
  const { definition } = parent;
  if (definition.kind !== "foreign-key") return;
  const same = partition.constraints.find(
    (constraint) =>
      constraint.definition.kind === "foreign-key" &&
      constraint.inherited !== true &&
      sameName(constraint.definition.references, definition.references) &&
      String(constraint.columns) === String(definition.columns) &&
      String(constraint.definition.referencedColumns) === String(definition.referencedColumns) &&
      constraint.definition.onDelete === definition.onDelete &&
      constraint.definition.onUpdate === definition.onUpdate,
  );
  if (same === undefined) {
    const used = partition.constraints.some(({ name }) => name === parent.name);
    const name = used
      ? generatedConstraintName(schema, partition.name, definition.columns, "fkey")
      : parent.name;
    append(schema, partition.name, { ...parent, name, inherited: true });
  } else {
    changeConstraint(schema, partition.name, same.name, (each) => ({ ...each, inherited: true }));
  }
  for (const child of schema.partitionsOf(partition.name)) {
    cloneForeignKey(schema, parent, child);
  }
}

/** PostgreSQL 18 has NOT NULL as a constraint; it is kept here only where a statement names it. */
function addNotNull(schema: Schema, table: Table, definition: NotNullConstraint): void {
  const { column } = definition;
  const members = definition.noInherit ? [table] : family(schema, table);
  const known = table.columns.find(({ name }) => name === column);
  if (known === undefined) return;
  const before = table.constraints.some(
    (each) => each.definition.kind === "not-null" && each.definition.column === column,
  );
  for (const { name } of members) {
    changeColumn(schema, name, column, (each) => ({ ...each, notNull: true }));
  }
  if (before || known.notNull) return;
  append(schema, table.name, {
    name: definition.name ?? `${table.name.name}_${column}_not_null`,
    definition,
    columns: [column],
    validated: !definition.notValid,
    named: definition.name !== undefined,
  });
}

function alterConstraint(schema: Schema, operation: AlterConstraint): void {
  const table = schema.table(operation.table);
  if (table === undefined) return;
  const { deferrable, initiallyDeferred, enforced } = operation;
  changeConstraint(schema, table.name, operation.constraint, (constraint) => ({
    ...constraint,
    validated: enforced ?? constraint.validated,
    definition: {
      ...constraint.definition,
      ...(deferrable === undefined ? {} : { deferrable }),
      ...(initiallyDeferred === undefined ? {} : { initiallyDeferred }),
      ...(enforced === undefined ? {} : { notEnforced: !enforced }),
    },
  }));
}

/** An index follows its constraint's name, and partitions the name of a CHECK. */
function renameConstraint(schema: Schema, operation: RenameConstraint): void {
  const { constraint: from, to } = operation;
  const table = schema.table(operation.table);
  const constraint = table?.constraints.find(({ name }) => name === from);
  if (table === undefined || constraint === undefined) return;
  const members = constraint.definition.kind === "check" ? family(schema, table) : [table];
  for (const { name } of members) {
    changeConstraint(schema, name, from, (each) => ({ ...each, name: to }));
  }
  const index = schema.indexes.get({ ...table.name, name: from });
  if (index?.constraint !== from) return;
  moveRelation(schema, index.name, { ...index.name, name: to });
  const moved = schema.indexes.get({ ...index.name, name: to });
  if (moved !== undefined) schema.indexes.set({ ...moved, constraint: to });
}

function append(schema: Schema, name: ObjectName, constraint: Constraint): void {
  const constraints = schema.tables.get(name)?.constraints ?? [];
  changeTable(schema, name, { constraints: [...constraints, constraint] });
}
