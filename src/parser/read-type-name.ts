import type { Node, TypeName } from "@pgsql/types";
import type { TypeReference } from "../core/type-reference.ts";
import type { Draft } from "./draft.ts";
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
 * `int` but not before `text`, and the search path looks there first. Without the statement's place
 * the text is no more than the name.
 */
export function readTypeName(type: TypeName | undefined, place?: StatementPlace): TypeReference {
  if (type === undefined) return NO_TYPE;
  const { schema, name } = listedName(type.names);
  const arrayDimensions = type.arrayBounds?.length ?? 0;
  const mayBeSerial = schema === undefined && arrayDimensions === 0 && type.pct_type !== true;
  const integer = mayBeSerial ? SERIAL_TYPES[name] : undefined;
  const reference: Draft<TypeReference> = {
    name: integer ?? name,
    modifiers: type.typmods === undefined ? NONE : type.typmods.map(readModifier),
    arrayDimensions,
    serial: integer !== undefined,
    text: typeText(type, place),
  };
  if (schema !== undefined && schema !== "pg_catalog") reference.schema = schema;
  return reference;
}

const NONE: readonly never[] = [];

/** A partition and a typed table may list columns without their types. */
const NO_TYPE: TypeReference = {
  name: "",
  modifiers: NONE,
  arrayDimensions: 0,
  serial: false,
  text: "",
};

function readModifier(node: Node): number | string {
  const constant = bodyOf(node, "A_Const");
  if (constant?.ival !== undefined) return constant.ival.ival ?? 0;
  return constantText(node) ?? stringsOf(bodyOf(node, "ColumnRef")?.fields).join(".");
}

function typeText(type: TypeName, place: StatementPlace | undefined): string {
  const { location } = type;
  if (place === undefined || location === undefined || location < 0) {
    return stringsOf(type.names).join(".");
  }
  const { passage, end } = place;
  const start = passage.fromByte(location);
  return passage.text(start, plainEnd(passage.sent, start) ?? typeEnd(passage.sent, start, end));
}

/** A type of one word, perhaps with a length, before what may only follow a whole type: nearly all of them. */
const PLAIN_TYPE =
  /(?:"[^"]+"|\w+)(?:\.(?:"[^"]+"|\w+))?(?:\(\d+(?:, ?\d+)?\))?(?:\[\])?(?=\s*(?:[,;)]|$)|\s+(?:not|null|default|primary|unique|references|check|constraint|using|collate|generated)\b)/iy;

function plainEnd(text: string, start: number): number | undefined {
  PLAIN_TYPE.lastIndex = start;
  return PLAIN_TYPE.test(text) ? PLAIN_TYPE.lastIndex : undefined;
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
