import type { CatalogObject } from "../catalog.ts";
import { quoteIdentifier } from "../rows/sql-text.ts";
import { commentStatement } from "./property-sql.ts";
import type { Sql } from "./sql.ts";

/** A column as CREATE TABLE writes it. */
export function columnText({ name, properties }: CatalogObject): string {
  const { type, collation, identity, generated } = properties;
  const kind = generated?.startsWith("virtual ") === true ? "VIRTUAL" : "STORED";
  return [
    quoteIdentifier(name),
    type,
    ...(collation === undefined ? [] : [`COLLATE ${collation}`]),
    ...(properties["not null"] === undefined ? [] : ["NOT NULL"]),
    ...(properties["default"] === undefined ? [] : [`DEFAULT ${properties["default"]}`]),
    ...(identity === undefined ? [] : [`GENERATED ${identity.toUpperCase()} AS IDENTITY`]),
    ...(generated === undefined
      ? []
      : [`GENERATED ALWAYS AS (${generated.replace(/^(?:stored|virtual) /, "")}) ${kind}`]),
  ].join(" ");
}

const DERIVED = new Set(["type", "not null", "not null name", "default", "comment"]);

/** The ALTER TABLE that turns a column into what it was. */
export function columnChanges(now: CatalogObject, before: CatalogObject, table: string): Sql {
  const names = new Set([...Object.keys(now.properties), ...Object.keys(before.properties)]);
  const changed = [...names].filter((name) => now.properties[name] !== before.properties[name]);
  const other = changed.find((name) => !DERIVED.has(name));
  if (other !== undefined) {
    return {
      reason: `how the ${other} of ${before.parent}.${before.name} is changed back does not follow from the catalog`,
    };
  }
  const column = `ALTER COLUMN ${quoteIdentifier(before.name)}`;
  const { type = "", default: value } = before.properties;
  const isTyped = changed.includes("type");
  const hasNewDefault = isTyped || changed.includes("default");
  const nullability = before.properties["not null"] === undefined ? "DROP" : "SET";
  const actions = [
    hasNewDefault && `${column} DROP DEFAULT`,
    isTyped && `${column} TYPE ${type} USING ${quoteIdentifier(before.name)}::${type}`,
    hasNewDefault && value !== undefined && `${column} SET DEFAULT ${value}`,
    changed.includes("not null") && `${column} ${nullability} NOT NULL`,
  ].filter((action) => action !== false);
  const altered = actions.length === 0 ? [] : [`ALTER TABLE ${table} ${actions.join(", ")}`];
  const remarks = changed.includes("comment") ? [columnComment(before, table)] : [];
  return { sql: [...altered, ...remarks].join(";\n") };
}

function columnComment({ name, properties }: CatalogObject, table: string): string {
  return commentStatement(properties["comment"], `COLUMN ${table}.${quoteIdentifier(name)}`);
}
