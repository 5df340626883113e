import {
  blockCommentEnd,
  dollarStringEnd,
  escapeStringEnd,
  lineCommentEnd,
  quotedEnd,
} from "./quotes.ts";

/**
 * A kind of token. `word` is an unquoted identifier or keyword, `identifier` a quoted one, `string`
 * any of the quoted constants, `symbol` one character of punctuation or of an operator.
 */
export type TokenKind =
  | "word"
  | "identifier"
  | "string"
  | "dollar-string"
  | "number"
  | "symbol"
  | "line-comment"
  | "block-comment"
  | "end";

const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const DOLLAR = 36;
const STAR = 42;
const SLASH = 47;
const DASH = 45;

/**
 * Walks over the tokens of SQL without making any: `next` moves `kind`, `start` and `end`. It follows
 * PostgreSQL's rules for quotes, dollar quotes and nested comments.
 */
export class Lexer {
  readonly text: string;
  readonly limit: number;
  kind: TokenKind = "symbol";
  start: number;
  end: number;

  constructor(text: string, from = 0, limit = text.length) {
    this.text = text;
    this.limit = limit;
    this.start = from;
    this.end = from;
  }

  /** Moves to the next token, comments included. */
  next(): TokenKind {
    let at = this.end;
    while (at < this.limit && isSpace(this.text.charCodeAt(at))) at += 1;
    this.start = at;
    if (at >= this.limit) {
      this.end = at;
      this.kind = "end";
      return "end";
    }
    this.end = Math.min(this.#read(at, this.text.charCodeAt(at)), this.limit);
    return this.kind;
  }

  /** Moves to the next token that is not a comment. */
  nextToken(): TokenKind {
    let kind = this.next();
    while (kind === "line-comment" || kind === "block-comment") kind = this.next();
    return kind;
  }

  /** Whether the token is this keyword, given in lower case. */
  isWord(word: string): boolean {
    return (
      this.kind === "word" &&
      this.end - this.start === word.length &&
      this.text.slice(this.start, this.end).toLowerCase() === word
    );
  }

  /** Whether the token is this one character. */
  isSymbol(symbol: string): boolean {
    return this.kind === "symbol" && this.text[this.start] === symbol;
  }

  #read(at: number, code: number): number {
    if (isWordStart(code)) return this.#word(at, code);
    if (code >= 48 && code <= 57) return this.#number(at);
    const next = this.text.charCodeAt(at + 1);
    if (code === QUOTE) return this.#to("string", quotedEnd(this.text, at));
    if (code === DOUBLE_QUOTE) return this.#to("identifier", quotedEnd(this.text, at));
    if (code === DASH && next === DASH) {
      return this.#to("line-comment", lineCommentEnd(this.text, at));
    }
    if (code === SLASH && next === STAR) {
      return this.#to("block-comment", blockCommentEnd(this.text, at));
    }
    const dollar = code === DOLLAR ? dollarStringEnd(this.text, at) : undefined;
    return dollar === undefined ? this.#to("symbol", at + 1) : this.#to("dollar-string", dollar);
  }

  #to(kind: TokenKind, end: number): number {
    this.kind = kind;
    return end;
  }

  #word(at: number, code: number): number {
    const { text } = this;
    let end = at + 1;
    while (isWordPart(text.charCodeAt(end))) end += 1;
    if (end === at + 1 && (code | 32) === 101 && text.charCodeAt(end) === QUOTE) {
      return this.#to("string", escapeStringEnd(text, end));
    }
    this.kind = "word";
    return end;
  }

  #number(at: number): number {
    let end = at + 1;
    for (;;) {
      const code = this.text.charCodeAt(end);
      if (code !== 46 && (code === DOLLAR || !isWordPart(code))) break;
      end += 1;
    }
    this.kind = "number";
    return end;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || (code >= 48 && code <= 57) || code === DOLLAR;
}
