import { Lexer } from "./lexer.ts";

/** A piece of a script, cut without the grammar. */
export interface Piece {
  /** `psql`: a command of psql's own. `copy-data`: the lines that feed a COPY FROM STDIN. */
  readonly kind: "sql" | "psql" | "copy-data";
  readonly start: number;
  readonly end: number;
  /** A semicolon in parentheses did not end it. */
  readonly nested: boolean;
}

/**
 * Cuts a script at its semicolons, as psql does: not in quotes, comments and parentheses, nor in
 * the body of CREATE FUNCTION … BEGIN ATOMIC. `flat` cuts in parentheses too, for a statement that
 * never closes its own.
 */
export function splitStatements(
  text: string,
  from = 0,
  limit = text.length,
  options: { readonly flat?: boolean } = {},
): Piece[] {
  return new Splitter(text, from, limit, options.flat ?? false).pieces();
}

class Splitter {
  readonly #lexer: Lexer;
  readonly #flat: boolean;
  readonly #pieces: Piece[] = [];
  #start = -1;
  #end = -1;
  #depth = 0;
  #bodies = 0;
  #nested = false;
  #firstWords: string[] = [];

  constructor(text: string, from: number, limit: number, flat: boolean) {
    this.#lexer = new Lexer(text, from, limit);
    this.#flat = flat;
  }

  pieces(): Piece[] {
    while (this.#lexer.nextToken() !== "end") {
      if (this.#lexer.isSymbol("\\")) this.#psqlCommand();
      else this.#token();
    }
    this.#finish();
    return this.#pieces;
  }

  #token(): void {
    const lexer = this.#lexer;
    if (lexer.isSymbol(";")) {
      if (this.#bodies === 0 && (this.#depth <= 0 || this.#flat)) {
        this.#endStatement();
        return;
      }
      this.#nested ||= this.#depth > 0;
    } else if (lexer.isSymbol("(")) this.#depth += 1;
    else if (lexer.isSymbol(")")) this.#depth -= 1;
    else if (lexer.kind === "word") this.#word();
    if (this.#start === -1) this.#start = lexer.start;
    this.#end = lexer.end;
  }

  /** Counts BEGIN, CASE and END where the statement creates a routine. */
  #word(): void {
    const lexer = this.#lexer;
    const word = lexer.text.slice(lexer.start, lexer.end).toLowerCase();
    if (this.#firstWords.length < 4) this.#firstWords.push(word);
    if (this.#depth > 0 || !this.#createsRoutine()) return;
    if (word === "begin") this.#bodies += 1;
    else if (word === "case" && this.#bodies > 0) this.#bodies += 1;
    else if (word === "end" && this.#bodies > 0) this.#bodies -= 1;
  }

  #createsRoutine(): boolean {
    const [first, second, , fourth] = this.#firstWords;
    const kind = second === "or" ? fourth : second;
    return first === "create" && (kind === "function" || kind === "procedure");
  }

  #endStatement(): void {
    const isCopy = this.#isCopyFromStdin();
    this.#finish();
    if (isCopy) this.#copyData();
  }

  #isCopyFromStdin(): boolean {
    if (this.#firstWords[0] !== "copy" || this.#start === -1) return false;
    const statement = this.#lexer.text.slice(this.#start, this.#end);
    return /\bfrom\s+stdin\b/i.test(statement);
  }

  /** Lines up to one that is `\.`; without one there are none. */
  #copyData(): void {
    const { text, end, limit } = this.#lexer;
    const terminator = /(?:\r\n|\n|\r)\\\.[ \t]*(?=[\r\n]|$)/g;
    terminator.lastIndex = end;
    const match = terminator.exec(text);
    if (match === null || terminator.lastIndex > limit) return;
    const data = text.slice(end, terminator.lastIndex);
    const start = end + (data.length - data.trimStart().length);
    this.#pieces.push({ kind: "copy-data", start, end: terminator.lastIndex, nested: false });
    this.#lexer.end = terminator.lastIndex;
  }

  /** A backslash outside of quotes begins a command that goes to the end of its line. */
  #psqlCommand(): void {
    this.#finish();
    const { text, start, limit } = this.#lexer;
    const rest = text.slice(start, limit);
    const line = /^[^\r\n]*/.exec(rest)?.[0] ?? "";
    const end = start + line.trimEnd().length;
    this.#pieces.push({ kind: "psql", start, end, nested: false });
    this.#lexer.end = start + line.length;
  }

  #finish(): void {
    if (this.#start !== -1) {
      this.#pieces.push({
        kind: "sql",
        start: this.#start,
        end: this.#end,
        nested: this.#nested,
      });
    }
    this.#start = -1;
    this.#depth = 0;
    this.#bodies = 0;
    this.#nested = false;
    this.#firstWords = [];
  }
}
