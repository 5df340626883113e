import type { Expression } from "../expression.ts";
import { nameKey, type ObjectName } from "../name.ts";
import { sameName, type ObjectMap } from "../object-map.ts";
import type { ConstraintDefinition } from "../operations/constraint.ts";
import type { Schema } from "../schema.ts";
import type { Constraint, FunctionObject, Index, Table } from "../schema-object.ts";
import { movedType, signatureOf } from "../type-name.ts";

/** Gives a table, view, sequence or index another full name, and lets all that mentions it follow. */
export function moveRelation(schema: Schema, from: ObjectName, to: ObjectName): void {
  if (sameName(from, to) || schema.hasRelation(to)) return;
  const move = (name: ObjectName): ObjectName => (sameName(name, from) ? to : name);
  const index = schema.indexes.get(from);
  const tables = [
    ...known(schema.tables.get(from)),
    ...schema.childrenOf(from),
    // A foreign key knows its table, and the index that it rests on.
    ...schema.tables.group("references", nameKey(index?.table ?? from)),
  ];
  replace(schema.tables, tables, (table) => movedTable(table, move));
  const indexes = [
    ...known(index),
    ...schema.indexes.group("table", nameKey(from)),
    ...schema.indexes.group("parent", nameKey(from)),
  ];
  replace(schema.indexes, indexes, (each) => ({
    ...each,
    name: move(each.name),
    table: move(each.table),
    ...(each.parent === undefined ? {} : { parent: move(each.parent) }),
  }));
  const sequences = [...known(schema.sequences.get(from)), ...schema.sequencesOf(from)];
  replace(schema.sequences, sequences, (sequence) => ({
    ...sequence,
    name: move(sequence.name),
    ...(sequence.ownedBy === undefined
      ? {}
      : { ownedBy: { ...sequence.ownedBy, table: move(sequence.ownedBy.table) } }),
  }));
  const views = [...known(schema.views.get(from)), ...schema.views.group("reads", nameKey(from))];
  replace(schema.views, views, (view) => ({
    ...view,
    name: move(view.name),
    reads: view.reads.map(move),
  }));
  if (index === undefined) moveType(schema, from, to);
}

function movedTable(table: Table, move: (name: ObjectName) => ObjectName): Table {
  const { inherits, partitionOf } = table;
  return {
    ...table,
    name: move(table.name),
    inherits: changedList(inherits, move),
    ...(partitionOf === undefined ? {} : { partitionOf: move(partitionOf) }),
    constraints: changedList(table.constraints, (constraint) => {
      const { definition, restsOn } = constraint;
      if (definition.kind !== "foreign-key") return constraint;
      const references = move(definition.references);
      const index = restsOn === undefined ? undefined : move(restsOn);
      if (references === definition.references && index === restsOn) return constraint;
      return {
        ...constraint,
        definition: { ...definition, references },
        ...(index === undefined ? {} : { restsOn: index }),
      };
    }),
  };
}

/** The list itself where nothing changes, so that what is computed from it stays known. */
function changedList<Item>(list: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  const changed = list.map(change);
  return changed.some((item, index) => item !== list[index]) ? changed : list;
}

/** Gives a type another full name, and lets the columns, domains and signatures that use it follow. */
export function moveType(schema: Schema, from: ObjectName, to: ObjectName): void {
  const move = (name: ObjectName): ObjectName => (sameName(name, from) ? to : name);
  replace(schema.enums, known(schema.enums.get(from)), (type) => ({
    ...type,
    name: move(type.name),
  }));
  replace(schema.domains, schema.domains.all(), (type) => ({
    ...type,
    name: move(type.name),
    baseType: movedType(type.baseType, from, to),
  }));
  replace(schema.otherTypes, known(schema.otherTypes.get(from)), (type) => ({
    ...type,
    name: move(type.name),
  }));
  replace(schema.tables, schema.tables.group("types", nameKey(from)), (table) => {
    const columns = table.columns.map((column) => {
      const type = movedType(column.type, from, to);
      return type === column.type ? column : { ...column, type };
    });
    return columns.some((column, index) => column !== table.columns[index])
      ? { ...table, columns }
      : table;
  });
  replace(schema.functions, schema.functions.all(), (overloads) => {
    const functions = overloads.functions.map((overload) => movedSignature(overload, from, to));
    return functions.some((overload, index) => overload !== overloads.functions[index])
      ? { ...overloads, functions }
      : overloads;
  });
}

function movedSignature(
  overload: FunctionObject,
  from: ObjectName,
  to: ObjectName,
): FunctionObject {
  const parameters = overload.parameters.map((type) => movedType(type, from, to));
  const { returns } = overload;
  const moved = returns === undefined ? undefined : movedType(returns, from, to);
  const isSame = parameters.every((type, index) => type === overload.parameters[index]);
  if (isSame && moved === returns) return overload;
  return {
    ...overload,
    parameters,
    signature: signatureOf(parameters),
    ...(moved === undefined ? {} : { returns: moved }),
  };
}

