import {
  parse,
  type AlterTableStatement,
  type CreateColumnDef,
  type CreateTableStatement,
  type Name,
  type QName,
  type Statement,
} from "pgsql-ast-parser";

/*
 * What another grammar, written by others in JavaScript, makes of a statement: a line of words for
 * each thing that it does. `our-words.ts` says the same of our operations.
 */

type Words = readonly string[];
/** One declaration of that grammar covers several DROPs: its `type` is a union. */
type StatementOf<Type, One = Statement> = One extends { readonly type: infer Types }
  ? Type extends Types
    ? One
    : never
  : never;
type Reader<Type extends Statement["type"]> = (statement: StatementOf<Type>) => Words;

const READERS: { readonly [Type in Statement["type"]]?: Reader<Type> } = {
  "create table": (create) => [createTable(create)],
  "alter table": alterTable,
  "drop table": ({ names }) => names.map((name) => `drop table ${full(name)}`),
  "truncate table": ({ tables }) => tables.map(({ name }) => `truncate ${name}`),
  "create index": (create) => [
    `create${create.unique === true ? " unique" : ""} index ${word(create.indexName)} on ${full(create.table)}` +
      ` (${create.expressions.map(({ expression }) => (expression.type === "ref" ? expression.name : "…")).join(", ")})` +
      (create.concurrently === true ? " concurrently" : "") +
      (create.where === undefined ? "" : " where"),
  ],
  "drop index": ({ names }) => names.map((name) => `drop index ${full(name)}`),
  "create enum": ({ name, values }) => [
    `create enum ${full(name)} ${values.map(({ value }) => value).join(" ")}`,
  ],
  "alter enum": ({ name, change }) => [
    change.type === "rename"
      ? `rename type ${full(name)} to ${full(change.to)}`
      : `add value ${change.add.value} to ${full(name)}`,
  ],
  "create composite type": ({ name, attributes }) => [
    `create type ${full(name)} (${attributes.map((attribute) => attribute.name.name).join(", ")})`,
  ],
  "drop type": ({ names }) => names.map((name) => `drop type ${full(name)}`),
  insert: (insert) => [
    `insert into ${full(insert.into)} (${(insert.columns ?? []).map(({ name }) => name).join(", ")})` +
      (insert.insert.type === "values" ? ` ${insert.insert.values.length} rows` : ""),
  ],
  update: ({ table, sets, where }) => [
    `update ${full(table)} (${sets.map(({ column }) => column.name).join(", ")})${filtered(where)}`,
  ],
  delete: ({ from, where }) => [`delete from ${full(from)}${filtered(where)}`],
  select: () => ["select"],
  union: () => ["select"],
  "union all": () => ["select"],
  values: () => ["select"],
  "create view": ({ name }) => [`create view ${full(name)}`],
  "create materialized view": ({ name }) => [`create materialized view ${full(name)}`],
  "refresh materialized view": ({ name }) => [`refresh ${full(name)}`],
  "create sequence": ({ name }) => [`create sequence ${full(name)}`],
  "drop sequence": ({ names }) => names.map((name) => `drop sequence ${full(name)}`),
  "create extension": ({ extension }) => [`create extension ${extension.name}`],
  "create schema": ({ name }) => [`create schema ${name.name}`],
  "create function": ({ name, arguments: args }) => [
    `create function ${full(name)}/${args.filter(({ mode }) => mode !== "out").length}`,
  ],
  "drop function": ({ name }) => [`drop function ${full(name)}`],
  "start transaction": () => ["begin"],
  begin: () => ["begin"],
  commit: () => ["commit"],
  rollback: () => ["rollback"],
  set: ({ variable }) => [`set ${variable.name.toLowerCase()}`],
  do: () => ["do"],
  comment: () => ["comment"],
};

/** Undefined where that grammar refuses the statement, or says it in words that are not compared. */
export function otherWords(sql: string): Words | undefined {
  let statements: readonly Statement[];
  try {
    statements = parse(sql);
  } catch {
    // Its grammar is smaller than PostgreSQL's; how much of it was compared is asserted.
    return undefined;
  }
  const [statement] = statements;
  if (statement === undefined || statements.length !== 1) return undefined;
  const read = READERS[statement.type] as ((statement: Statement) => Words) | undefined;
  return read?.(statement);
}

function full({ schema, name }: QName): string {
  return schema === undefined ? stored(name) : `${schema}.${stored(name)}`;
}

function filtered(where: unknown): string {
  return where === undefined || where === null ? "" : " where";
}

function createTable({ name, columns, constraints = [] }: CreateTableStatement): string {
  const words = columns.map((column) => (column.kind === "column" ? columnWords(column) : "like"));
  return `create table ${full(name)} (${[...words, ...constraints.map(({ type }) => type)].join(", ")})`;
}

const SERIALS = new Set(["serial", "bigserial", "smallserial"]);

function columnWords({ name, dataType, constraints = [] }: CreateColumnDef): string {
  const kinds = constraints.map(({ type }) => type);
  const serial = "name" in dataType && SERIALS.has(dataType.name.toLowerCase());
  const notNull =
    serial ||
    kinds.some((kind) => kind === "not null" || kind === "primary key") ||
    constraints.some((each) => each.type === "add generated" && each.expression === undefined);
  return [
    stored(name.name),
    ...(notNull ? ["not null"] : []),
    ...(kinds.includes("default") ? ["default"] : []),
    ...kinds.filter((kind) => ["primary key", "unique", "check", "reference"].includes(kind)),
  ].join(" ");
}

function alterTable({ table, changes }: AlterTableStatement): Words {
  return changes.map((change) => `${full(table)}: ${changeWords(change)}`);
}

function word(name: Name | undefined): string {
  return name === undefined ? "?" : stored(name.name);
}

/** PostgreSQL keeps the first 63 bytes of a name, and that grammar all of them. */
function stored(name: string): string {
  return Buffer.from(name).subarray(0, 63).toString();
}

function changeWords(change: AlterTableStatement["changes"][number]): string {
  switch (change.type) {
    case "add column":
      return `add column ${columnWords(change.column)}`;
    case "drop column":
      return `drop column ${word(change.column)}${cascade(change.behaviour)}`;
    case "rename column":
      return `rename column ${word(change.column)} to ${word(change.to)}`;
    case "rename":
      return `rename to ${word(change.to)}`;
    case "rename constraint":
      return `rename constraint ${word(change.constraint)} to ${word(change.to)}`;
    case "add constraint":
      return `add ${change.constraint.type} ${word(change.constraint.constraintName)}`;
    case "drop constraint":
      return `drop constraint ${word(change.constraint)}${cascade(change.behaviour)}`;
    case "alter column":
      return `alter column ${word(change.column)} ${change.alter.type}`;
    case "owner":
      return `owner ${word(change.to)}`;
  }
}

function cascade(behaviour: string | undefined): string {
  return behaviour === "cascade" ? " cascade" : "";
}
