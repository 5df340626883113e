import { displayIdentifier } from "../core/name.ts";
import type { SchemaChange } from "../core/verification.ts";
import type { Catalog, CatalogObject } from "./catalog.ts";
import { areGeneratedNames, pairRenamed, type Renamed } from "./generated-name.ts";
import { isColumn, TableColumns } from "./table-columns.ts";
import { withoutComments } from "./sql-comments.ts";
import { describeObject, describeProperties, excerpts, objectName } from "./object-words.ts";

/** Properties that hold a name and nothing else. */
const NAME_PROPERTIES = new Set(["not null name"]);

/**
 * What differs between two schemas, in the order of the catalog. What stands on an added or removed
 * table is part of that table's change. Cosmetic are the order of columns and names that PostgreSQL
 * makes itself, and white space and comments in a function.
 */
export function difference(before: Catalog, after: Catalog): SchemaChange[] {
  const old = new Map(before.map((object) => [objectKey(object), object]));
  const now = new Map(after.map((object) => [objectKey(object), object]));
  const removed = before.filter((object) => !now.has(objectKey(object)));
  const added = after.filter((object) => !old.has(objectKey(object)));
  const renamed = pairRenamed(removed, added);
  const paired = new Set(renamed.flatMap((pair) => [pair.before, pair.after]));
  const whole = (objects: readonly CatalogObject[]): CatalogObject[] => {
    const containers = new Set(objects.map(containerKey));
    return objects.filter((object) => !paired.has(object) && !isInside(object, containers));
  };
  const changed = before.flatMap((object) => {
    const other = now.get(objectKey(object));
    return other === undefined ? [] : changesOf(object, other, renamed);
  });
  const columnsBefore = new TableColumns(before);
  const columnsAfter = new TableColumns(after);
  const changes = [
    ...whole(removed).map((object) => wholeChange("removed", object, columnsBefore)),
    ...whole(added).map((object) => wholeChange("added", object, columnsAfter)),
    ...renamed.map(renameOf),
    ...changed,
    ...columnsBefore.orderChanges(columnsAfter),
  ];
  return withoutEchoes(changes, [...before, ...after]);
}

/** Without the changes of inherited columns that say again what is said of the parent's column. */
function withoutEchoes(changes: readonly SchemaChange[], objects: Catalog): SchemaChange[] {
  const inherited = new Set(
    objects.filter((one) => isColumn(one) && "inherited" in one.properties).map(objectName),
  );
  if (inherited.size === 0) return [...changes];
  const isEcho = ({ object, name }: SchemaChange): boolean =>
    object === "column" && inherited.has(name);
  const own = new Set(changes.filter((change) => !isEcho(change)).map(columnChange));
  return changes.filter((change) => !(isEcho(change) && own.has(columnChange(change))));
}

/** What happened to a column, whatever its table. */
function columnChange({ change, name, before, after }: SchemaChange): string {
  return JSON.stringify([change, name.replace(/^.*\./, ""), before, after]);
}

/** Whether a difference is more than a matter of order and generated names. */
export function isSemantic(changes: readonly SchemaChange[]): boolean {
  return changes.some(({ weight }) => weight === "semantic");
}

function objectKey({ kind, schema, parent, name }: CatalogObject): string {
  // No name holds a NUL.
  return `${kind}\0${schema ?? ""}\0${parent ?? ""}\0${name}`;
}

/** What an object would be called as the parent, or the schema, of others. */
function containerKey({ kind, schema, name }: CatalogObject): string {
  return kind === "schema" ? JSON.stringify([name]) : JSON.stringify([schema, name]);
}

function isInside(object: CatalogObject, containers: ReadonlySet<string>): boolean {
  const { kind, schema, parent, properties } = object;
  if (schema !== undefined && containers.has(JSON.stringify([schema]))) return true;
  if (kind === "sequence") {
    const table = properties["owned by"]?.replace(/\.[^.]*$/, "").split(".") ?? [];
    return containers.has(JSON.stringify(table));
  }
  return parent !== undefined && containers.has(JSON.stringify([schema, parent]));
}

function wholeChange(
  change: "added" | "removed",
  object: CatalogObject,
  columns: TableColumns,
): SchemaChange {
  const text = describeObject(object, object.kind === "table" ? columns.of(object) : []);
  return {
    change,
    object: object.kind,
    name: objectName(object),
    ...(text === undefined ? {} : { [change === "added" ? "after" : "before"]: text }),
    weight: "semantic",
  };
}