/** Lets constraints, indexes, sequences and foreign keys of other tables follow a column's new name. */
export function moveColumn(schema: Schema, table: ObjectName, from: string, to: string): void {
  const move = (column: string): string => (column === from ? to : column);
  const tables = [
    ...known(schema.tables.get(table)),
    ...schema.tables.group("references", nameKey(table)),
  ];
  replace(schema.tables, tables, (each) =>
    sameName(each.name, table)
      ? withColumnMoved(each, from, move)
      : withReferencesMoved(each, table, move),
  );
  replace(schema.indexes, schema.indexes.group("table", nameKey(table)), (index) =>
    movedIndex(index, move),
  );
  replace(schema.sequences, schema.sequencesOf(table), (sequence) => {
    const { ownedBy } = sequence;
    if (ownedBy === undefined) return sequence;
    return { ...sequence, ownedBy: { ...ownedBy, column: move(ownedBy.column) } };
  });
}

function withColumnMoved(table: Table, from: string, move: (column: string) => string): Table {
  const { columns, constraints, partitionBy } = table;
  return {
    ...table,
    columns: changedList(columns, (column) => {
      const { name, generationExpression: expression } = column;
      const moved = name === from ? { ...column, name: move(name) } : column;
      if (expression?.columns.includes(from) !== true) return moved;
      return { ...moved, generationExpression: movedExpression(expression, move) };
    }),
    constraints: changedList(constraints, (constraint) => movedConstraint(constraint, table, move)),
    ...(partitionBy === undefined
      ? {}
      : { partitionBy: { ...partitionBy, columns: partitionBy.columns.map(move) } }),
  };
}

function movedConstraint(
  constraint: Constraint,
  table: Table,
  move: (column: string) => string,
): Constraint {
  const { definition } = constraint;
  const columns = changedList(constraint.columns, move);
  const refersToItself =
    definition.kind === "foreign-key" && sameName(definition.references, table.name);
  const hasMore =
    (definition.kind === "primary-key" || definition.kind === "unique") &&
    definition.include.length > 0;
  if (columns === constraint.columns && !refersToItself && !hasMore) return constraint;
  return { ...constraint, columns, definition: movedDefinition(definition, table, move) };
}

function movedDefinition(
  definition: ConstraintDefinition,
  table: Table,
  move: (column: string) => string,
): ConstraintDefinition {
  switch (definition.kind) {
    case "check":
      return { ...definition, expression: movedExpression(definition.expression, move) };
    case "not-null":
      return { ...definition, column: move(definition.column) };
    case "foreign-key": {
      const own = sameName(definition.references, table.name);
      const { referencedColumns } = definition;
      return {
        ...definition,
        columns: definition.columns.map(move),
        referencedColumns: own ? referencedColumns.map(move) : referencedColumns,
      };
    }
    case "primary-key":
    case "unique":
      return {
        ...definition,
        columns: definition.columns.map(move),
        include: definition.include.map(move),
      };
    case "exclude":
      return { ...definition, columns: definition.columns.map(move) };
  }
}

function withReferencesMoved(
  table: Table,
  referenced: ObjectName,
  move: (column: string) => string,
): Table {
  const references = table.constraints.some(
    ({ definition }) =>
      definition.kind === "foreign-key" && sameName(definition.references, referenced),
  );
  if (!references) return table;
  const constraints = table.constraints.map((constraint) => {
    const { definition } = constraint;
    if (definition.kind !== "foreign-key" || !sameName(definition.references, referenced)) {
      return constraint;
    }
    const referencedColumns = definition.referencedColumns.map(move);
    return { ...constraint, definition: { ...definition, referencedColumns } };
  });
  return { ...table, constraints };
}

function movedIndex(index: Index, move: (column: string) => string): Index {
  const { definition } = index;
  const columns = changedList(index.columns, (column) =>
    column === undefined ? undefined : move(column),
  );
  const include = changedList(index.include, move);
  const isPlain = columns === index.columns && include === index.include;
  if (isPlain && !hasExpressions(index)) return index;
  return {
    ...index,
    columns,
    include,
    ...(definition === undefined
      ? {}
      : {
          definition: {
            ...definition,
            include: definition.include.map(move),
            keys: definition.keys.map((key) => ({
              ...key,
              ...(key.column === undefined ? {} : { column: move(key.column) }),
              ...(key.expression === undefined
                ? {}
                : { expression: movedExpression(key.expression, move) }),
            })),
            ...(definition.where === undefined
              ? {}
              : { where: movedExpression(definition.where, move) }),
          },
        }),
  };
}

function hasExpressions({ definition, columns }: Index): boolean {
  return definition?.where !== undefined || columns.includes(undefined);
}

function movedExpression(expression: Expression, move: (column: string) => string): Expression {
  return {
    ...expression,
    columns: expression.columns.map(move),
    provesNotNull: expression.provesNotNull.map(move),
  };
}

function known<Item>(object: Item | undefined): readonly Item[] {
  return object === undefined ? [] : [object];
}

/** Puts in place of each of the objects what `change` makes of it, under its new name. */
function replace<Item extends { readonly name: ObjectName }>(
  objects: Pick<ObjectMap<Item>, "set" | "delete">,
  affected: readonly Item[],
  change: (object: Item) => Item,
): void {
  for (const object of new Set(affected)) {
    const changed = change(object);
    if (changed === object) continue;
    if (!sameName(changed.name, object.name)) objects.delete(object.name);
    objects.set(changed);
  }
}
