import { displayIdentifier, displayName } from "../core/name.ts";
import type { CatalogObject } from "./catalog.ts";

/** The longest text of a change, in UTF-16 units. */
const LONGEST = 400;

/** An object's name as a person would say it after its kind: `orders.note`, `orders_customer_id on orders`. */
export function objectName({ kind, schema, parent, name }: CatalogObject): string {
  const qualified = (identifier: string): string =>
    displayName({ ...(schema === undefined ? {} : { schema }), name: identifier });
  if (kind === "column" || kind === "attribute") {
    return `${qualified(parent ?? "")}.${displayIdentifier(name)}`;
  }
  // Neither of these is an identifier: what is said here holds a schema where it has one.
  const words = name.replaceAll(PUBLIC, "");
  if (schema === undefined) return parent === undefined ? words : `${words} of ${parent}`;
  if (kind === "default privileges") return `${name} of ${String(parent)} in ${schema}`;
  if (parent !== undefined) return `${displayIdentifier(name)} on ${qualified(parent)}`;
  // A routine's name holds its argument types and is no identifier.
  if (name.endsWith(")"))
    return schema === "public" ? words : `${displayIdentifier(schema)}.${words}`;
  return qualified(name);
}

/** The schema that is not worth a word. */
const PUBLIC = /\bpublic\.(?=[^\s'])/g;

/** Properties whose value needs no name before it. */
const SELF_EXPLAINING = new Set(["definition", "not null", "values"]);

const ABSENT: Readonly<Record<string, string>> = {
  "not null": "NULL allowed",
  invalid: "valid",
  enabled: "enabled",
  privileges: "no privileges granted",
  populated: "populated",
};

/** Some properties of an object in a line, for example `type integer, no default`. */
export function describeProperties(
  { properties }: CatalogObject,
  which: readonly string[],
): string {
  return which
    .map((property) => {
      const value = properties[property];
      if (value === undefined) return ABSENT[property] ?? `no ${property}`;
      return SELF_EXPLAINING.has(property) ? value : `${property} ${value}`;
    })
    .join(", ")
    .replaceAll(PUBLIC, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/**
 * What an object is, where that takes a line: a column with its type, an index with its definition,
 * a table with its columns.
 */
export function describeObject(
  object: CatalogObject,
  columns: readonly CatalogObject[],
): string | undefined {
  const { kind, properties } = object;
  const which =
    kind === "column" || kind === "attribute"
      ? ["type", "not null", "default", "identity", "generated"]
      : ["definition", "values", "base type", "publishes", "privileges"];
  const given = which.filter((property) => property in properties);
  const text = [
    ...columns.map((column) => `${displayIdentifier(column.name)} ${column.properties["type"]}`),
    ...(given.length === 0 ? [] : [describeProperties(object, given)]),
  ].join(", ");
  return text === "" ? undefined : shorten(text.replaceAll(PUBLIC, ""));
}

/** Two texts, cut to what can be shown; of long ones the part in which they begin to differ. */
export function excerpts(before: string, after: string): { before: string; after: string } {
  if (before.length <= LONGEST && after.length <= LONGEST) return { before, after };
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const start = Math.max(0, same - 40);
  return { before: shorten(before, start), after: shorten(after, start) };
}

function shorten(text: string, start = 0): string {
  const part = text.slice(start, start + LONGEST);
  return `${start > 0 ? "…" : ""}${part}${start + LONGEST < text.length ? "…" : ""}`;
}