function renameOf({ before, after }: Renamed): SchemaChange {
  return {
    change: "changed",
    object: before.kind,
    name: objectName(before),
    before: `name ${displayIdentifier(before.name)}`,
    after: `name ${displayIdentifier(after.name)}`,
    weight: areGeneratedNames(before, after) ? "cosmetic" : "semantic",
  };
}

/** The changed properties of one object: one change for those that matter, one for the others. */
function changesOf(
  before: CatalogObject,
  after: CatalogObject,
  renamed: readonly Renamed[],
): SchemaChange[] {
  const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)]);
  const weights: (readonly [string, SchemaChange["weight"]])[] = [];
  for (const name of names) {
    const old = before.properties[name];
    const now = after.properties[name];
    if (old === now) continue;
    const weight = weightOf(name, old === undefined ? old : follow(old, renamed), now);
    if (weight !== undefined) weights.push([name, weight]);
  }
  if (weights.length === 0) return [];
  return (["semantic", "cosmetic"] as const).flatMap((weight): SchemaChange[] => {
    const which = weights.filter(([, one]) => one === weight).map(([name]) => name);
    if (which.length === 0) return [];
    const texts = excerpts(describeProperties(before, which), describeProperties(after, which));
    const name = objectName(before);
    return [{ change: "changed", object: before.kind, name, ...texts, weight }];
  });
}

/** What a change of one property weighs; undefined for none that is worth a word. */
function weightOf(
  property: string,
  before: string | undefined,
  after: string | undefined,
): SchemaChange["weight"] | undefined {
  // That a column is inherited follows from what its table is part of.
  if (before === after || property === "inherited") return undefined;
  const given = before !== undefined && after !== undefined;
  // A name that comes or goes does so with what it names.
  if (NAME_PROPERTIES.has(property)) return given ? "cosmetic" : undefined;
  return given && isSameButForm(property, before, after) ? "cosmetic" : "semantic";
}

/** Code that differs in white space and comments, or a view that gives the same columns in another order. */
function isSameButForm(property: string, before: string, after: string): boolean {
  if (property === "columns") return listed(before) === listed(after);
  if (property !== "definition") return false;
  const [old, now] = [before, after].map((one) => withoutMoments(withoutComments(one)));
  if (old === undefined || now === undefined) return false;
  return code(old) === code(now) || inAnyOrder(old) === inAnyOrder(now);
}

/** A definition without the moments that `'now'::timestamp` became when it was written. */
function withoutMoments(definition: string): string {
  return definition.replaceAll(
    /'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+(?:[+-]\d\d(?::\d\d)?)?'::timestamp/g,
    "now",
  );
}

function listed(columns: string): string {
  return columns.split(", ").toSorted().join(", ");
}

/** A view's definition with what it selects in alphabetical order: `SELECT *` follows the table's order. */
function inAnyOrder(definition: string): string {
  const [, selected, rest] = /^\s*SELECT\s([^]*?)\sFROM\s([^]*)$/.exec(definition) ?? [];
  // In a UNION the order decides what is put together with what.
  if (selected === undefined || /\b(?:UNION|INTERSECT|EXCEPT)\b/.test(definition))
    return definition;
  return `${listed(
    selected
      .split(",")
      .map((one) => one.trim())
      .join(", "),
  )} FROM ${rest}`;
}

/** A definition, which holds a function's body as it was written, without indentation and empty lines. */
function code(definition: string): string {
  const lines = definition.split(/[\r\n]+/).map((line) => line.trim().replaceAll(/[ \t]+/g, " "));
  // Without comments, the end of a line means nothing.
  return lines.filter((line) => line !== "").join(definition.includes("--") ? "\n" : " ");
}

/** A definition with the new names of sequences: a column's default names the sequence it draws from. */
function follow(definition: string, renamed: readonly Renamed[]): string {
  return renamed
    .filter(({ before }) => before.kind === "sequence" && definition.includes(before.name))
    .reduce(
      (text, pair) => text.replace(regclassText(pair.before), () => regclassText(pair.after)),
      definition,
    );
}

function regclassText({ schema, name }: CatalogObject): string {
  return `'${displayIdentifier(schema ?? "")}.${displayIdentifier(name)}'::regclass`;
}
