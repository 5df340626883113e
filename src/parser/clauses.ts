import type { Span } from "../core/span.ts";
import { Lexer } from "./lexer.ts";

/*
 * Places of clauses that the grammar's tree does not tell. All offsets are UTF-16 units of the text
 * given; a comma or a keyword counts only outside of parentheses and brackets.
 */

/** Nesting of a token: +1 opens, -1 closes, 0 neither. */
function nesting(lexer: Lexer): number {
  if (lexer.kind !== "symbol") return 0;
  const symbol = lexer.text[lexer.start];
  if (symbol === "(" || symbol === "[") return 1;
  return symbol === ")" || symbol === "]" ? -1 : 0;
}

/**
 * End of the clause that begins at `from`: the end of its last token before a comma, an unmatched
 * closing parenthesis, a semicolon or `limit`.
 */
export function clauseEnd(text: string, from: number, limit: number): number {
  const lexer = new Lexer(text, from, limit);
  let depth = 0;
  let end = from;
  while (lexer.nextToken() !== "end") {
    const step = nesting(lexer);
    depth += step;
    if (depth < 0) break;
    if (depth === 0 && step === 0 && (lexer.isSymbol(",") || lexer.isSymbol(";"))) break;
    end = lexer.end;
  }
  return end;
}

/** The clauses between commas, each from its first token to its last. */
export function splitClauses(text: string, from: number, limit: number): Span[] {
  const clauses: Span[] = [];
  const lexer = new Lexer(text, from, limit);
  let depth = 0;
  let start = -1;
  let end = -1;
  while (lexer.nextToken() !== "end") {
    const step = nesting(lexer);
    depth += step;
    if (depth < 0) break;
    if (depth === 0 && step === 0 && lexer.isSymbol(",")) {
      clauses.push({ start, end });
      start = -1;
      continue;
    }
    if (start === -1) start = lexer.start;
    end = lexer.end;
  }
  if (start !== -1) clauses.push({ start, end });
  return clauses;
}

/** Span of the first keyword (given in lower case) outside of parentheses. */
export function findKeyword(
  text: string,
  keyword: string,
  from: number,
  limit: number,
): Span | undefined {
  const lexer = new Lexer(text, from, limit);
  let depth = 0;
  while (lexer.nextToken() !== "end") {
    depth += nesting(lexer);
    if (depth === 0 && lexer.isWord(keyword)) return { start: lexer.start, end: lexer.end };
  }
  return undefined;
}

/** What stands between the first opening parenthesis and the one that closes it, from token to token. */
export function findParentheses(text: string, from: number, limit: number): Span | undefined {
  const lexer = new Lexer(text, from, limit);
  let depth = 0;
  let start = -1;
  let end = -1;
  while (lexer.nextToken() !== "end") {
    const step = nesting(lexer);
    if (depth > 0) {
      if (depth + step === 0)
        return { start: start === -1 ? lexer.start : start, end: end === -1 ? lexer.start : end };
      if (start === -1) start = lexer.start;
      end = lexer.end;
    }
    if (depth > 0 || lexer.isSymbol("(")) depth += step;
  }
  return undefined;
}

/** End of the name that begins at `from`, with its qualifications and a `*` after it. */
export function nameEnd(text: string, from: number, limit: number): number {
  const lexer = new Lexer(text, from, limit);
  lexer.nextToken();
  let end = lexer.end;
  while (lexer.nextToken() === "symbol" && (lexer.isSymbol(".") || lexer.isSymbol("*"))) {
    if (lexer.isSymbol(".")) lexer.nextToken();
    end = lexer.end;
  }
  return end;
}

const MAY_END_IN_COMMENT = /--[^\n\r]*$|\*\/$/;

/** End of the last token of a stretch: trailing blanks and comments are left out. */
export function trimmedEnd(text: string, from: number, limit: number): number {
  const tail = text.slice(from, limit).trimEnd();
  if (!MAY_END_IN_COMMENT.test(tail)) return from + tail.length;
  const lexer = new Lexer(text, from, limit);
  let end = from;
  while (lexer.nextToken() !== "end") end = lexer.end;
  return end;
}
