import { displayIdentifier } from "../../core/name.ts";
import type { Catalog, CatalogObject } from "../catalog.ts";
import { objectName } from "../object-words.ts";
import { quoteIdentifier, tableText } from "../rows/sql-text.ts";
import { columnChanges, columnText } from "./column-sql.ts";
import { enumStatements } from "./enum-sql.ts";
import { OWN_STATEMENT, propertyStatements } from "./property-sql.ts";
import type { Sql } from "./sql.ts";

/** The statement that drops an object. */
export function dropSql(object: CatalogObject): Sql {
  const { kind, name } = object;
  switch (kind) {
    case "column":
    case "constraint":
      return {
        sql: `ALTER TABLE ${parentText(object)} DROP ${kind.toUpperCase()} ${quoteIdentifier(name)}`,
      };
    case "trigger":
    case "policy":
      return {
        sql: `DROP ${kind.toUpperCase()} ${quoteIdentifier(name)} ON ${parentText(object)}`,
      };
    case "function":
    case "procedure":
      return { sql: `DROP ${kind.toUpperCase()} ${routineText(object)}` };
    case "enum":
    case "composite type":
      return { sql: `DROP TYPE ${ownText(object)}` };
    case "table":
    case "index":
    case "view":
    case "materialized view":
    case "sequence":
    case "domain":
      return { sql: `DROP ${kind.toUpperCase()} ${ownText(object)}` };
    case "schema":
    case "extension":
      return { sql: `DROP ${kind.toUpperCase()} ${quoteIdentifier(name)}` };
    default:
      return notDerived(object, "dropped");
  }
}

/** The statements that make an object with its comment and privileges; of a table without its constraints and indexes. */
export function createSql(object: CatalogObject, all: readonly CatalogObject[]): Sql {
  const made = makeSql(object, all);
  const target = targetText(object);
  if ("reason" in made || made.sql === "" || target === undefined) return made;
  // Options of a table stand in its definition's place; those of other kinds are in their text.
  const own = { ...object, properties: withoutOptions(object) };
  return { sql: [made.sql, ...propertyStatements({}, own, target)].join(";\n") };
}

function withoutOptions({ kind, properties }: CatalogObject): Readonly<Record<string, string>> {
  if (kind === "table") return properties;
  const { options: _, ...rest } = properties;
  return rest;
}

/** What SQL calls an object, with its kind, where it has privileges or a comment. */
function targetText(object: CatalogObject): string | undefined {
  const { kind, name } = object;
  switch (kind) {
    case "table":
    case "view":
    case "materialized view":
    case "sequence":
    case "domain":
    case "index":
      return `${kind.toUpperCase()} ${ownText(object)}`;
    case "enum":
    case "composite type":
      return `TYPE ${ownText(object)}`;
    case "function":
    case "procedure":
      return `${kind.toUpperCase()} ${routineText(object)}`;
    case "schema":
      return `SCHEMA ${quoteIdentifier(name)}`;
    case "trigger":
    case "policy":
      return `${kind.toUpperCase()} ${quoteIdentifier(name)} ON ${parentText(object)}`;
    case "constraint":
      return `CONSTRAINT ${quoteIdentifier(name)} ON ${parentText(object)}`;
    default:
      return undefined;
  }
}

function makeSql(object: CatalogObject, all: readonly CatalogObject[]): Sql {
  const { kind, name, schema, parent, properties } = object;
  const definition = properties["definition"] ?? "";
  switch (kind) {
    case "table":
      return createTable(object, all);
    case "column": {
      const isWithTable = all.some(
        (one) => one.kind === "table" && one.schema === schema && one.name === parent,
      );
      return {
        sql: isWithTable
          ? ""
          : `ALTER TABLE ${parentText(object)} ADD COLUMN ${columnText(object)}`,
      };
    }
    case "constraint":
      return {
        sql: `ALTER TABLE ${parentText(object)} ADD CONSTRAINT ${quoteIdentifier(name)} ${definition}`,
      };
    case "index": {
      const unique = definition.startsWith("UNIQUE ");
      const rest = unique ? definition.slice("UNIQUE ".length) : definition;
      return {
        sql: `CREATE ${unique ? "UNIQUE " : ""}INDEX ${quoteIdentifier(name)} ${rest.trim()}`,
      };
    }
    case "view":
    case "materialized view":
      return {
        sql: `CREATE ${kind.toUpperCase()} ${ownText(object)} AS ${definition.trim().replace(/;$/, "")}`,
      };
    case "function":
    case "procedure":
    case "trigger":
      return { sql: definition.trim() };
    case "sequence":
      return { sql: createSequence(object, all) };
    case "enum":
      return { sql: `CREATE TYPE ${ownText(object)} AS ENUM (${properties["values"] ?? ""})` };
    case "schema":
      return { sql: `CREATE SCHEMA ${quoteIdentifier(name)}` };
    case "policy":
      return { sql: createPolicy(object) };
    default:
      return notDerived(object, "made again");
  }
}

