import type { Operation } from "../../src/core/operation.ts";
import { loadParser, type ParseOptions } from "../../src/parser/parse-script.ts";

export const parser = await loadParser();

/** The operations of SQL that must all be read, as short as a table can hold them. */
export function operationsOf(sql: string, options: ParseOptions = {}): Brief[] {
  const script = parser.parse(sql, options);
  if (script.unparsed.length > 0) throw new Error(`${script.unparsed[0]?.message}: ${sql}`);
  return script.statements.flatMap((statement) => statement.operations.map(brief));
}

/** The only operation of SQL. */
export function operationOf(sql: string): Brief {
  const operations = operationsOf(sql);
  const [first] = operations;
  if (first === undefined || operations.length !== 1) {
    throw new Error(`${operations.length} operations: ${sql}`);
  }
  return first;
}

export type Brief = Readonly<Record<string, unknown>>;

/**
 * An operation without its spans, and without what is false, empty or absent. Names, types and
 * expressions are strings: `s.t`, `numeric(10,2)[]`, the author's text.
 */
export function brief(operation: Operation): Brief {
  return shorten(operation) as Brief;
}

function shorten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shorten);
  if (typeof value !== "object" || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  if ("constant" in object && "provesNotNull" in object) return object["text"];
  if ("arrayDimensions" in object) return typeText(object);
  const keys = Object.keys(object);
  const isName = keys.length > 0 && keys.every((key) => key === "schema" || key === "name");
  return isName ? nameText(object) : shortenFields(object);
}

function shortenFields(object: Readonly<Record<string, unknown>>): unknown {
  // What a query reads: its columns have a test of their own.
  const isReads = "tables" in object && "functions" in object;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    if (key === "span" || (isReads && key === "columns")) continue;
    const short = shorten(value);
    if (!isNothing(short)) result[key] = short;
  }
  return result;
}

function isNothing(value: unknown): boolean {
  if (value === false || value === undefined) return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function nameText(object: Readonly<Record<string, unknown>>): string {
  const { schema, name } = object as { readonly schema?: string; readonly name: string };
  return schema === undefined ? name : `${schema}.${name}`;
}

function typeText(object: Readonly<Record<string, unknown>>): string {
  const modifiers = object["modifiers"] as readonly unknown[];
  const length = modifiers.length === 0 ? "" : `(${modifiers.join(",")})`;
  const dimensions = "[]".repeat(Number(object["arrayDimensions"]));
  return `${nameText(object)}${length}${dimensions}${object["serial"] === true ? " serial" : ""}`;
}
