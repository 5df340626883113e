import type { ObjectName } from "../../src/core/name.ts";
import type { Operation, OperationOf, OperationKind } from "../../src/core/operation.ts";
import type { ColumnDefinition } from "../../src/core/operations/column.ts";
import type { ConstraintDefinition } from "../../src/core/operations/constraint.ts";

type Reader<Kind extends OperationKind> = (operation: OperationOf<Kind>) => string;

const READERS: { readonly [Kind in OperationKind]?: Reader<Kind> } = {
  "create-table": ({ table, columns, constraints, like }) => {
    const words = [...columns.map(columnWords), ...like.map(() => "like")];
    return `create table ${full(table)} (${[...words, ...constraints.map(({ kind }) => CONSTRAINTS[kind])].join(", ")})`;
  },
  "drop-table": ({ table }) => `drop table ${full(table)}`,
  truncate: ({ table }) => `truncate ${table.name}`,
  "create-index": ({ name, table, keys, unique, concurrently, where }) =>
    `create${unique ? " unique" : ""} index ${name ?? "?"} on ${full(table)}` +
    ` (${keys.map(({ column }) => column ?? "…").join(", ")})` +
    (concurrently ? " concurrently" : "") +
    (where === undefined ? "" : " where"),
  "drop-index": ({ index }) => `drop index ${full(index)}`,
  "create-enum": ({ type, values }) => `create enum ${full(type)} ${values.join(" ")}`,
  "rename-type": ({ type, to }) => `rename type ${full(type)} to ${to}`,
  "add-enum-value": ({ type, value }) => `add value ${value} to ${full(type)}`,
  "create-composite-type": ({ type, attributes }) =>
    `create type ${full(type)} (${attributes.map(({ name }) => name).join(", ")})`,
  "drop-type": ({ type }) => `drop type ${full(type)}`,
  "insert-rows": ({ table, columns, rows }) =>
    `insert into ${full(table)} (${columns.join(", ")})${rows === undefined ? "" : ` ${rows} rows`}`,
  "update-rows": ({ table, columns, filter }) =>
    `update ${full(table)} (${columns.join(", ")})${filter === "none" ? "" : " where"}`,
  "delete-rows": ({ table, filter }) =>
    `delete from ${full(table)}${filter === "none" ? "" : " where"}`,
  "select-rows": () => "select",
  "create-view": ({ view, materialized }) =>
    `create ${materialized ? "materialized " : ""}view ${full(view)}`,
  "refresh-materialized-view": ({ view }) => `refresh ${full(view)}`,
  "create-sequence": ({ sequence }) => `create sequence ${full(sequence)}`,
  "drop-sequence": ({ sequence }) => `drop sequence ${full(sequence)}`,
  "create-extension": ({ extension }) => `create extension ${extension}`,
  "create-schema": ({ schema }) => `create schema ${schema}`,
  "create-function": (create) =>
    `create function ${full(create.function)}/${create.parameters.length}`,
  "drop-function": (drop) => `drop function ${full(drop.function)}`,
  begin: () => "begin",
  commit: () => "commit",
  rollback: () => "rollback",
  "set-setting": ({ setting }) => `set ${setting}`,
  "do-block": () => "do",
  comment: () => "comment",
  "add-column": ({ table, column }) => `${full(table)}: add column ${columnWords(column)}`,
  "drop-column": ({ table, column, cascade }) =>
    `${full(table)}: drop column ${column}${cascade ? " cascade" : ""}`,
  "rename-column": ({ table, column, to }) => `${full(table)}: rename column ${column} to ${to}`,
  "rename-table": ({ table, to }) => `${full(table)}: rename to ${to}`,
  "rename-constraint": ({ table, constraint, to }) =>
    `${full(table)}: rename constraint ${constraint} to ${to}`,
  "set-table-schema": ({ table, schema }) => `${full(table)}: set schema ${schema}`,
  "add-constraint": ({ table, constraint }) =>
    `${full(table)}: add ${CONSTRAINTS[constraint.kind]} ${constraint.name ?? "?"}`,
  "drop-constraint": ({ table, constraint, cascade }) =>
    `${full(table)}: drop constraint ${constraint}${cascade ? " cascade" : ""}`,
  "alter-column-type": ({ table, column }) => `${full(table)}: alter column ${column} set type`,
  "set-column-default": ({ table, column }) => `${full(table)}: alter column ${column} set default`,
  "drop-column-default": ({ table, column }) =>
    `${full(table)}: alter column ${column} drop default`,
  "set-not-null": ({ table, column }) => `${full(table)}: alter column ${column} set not null`,
  "drop-not-null": ({ table, column }) => `${full(table)}: alter column ${column} drop not null`,
  "add-identity": ({ table, column }) => `${full(table)}: alter column ${column} add generated`,
  "change-owner": ({ name, to }) => `${full(name ?? { name: "?" })}: owner ${to ?? "?"}`,
};

/**
 * Our reading of a statement in the words of `other-grammar.ts`. What a DO block holds and the SET in
 * set_config() are left out: that grammar does not look for them.
 */
export function ourWords(operations: readonly Operation[]): string[] {
  return operations
    .filter(({ kind, inside }, index) => !inside && !(kind === "set-setting" && index > 0))
    .map((operation) => {
      const read = READERS[operation.kind] as ((operation: Operation) => string) | undefined;
      return read?.(operation) ?? operation.kind;
    });
}

/** That grammar's words for the kinds of constraint. */
const CONSTRAINTS: Readonly<Record<ConstraintDefinition["kind"], string>> = {
  "primary-key": "primary key",
  "foreign-key": "foreign key",
  "not-null": "not null",
  unique: "unique",
  check: "check",
  exclude: "exclude",
};

function columnWords({ name, notNull, default: value, constraints }: ColumnDefinition): string {
  const kinds = constraints.map(({ kind }) =>
    kind === "foreign-key" ? "reference" : CONSTRAINTS[kind],
  );
  return [
    name,
    ...(notNull ? ["not null"] : []),
    ...(value === undefined ? [] : ["default"]),
    ...kinds,
  ].join(" ");
}

function full({ schema, name }: ObjectName): string {
  return schema === undefined ? name : `${schema}.${name}`;
}