/** The statements that turn an object into what it was. */
export function alterSql(now: CatalogObject, before: CatalogObject, all: Catalog): Sql {
  const target = targetText(before);
  if (target !== undefined && differsOnlyIn(OWN_STATEMENT, now, before)) {
    return { sql: propertyStatements(now.properties, before, target).join(";\n") };
  }
  switch (before.kind) {
    case "column":
      return columnChanges(now, before, parentText(before));
    case "function":
    case "procedure":
      return createSql(before, []);
    case "enum":
      return { sql: enumStatements(before, all) };
    case "view":
    case "index":
    case "constraint":
    case "policy":
    case "trigger": {
      const drop = dropSql(now);
      const create = createSql(before, []);
      return "sql" in drop && "sql" in create ? { sql: `${drop.sql};\n${create.sql}` } : create;
    }
    case "sequence":
      // It follows from the column that owns it.
      return before.properties["owned by"] === undefined
        ? notDerived(before, "changed back")
        : { sql: "" };
    default:
      return notDerived(before, "changed back");
  }
}

function differsOnlyIn(
  names: ReadonlySet<string>,
  now: CatalogObject,
  before: CatalogObject,
): boolean {
  const all = new Set([...Object.keys(now.properties), ...Object.keys(before.properties)]);
  return [...all].every(
    (name) => names.has(name) || now.properties[name] === before.properties[name],
  );
}

const COMMANDS: Readonly<Record<string, string>> = {
  r: "SELECT",
  a: "INSERT",
  w: "UPDATE",
  d: "DELETE",
};

/** https://www.postgresql.org/docs/current/catalog-pg-policy.html */
function createPolicy(policy: CatalogObject): string {
  const { using, check, command = "ALL", restrictive, roles = "PUBLIC" } = policy.properties;
  const names = roles.split(", ").map((role) => (role === "PUBLIC" ? role : quoteIdentifier(role)));
  return [
    `CREATE POLICY ${quoteIdentifier(policy.name)} ON ${parentText(policy)}`,
    ...(restrictive === undefined ? [] : ["AS RESTRICTIVE"]),
    `FOR ${COMMANDS[command] ?? command} TO ${names.join(", ")}`,
    ...(using === undefined ? [] : [`USING (${using})`]),
    ...(check === undefined ? [] : [`WITH CHECK (${check})`]),
  ].join(" ");
}

/** That of an identity column comes with the column. */
function createSequence(sequence: CatalogObject, all: readonly CatalogObject[]): string {
  const owner = sequence.properties["owned by"];
  const ofIdentity = all.some(
    ({ kind, schema = "", parent = "", name, properties }) =>
      kind === "column" &&
      properties["identity"] !== undefined &&
      owner === [schema, parent, name].map(displayIdentifier).join("."),
  );
  const { type = "bigint" } = sequence.properties;
  return ofIdentity ? "" : `CREATE SEQUENCE ${ownText(sequence)} AS ${type}`;
}

function createTable(table: CatalogObject, all: readonly CatalogObject[]): Sql {
  const plain = new Set([...OWN_STATEMENT, "replica identity", "partition key", "partition of"]);
  const special = Object.keys(table.properties).find((property) => !plain.has(property));
  if (special !== undefined) return notDerived(table, "made again");
  const key = table.properties["partition key"];
  const by = key === undefined ? "" : ` PARTITION BY ${key}`;
  const of = table.properties["partition of"];
  if (of !== undefined) {
    const [, parent = "", bounds = ""] = /^(.+?) ((?:FOR VALUES|DEFAULT)[^]*)$/.exec(of) ?? [];
    return { sql: `CREATE TABLE ${ownText(table)} PARTITION OF ${parent} ${bounds}${by}` };
  }
  const columns = all
    .filter(
      ({ kind, schema, parent }) =>
        kind === "column" && schema === table.schema && parent === table.name,
    )
    .map((column) => `  ${columnText(column)}`);
  return { sql: `CREATE TABLE ${ownText(table)} (\n${columns.join(",\n")}\n)${by}` };
}

function notDerived(object: CatalogObject, what: string): Sql {
  return {
    reason: `how ${object.kind} ${objectName(object)} is ${what} does not follow from the catalog`,
  };
}

function ownText({ schema = "", name }: CatalogObject): string {
  return tableText({ schema, name });
}

function parentText({ schema = "", parent = "" }: CatalogObject): string {
  return tableText({ schema, name: parent });
}

/** The name of a routine holds its arguments, as PostgreSQL writes them. */
function routineText({ schema = "", name }: CatalogObject): string {
  const at = name.indexOf("(");
  return `${tableText({ schema, name: name.slice(0, at) })}${name.slice(at)}`;
}
