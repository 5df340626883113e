import type { Span } from "../core/span.ts";
import { Lexer } from "./lexer.ts";
import { Marks } from "./marks.ts";

/*
 * Places of clauses that the grammar's tree does not tell. All offsets are UTF-16 units of the text
 * given; a comma or a keyword counts only outside of parentheses and brackets.
 */

/** Depth of nesting behind a mark. */
function deeper(depth: number, mark: string): number {
  if (mark === "(" || mark === "[") return depth + 1;
  return mark === ")" || mark === "]" ? depth - 1 : depth;
}

/**
 * End of the clause that begins at `from`: the end of its last token before a comma, an unmatched
 * closing parenthesis, a semicolon or `limit`.
 */
export function clauseEnd(text: string, from: number, limit: number): number {
  const marks = new Marks(text, from, limit);
  let depth = 0;
  for (let mark = marks.next(); mark !== ""; mark = marks.next()) {
    if (depth === 0 && (mark === "," || mark === ";")) break;
    depth = deeper(depth, mark);
    if (depth < 0) break;
  }
  return marks.endBefore(marks.at);
}

/** The clauses between commas, each from its first token to its last. */
export function splitClauses(text: string, from: number, limit: number): Span[] {
  const clauses: Span[] = [];
  const marks = new Marks(text, from, limit);
  let depth = 0;
  let start = from;
  for (;;) {
    const mark = marks.next();
    depth = deeper(depth, mark);
    if (mark !== "" && depth >= 0 && !(mark === "," && depth === 0)) continue;
    const end = marks.endBefore(marks.at);
    if (end > start) clauses.push({ start: tokenStart(text, start, end), end });
    if (mark === "" || depth < 0) return clauses;
    start = marks.at + 1;
  }
}

/** Offset of the first token from an offset on. */
function tokenStart(text: string, from: number, limit: number): number {
  const lexer = new Lexer(text, from, limit);
  lexer.nextToken();
  return lexer.start;
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
    depth = deeper(depth, lexer.kind === "symbol" ? text.charAt(lexer.start) : "");
    if (depth === 0 && lexer.isWord(keyword)) return { start: lexer.start, end: lexer.end };
  }
  return undefined;
}

/** What stands between the first opening parenthesis and the one that closes it, from token to token. */
export function findParentheses(text: string, from: number, limit: number): Span | undefined {
  const marks = new Marks(text, from, limit);
  let mark = marks.next();
  while (mark !== "" && mark !== "(") mark = marks.next();
  const open = marks.at + 1;
  for (let depth = 1; depth > 0; depth = deeper(depth, mark)) {
    mark = marks.next();
    if (mark === "") return undefined;
  }
  const end = Math.max(marks.endBefore(marks.at), open);
  return { start: tokenStart(text, open, end), end };
}

const IDENTIFIER = String.raw`(?:(?:[Uu]&)?"(?:[^"]|"")*"|[\w$\u0080-\uffff]+)`;
const NAME = new RegExp(String.raw`${IDENTIFIER}(?:\s*\.\s*${IDENTIFIER})*(?:\s*\*)?`, "y");

/** End of the name that begins at `from`, with its qualifications and a `*` after it. */
export function nameEnd(text: string, from: number): number {
  NAME.lastIndex = from;
  return NAME.test(text) ? NAME.lastIndex : from;
}

/** End of the last token of a stretch: trailing blanks and comments are left out. */
export function trimmedEnd(text: string, from: number, limit: number): number {
  const tail = text.slice(Math.max(from, text.lastIndexOf("\n", limit - 1)), limit);
  if (tail.includes("--") || tail.includes("*/") || tail.trim() === "") {
    const marks = new Marks(text, from, limit);
    while (marks.next() !== "");
    return marks.endBefore(limit);
  }
  return limit - (tail.length - tail.trimEnd().length);
}
