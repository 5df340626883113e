import type { Expression } from "../expression.ts";
import { nameKey, type ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type { ConstraintDefinition } from "../operations/constraint.ts";
import type { Schema } from "../schema.ts";
import type { Constraint, Index, Table } from "../schema-object.ts";
import { changedList, known, replace } from "./replace.ts";

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
    triggers: changedList(table.triggers, (trigger) => {
      return { ...trigger, columns: trigger.columns.map(move) };
    }),
    policies: changedList(table.policies, (policy) => {
      return { ...policy, using: policy.using.map(move), check: policy.check.map(move) };
    }),
    published: changedList(table.published, (published) => {
      return { ...published, columns: published.columns.map(move) };
    }),
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
