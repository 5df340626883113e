import type { Node, TypeName } from "@pgsql/types";
import type { TypeReference } from "../core/type-reference.ts";
import { Lexer } from "./lexer.ts";
import { listedName } from "./names.ts";
import { bodyOf, constantText, stringsOf } from "./node.ts";
import type { StatementPlace } from "./statement-place.ts";

/** PostgreSQL's pseudo-types are recognised by the bare name only: `public.serial` is somebody's own type. */
const SERIAL_TYPES: Readonly<Record<string, string>> = {
  serial: "int4",
  serial4: "int4",
  bigserial: "int8",
  serial8: "int8",
  smallserial: "int2",
  serial2: "int2",
};

/**
 * A type as a statement names it. The schema `pg_catalog` is left out: the grammar puts it before
 * `int` but not before `text`, and the search path looks there first.
 */
export function readTypeName(type: TypeName | undefined, place: StatementPlace): TypeReference {
  if (type === undefined) return NO_TYPE;
  const { schema, name } = listedName(type.names);
  const arrayDimensions = type.arrayBounds?.length ?? 0;
  const mayBeSerial = schema === undefined && arrayDimensions === 0 && type.pct_type !== true;
  const integer = mayBeSerial ? SERIAL_TYPES[name] : undefined;
  return {
    ...(schema === undefined || schema === "pg_catalog" ? {} : { schema }),
    name: integer ?? name,
    modifiers: (type.typmods ?? []).map(readModifier),
    arrayDimensions,
    serial: integer !== undefined,
    get text() {
      return typeText(type, place);
    },
  };
}

/** A partition and a typed table may list columns without their types. */
const NO_TYPE: TypeReference = {
  name: "",
  modifiers: [],
  arrayDimensions: 0,
  serial: false,
  text: "",
};

function readModifier(node: Node): number | string {
  const constant = bodyOf(node, "A_Const");
  if (constant?.ival !== undefined) return constant.ival.ival ?? 0;
  return constantText(node) ?? stringsOf(bodyOf(node, "ColumnRef")?.fields).join(".");
}

/** Types of the grammar whose names are several words, and the words that may follow. */
const LONG_TYPES = new Set(
  "double character char national nchar bit timestamp time interval".split(" "),
);
const FOLLOWING_WORDS = new Set(
  "precision varying character char with without time zone year to month day hour minute second".split(
    " ",
  ),
);

function typeText(type: TypeName, place: StatementPlace): string {
  const { location } = type;
  if (location === undefined || location < 0) return stringsOf(type.names).join(".");
  const start = place.passage.fromByte(location);
  const { sent } = place.passage;
  const end = plainTypeEnd(sent, start) ?? typeEnd(sent, start, place.end);
  return place.passage.text(start, end);
}

/** A type of one word, perhaps with a length: nearly all of them. */
const PLAIN_TYPE = /("?)(\w+)\1(?:\(\d+(?:, ?\d+)?\))?(?=\s*[,;)]|\s+(?!array\b)[A-Z]|$)/iy;

function plainTypeEnd(text: string, start: number): number | undefined {
  PLAIN_TYPE.lastIndex = start;
  const match = PLAIN_TYPE.exec(text);
  if (match === null || LONG_TYPES.has((match[2] ?? "").toLowerCase())) return undefined;
  return PLAIN_TYPE.lastIndex;
}

function typeEnd(text: string, start: number, limit: number): number {
  const lexer = new Lexer(text, start, limit);
  lexer.nextToken();
  const isLong = LONG_TYPES.has(text.slice(lexer.start, lexer.end).toLowerCase());
  let end = lexer.end;
  let depth = 0;
  while (lexer.nextToken() !== "end") {
    const symbol = lexer.kind === "symbol" ? text[lexer.start] : undefined;
    if (symbol === "(" || symbol === "[") depth += 1;
    else if (symbol === ")" || symbol === "]") depth -= 1;
    else if (depth === 0 && !continuesType(lexer, isLong)) break;
    if (depth < 0) break;
    end = lexer.end;
  }
  return end;
}

function continuesType(lexer: Lexer, isLong: boolean): boolean {
  if (lexer.isSymbol(".")) {
    lexer.nextToken();
    return true;
  }
  if (lexer.isSymbol("%")) {
    lexer.nextToken();
    return true;
  }
  if (lexer.isWord("array")) return true;
  return (
    isLong &&
    lexer.kind === "word" &&
    FOLLOWING_WORDS.has(lexer.text.slice(lexer.start, lexer.end).toLowerCase())
  );
}
