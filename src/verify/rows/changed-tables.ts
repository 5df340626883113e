import type { Catalog, CatalogObject } from "../catalog.ts";

/** Kinds of objects that stand on a table and say nothing about the rows that it takes. */
const SILENT = new Set(["policy", "rule", "trigger"]);

/**
 * The tables that take other rows after a change than before it: something that stands on them is
 * another, or a type of one of their columns. By schema and name, as they are called after it.
 */
export function changedTables(
  before: Catalog,
  after: Catalog,
): (schema: string, name: string) => boolean {
  const old = propertiesByKey(before);
  const now = propertiesByKey(after);
  const changed = [
    ...after.filter((object) => old.get(keyOf(object)) !== now.get(keyOf(object))),
    ...before.filter((object) => !now.has(keyOf(object))),
  ];
  const types = new Set(
    changed.filter(isType).flatMap(({ schema = "", name }) => [name, `${schema}.${name}`]),
  );
  const ofType = after.filter(
    ({ kind, properties }) =>
      kind === "column" && types.has((properties["type"] ?? "").replace(/\[\]$/, "")),
  );
  const tables = new Set(
    [...changed.filter(({ kind }) => !SILENT.has(kind)), ...ofType].map(({ schema, parent }) =>
      JSON.stringify([schema, parent]),
    ),
  );
  return (schema, name) => tables.has(JSON.stringify([schema, name]));
}

function isType({ kind }: CatalogObject): boolean {
  return kind === "enum" || kind === "domain";
}

function propertiesByKey(catalog: Catalog): Map<string, string> {
  return new Map(catalog.map((object) => [keyOf(object), JSON.stringify(object.properties)]));
}

function keyOf({ kind, schema, parent, name }: CatalogObject): string {
  return JSON.stringify([kind, schema, parent, name]);
}
