import type { Catalog, CatalogObject } from "../catalog.ts";
import { tableText } from "../rows/sql-text.ts";
import { alterSql, createSql, dropSql } from "./object-sql.ts";
import { followRenames, type TableName } from "./renames.ts";
import type { Sql } from "./sql.ts";

/** A down script, or why none can be made from the two catalogs. */
export type DerivedDown = { readonly sql: string } | { readonly reason: string };

/** The order in which kinds are made; they go in the opposite one. What is not listed is not derived. */
const ORDER = [
  "schema",
  "extension",
  "enum",
  "domain",
  "composite type",
  "sequence",
  "table",
  "column",
  "constraint",
  "index",
  "function",
  "procedure",
  "view",
  "materialized view",
  "trigger",
  "policy",
] as const;

/**
 * The statements that lead from the schema after an up back to the one before it. `renamed` are the
 * tables that have another name since: a catalog does not tell.
 */
export function deriveDown(
  before: Catalog,
  after: Catalog,
  renamed: readonly { readonly from: TableName; readonly to: TableName }[],
): DerivedDown {
  const { catalog, statements } = followRenames(before, after, renamed);
  const old = new Map(before.map((object) => [keyOf(object), object]));
  const now = new Map(catalog.map((object) => [keyOf(object), object]));
  const added = catalog.filter((object) => !old.has(keyOf(object)));
  const removed = before.filter((object) => !now.has(keyOf(object)));
  const changed = before.flatMap((object) => {
    const other = now.get(keyOf(object));
    return other === undefined || isAlike(object, other) ? [] : [{ from: other, to: object }];
  });
  const parts: Sql[] = [
    ...inOrder(withoutParts(added, added)).toReversed().map(dropSql),
    ...statements.map((sql) => ({ sql })),
    ...inOrder(changed.map(({ to }) => to)).map((to) =>
      alterSql(now.get(keyOf(to)) ?? to, to, before),
    ),
    ...inOrder(removed).map((object) => createSql(object, removed)),
    ...removed.map(ownedBy),
  ];
  const failed = parts.find((part) => "reason" in part);
  if (failed !== undefined && "reason" in failed) return failed;
  const lines = parts.flatMap((part) => ("sql" in part && part.sql !== "" ? [`${part.sql};`] : []));
  return lines.length === 0
    ? { reason: "the up changes nothing in the schema" }
    : { sql: `${lines.join("\n")}\n` };
}

function inOrder(objects: readonly CatalogObject[]): CatalogObject[] {
  return objects.toSorted((a, b) => place(a) - place(b) || foreignKeysLast(a, b));
}

function place({ kind }: CatalogObject): number {
  return ORDER.findIndex((one) => one === kind);
}

function foreignKeysLast(a: CatalogObject, b: CatalogObject): number {
  return Number(isForeignKey(a)) - Number(isForeignKey(b));
}

function isForeignKey({ kind, properties }: CatalogObject): boolean {
  return kind === "constraint" && (properties["definition"] ?? "").startsWith("FOREIGN KEY");
}

/** Without what goes with its table, its column or its schema. */
function withoutParts(
  objects: readonly CatalogObject[],
  dropped: readonly CatalogObject[],
): CatalogObject[] {
  const tables = new Set(
    dropped
      .filter(({ kind }) => CONTAINERS.has(kind))
      .map(({ schema, name }) => JSON.stringify([schema, name])),
  );
  return withoutSequences(objects).filter(
    ({ schema, parent }) => parent === undefined || !tables.has(JSON.stringify([schema, parent])),
  );
}

const CONTAINERS = new Set(["table", "view", "materialized view", "composite type"]);

/** A sequence that a column owns comes and goes with it. */
function withoutSequences(objects: readonly CatalogObject[]): CatalogObject[] {
  return objects.filter(
    ({ kind, properties }) => kind !== "sequence" || properties["owned by"] === undefined,
  );
}

/** A sequence can be given to a column once that is there; that of an identity column is none of its own. */
function ownedBy({ kind, schema = "", name, properties }: CatalogObject): Sql {
  const owner = properties["owned by"];
  const isGiven = kind === "sequence" && owner !== undefined;
  return { sql: isGiven ? `ALTER SEQUENCE ${tableText({ schema, name })} OWNED BY ${owner}` : "" };
}

function isAlike(a: CatalogObject, b: CatalogObject): boolean {
  const names = new Set([...Object.keys(a.properties), ...Object.keys(b.properties)]);
  names.delete("not null name");
  return [...names].every((name) => a.properties[name] === b.properties[name]);
}

function keyOf({ kind, schema, parent, name }: CatalogObject): string {
  return JSON.stringify([kind, schema, parent, name]);
}
