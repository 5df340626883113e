import type { RawStmt } from "@pgsql/types";
import type { Span } from "../core/span.ts";
import type { Statement, Unparsed } from "../core/statement.ts";
import { trimmedEnd } from "./clauses.ts";
import type { Grammar, SyntaxFault } from "./grammar.ts";
import { Lexer } from "./lexer.ts";
import { kindOf } from "./node.ts";
import { NestedPassage, type Passage } from "./passage.ts";
import { readStatement } from "./read-statement.ts";
import { splitStatements, type Piece } from "./split.ts";

/** Reads passages of one script, and keeps what it made of them. */
export class PassageReader {
  readonly statements: Statement[] = [];
  readonly unparsed: Unparsed[] = [];
  /** Stretches that are not SQL at all. */
  readonly opaque: Span[] = [];
  readonly #grammar: Grammar;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
  }

  /** The whole passage at once; statement by statement where the grammar refuses it. */
  read(passage: Passage): void {
    const result = this.#grammar.parse(passage.sent);
    if ("statements" in result) {
      for (const statement of result.statements) this.#addStatement(statement, passage);
      return;
    }
    const before = this.unparsed.length;
    for (const piece of splitStatements(passage.sent)) this.#readPiece(piece, passage);
    // What was refused lies between the pieces (a comment that is never closed).
    if (this.unparsed.length === before) this.#addFault(result.fault, passage);
  }

  #readPiece(piece: Piece, passage: Passage): void {
    if (piece.kind !== "sql") {
      this.#addForeign(piece, passage);
      return;
    }
    const { start, end } = piece;
    const inner = NestedPassage.exact(passage, start, passage.sent.slice(start, end));
    const result = this.#grammar.parse(inner.sent);
    if ("statements" in result) {
      for (const statement of result.statements) this.#addStatement(statement, inner);
      return;
    }
    const parts = piece.nested ? splitStatements(inner.sent, 0, end - start, { flat: true }) : [];
    // A parenthesis that is never closed must not hide the statements behind it.
    if (parts.length > 1) for (const part of parts) this.#readPiece(part, inner);
    else this.#addFault(result.fault, inner);
  }

  #addStatement(raw: RawStmt, passage: Passage): void {
    const { stmt, stmt_location: location = 0, stmt_len: length } = raw;
    if (stmt === undefined) return;
    const { sent } = passage;
    const start = passage.fromByte(location);
    const limit = length === undefined ? sent.length : passage.fromByte(location + length);
    const end = trimmedEnd(sent, start, limit);
    const span = passage.span(start, end);
    const place = {
      grammar: this.#grammar,
      passage,
      start,
      end,
      span,
      withQueries: [],
      read: readStatement,
    };
    try {
      this.statements.push({ span, kind: kindOf(stmt), operations: readStatement(stmt, place) });
    } catch (error) {
      // The tree is as deep as the author nested it; our walk is recursive.
      if (!(error instanceof RangeError)) throw error;
      const message = "nested too deeply to be read";
      this.unparsed.push({ span, statement: span, message, cause: "too-deep" });
    }
  }

  #addForeign(piece: Piece, passage: Passage): void {
    const span = passage.span(piece.start, piece.end);
    const text = passage.sent.slice(piece.start, piece.end);
    this.opaque.push(span);
    this.unparsed.push({
      span,
      statement: span,
      ...(piece.kind === "psql"
        ? { message: `psql command, not SQL: ${text}`, cause: "psql-command" }
        : {
            message: "data of COPY … FROM stdin, not SQL: only psql sends it",
            cause: "copy-data",
          }),
    });
  }

  #addFault(fault: SyntaxFault, passage: Passage): void {
    const at = passage.fromCodePoint(fault.codePoint);
    const lexer = new Lexer(passage.sent, at);
    lexer.next();
    this.unparsed.push({
      span: passage.span(Math.min(at, lexer.start), lexer.end),
      statement: passage.span(0, passage.sent.length),
      message: fault.message,
      ...(fault.cause === undefined ? {} : { cause: fault.cause }),
    });
  }
}
