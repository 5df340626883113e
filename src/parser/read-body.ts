import type { CreateFunctionStmt, DoStmt } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { ReadRows } from "../core/operations/rows.ts";
import { BodyLocator, bodyPassage } from "./body-text.ts";
import { madeOnTables } from "./made-on-tables.ts";
import { bodyOf, constantText } from "./node.ts";
import { optionOf } from "./options.ts";
import type { Passage } from "./passage.ts";
import { embeddedSql, type EmbeddedSql } from "./plpgsql.ts";
import { joinReads, readReads } from "./read-reads.ts";
import type { StatementPlace } from "./statement-place.ts";

/** A DO block, followed by the operations of its body. */
export function readDo(statement: DoStmt, place: StatementPlace): Operation[] {
  const language = constantText(optionOf(statement.args, "language")?.arg) ?? "plpgsql";
  const as = optionOf(statement.args, "as");
  const pieces = language === "plpgsql" && as !== undefined ? plpgsqlPieces(place) : undefined;
  const makes = madeOnTables(as?.arg);
  const block = {
    kind: "do-block",
    span: place.span,
    language,
    ...(makes.length === 0 ? {} : { makes }),
  } as const;
  if (pieces === undefined || as === undefined) {
    return [{ ...block, readable: false, dynamic: false }];
  }
  const reader = new BlockReader(bodyPassage(as, place), place);
  for (const piece of pieces) reader.add(piece);
  return [{ ...block, readable: true, dynamic: reader.dynamic }, ...reader.operations];
}

/** Only ever called for a statement in LANGUAGE plpgsql with a body that is a string. */
function plpgsqlPieces({
  grammar,
  passage,
  start,
  end,
}: StatementPlace): EmbeddedSql[] | undefined {
  const tree = grammar.parsePlpgsql(passage.sent.slice(start, end));
  return tree === undefined ? undefined : embeddedSql(tree);
}

class BlockReader {
  readonly operations: Operation[] = [];
  /** Something is made at run time, or could not be read. */
  dynamic = false;
  readonly #place: StatementPlace;
  readonly #locator: BodyLocator;

  constructor(body: Passage, place: StatementPlace) {
    this.#place = place;
    this.#locator = new BodyLocator(body);
  }

  add({ form, sql, line, conditional }: EmbeddedSql): void {
    const inside = { body: "do-block", conditional } as const;
    if (form === "commit" || form === "rollback") {
      this.operations.push({
        kind: form,
        span: this.#locator.locate(sql, line).span(0, 6),
        inside,
      });
      return;
    }
    for (const operation of this.#read(form, sql, line)) {
      this.operations.push({ ...operation, inside });
    }
  }

  #read(form: EmbeddedSql["form"], sql: string, line: number): Operation[] {
    if (form === "expression") return [];
    if (form === "statement") return this.#readPassage(this.#locator.locate(sql, line));
    const literal = literalOf(sql, this.#place);
    if (literal !== undefined) return this.#readPassage(this.#locator.locateLiteral(literal, line));
    this.dynamic = true;
    return [];
  }

  #readPassage(passage: Passage): Operation[] {
    const place = this.#place;
    const result = place.grammar.parse(passage.sent);
    if ("fault" in result) {
      this.dynamic = true;
      return [];
    }
    return result.statements.flatMap(({ stmt, stmt_location: at = 0, stmt_len: length }) => {
      if (stmt === undefined) return [];
      const start = passage.fromByte(at);
      const end = length === undefined ? passage.sent.length : passage.fromByte(at + length);
      return place.read(stmt, { ...place, passage, start, end, span: passage.span(start, end) });
    });
  }
}

/** The value of an expression that is one string constant. */
function literalOf(expression: string, { grammar }: StatementPlace): string | undefined {
  const result = grammar.parse(`SELECT ${expression}`);
  if ("fault" in result) return undefined;
  const select = bodyOf(result.statements[0]?.stmt, "SelectStmt");
  const target = bodyOf(select?.targetList?.[0], "ResTarget");
  return bodyOf(target?.val, "A_Const")?.sval?.sval;
}

/** What a function's body names; undefined where it cannot be read. */
export function readFunctionBody(
  statement: CreateFunctionStmt,
  language: string,
  place: StatementPlace,
): ReadRows | undefined {
  if (statement.sql_body !== undefined) return readReads(statement.sql_body);
  const as = optionOf(statement.options, "as");
  if (as === undefined) return undefined;
  if (language === "plpgsql") {
    const pieces = plpgsqlPieces(place);
    return pieces === undefined
      ? undefined
      : joinReads(pieces.map((piece) => readPiece(piece, place)));
  }
  return language === "sql" ? readSql(bodyPassage(as, place).sent, place) : undefined;
}

function readPiece({ form, sql }: EmbeddedSql, place: StatementPlace): ReadRows {
  const text =
    form === "statement"
      ? sql
      : `SELECT ${form === "dynamic" ? (literalOf(sql, place) ?? sql) : sql}`;
  return readSql(text, place) ?? { tables: [], functions: [] };
}

function readSql(sql: string, { grammar }: StatementPlace): ReadRows | undefined {
  const result = grammar.parse(sql);
  return "fault" in result
    ? undefined
    : joinReads(result.statements.map((statement) => readReads(statement)));
}
