import { displayIdentifier } from "../../core/name.ts";
import type { CatalogObject } from "../catalog.ts";
import { objectName } from "../object-words.ts";
import { quoteIdentifier, tableText } from "../rows/sql-text.ts";
import { columnChanges, columnText } from "./column-sql.ts";
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

/** The statement that makes an object; of a table without its constraints and indexes. */
export function createSql(object: CatalogObject, all: readonly CatalogObject[]): Sql {
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
    default:
      return notDerived(object, "made again");
  }
}

/** The statements that turn an object into what it was. */
export function alterSql(now: CatalogObject, before: CatalogObject): Sql {
  switch (before.kind) {
    case "column":
      return columnChanges(now, before, parentText(before));
    case "function":
    case "procedure":
      return createSql(before, []);
    case "view":
    case "index":
    case "constraint":
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
  const plain = new Set(["comment", "replica identity", "row security"]);
  const special = Object.keys(table.properties).find((property) => !plain.has(property));
  if (special !== undefined) return notDerived(table, "made again");
  const columns = all
    .filter(
      ({ kind, schema, parent }) =>
        kind === "column" && schema === table.schema && parent === table.name,
    )
    .map((column) => `  ${columnText(column)}`);
  return { sql: `CREATE TABLE ${ownText(table)} (\n${columns.join(",\n")}\n)` };
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
