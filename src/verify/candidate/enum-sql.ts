import { displayIdentifier } from "../../core/name.ts";
import type { Catalog, CatalogObject } from "../catalog.ts";
import { quoteIdentifier, tableText } from "../rows/sql-text.ts";

/**
 * An enum with the labels that it had: a label cannot be dropped, so the type is made again and its
 * columns are turned to it. It stops where a row holds a label that goes.
 * https://www.postgresql.org/docs/current/datatype-enum.html
 */
export function enumStatements(before: CatalogObject, all: Catalog): string {
  const { schema = "", name, properties } = before;
  const own = tableText({ schema, name });
  const old = quoteIdentifier(`${name.slice(0, 55)}_old`);
  const columns = all.filter(
    ({ kind, properties: { type } }) => kind === "column" && isOf(type, before),
  );
  const statements = [
    `ALTER TYPE ${own} RENAME TO ${old}`,
    `CREATE TYPE ${own} AS ENUM (${properties["values"] ?? ""})`,
    ...columns.map((column) => turned(column, own)),
    `DROP TYPE ${quoteIdentifier(schema)}.${old}`,
  ];
  return statements.join(";\n");
}

function isOf(type: string | undefined, { schema = "", name }: CatalogObject): boolean {
  const bare = type?.replace(/\[\]$/, "");
  return bare === `${displayIdentifier(schema)}.${displayIdentifier(name)}`;
}

function turned(
  { schema = "", parent = "", name, properties }: CatalogObject,
  type: string,
): string {
  const column = `ALTER COLUMN ${quoteIdentifier(name)}`;
  const many = properties["type"]?.endsWith("[]") === true ? "[]" : "";
  const given = properties["default"];
  const actions = [
    ...(given === undefined ? [] : [`${column} DROP DEFAULT`]),
    `${column} TYPE ${type}${many} USING ${quoteIdentifier(name)}::text${many}::${type}${many}`,
    ...(given === undefined ? [] : [`${column} SET DEFAULT ${given}`]),
  ];
  return `ALTER TABLE ${tableText({ schema, name: parent })} ${actions.join(", ")}`;
}
