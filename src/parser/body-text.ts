import type { DefElem } from "@pgsql/types";
import { Lexer } from "./lexer.ts";
import { NestedPassage, type Passage } from "./passage.ts";
import { stringList } from "./node.ts";
import type { StatementPlace } from "./statement-place.ts";

/** The passage of a body that is written as a string behind AS (or behind DO). */
export function bodyPassage(option: DefElem, place: StatementPlace): Passage {
  const body = stringList(option.arg).at(-1) ?? "";
  const from = place.passage.fromByte(option.location);
  return stringPassage(body, from, place.end, place);
}

/** The passage of a string constant's value: exact where the source spells it without escapes. */
function stringPassage(
  value: string,
  from: number,
  limit: number,
  place: Pick<StatementPlace, "passage" | "span">,
): Passage {
  const { passage } = place;
  const lexer = new Lexer(passage.sent, from, value === "" ? from : limit);
  while (lexer.nextToken() !== "end") {
    if (lexer.kind !== "string" && lexer.kind !== "dollar-string") continue;
    const start = passage.sent.indexOf(value, lexer.start);
    if (start === -1) break;
    if (start + value.length < lexer.end) return NestedPassage.exact(passage, start, value);
  }
  return NestedPassage.within(place.span, value);
}

/** Finds the places of a body's pieces of SQL, which PL/pgSQL tells by line only. */
export class BodyLocator {
  readonly #body: Passage;
  readonly #lineStarts: number[] = [0];
  #cursor = 0;

  constructor(body: Passage) {
    this.#body = body;
    // PL/pgSQL counts line feeds only.
    for (let at = body.sent.indexOf("\n"); at !== -1; at = body.sent.indexOf("\n", at + 1)) {
      this.#lineStarts.push(at + 1);
    }
  }

  /**
   * The passage of a statement that begins on or after a line. PL/pgSQL changes some (it takes INTO
   * out and puts SELECT for PERFORM): those get the span of the whole statement.
   */
  locate(sql: string, line: number): Passage {
    const { sent } = this.#body;
    const from = Math.max(this.#lineStarts[line - 1] ?? 0, this.#cursor);
    const exact = sent.indexOf(sql, from);
    if (exact !== -1) {
      this.#cursor = exact + sql.length;
      return NestedPassage.exact(this.#body, exact, sql);
    }
    const { start, end } = this.#statementFrom(from);
    this.#cursor = end;
    return NestedPassage.within(this.#body.span(start, end), sql);
  }

  /** Passage of the statement that a literal behind EXECUTE holds. */
  locateLiteral(sql: string, line: number): Passage {
    const from = Math.max(this.#lineStarts[line - 1] ?? 0, this.#cursor);
    const { start, end } = this.#statementFrom(from);
    this.#cursor = end;
    const span = this.#body.span(start, end);
    return stringPassage(sql, start, end, { passage: this.#body, span });
  }

  /** From the first token to the next semicolon outside of parentheses. */
  #statementFrom(from: number): { start: number; end: number } {
    const lexer = new Lexer(this.#body.sent, from);
    do lexer.nextToken();
    while (lexer.isSymbol(";"));
    const { start } = lexer;
    let end = lexer.end;
    let depth = 0;
    while (!(depth <= 0 && lexer.isSymbol(";"))) {
      if (lexer.isSymbol("(")) depth += 1;
      else if (lexer.isSymbol(")")) depth -= 1;
      end = lexer.end;
      if (lexer.nextToken() === "end") break;
    }
    return { start, end };
  }
}
