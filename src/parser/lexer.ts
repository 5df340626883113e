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

const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const DOLLAR = 36;
const BACKSLASH = 92;
const STAR = 42;
const SLASH = 47;
const DASH = 45;

/**
 * Walks over the tokens of SQL without making any: `next` moves `kind`, `start` and `end`. It
 * follows PostgreSQL's rules for quotes, dollar quotes and nested comments
 * (https://www.postgresql.org/docs/current/sql-syntax-lexical.html); what is left open ends with the text.
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
    if (code === QUOTE) return this.#quoted(at, QUOTE, "string");
    if (code === DOUBLE_QUOTE) return this.#quoted(at, DOUBLE_QUOTE, "identifier");
    if (code === DASH && next === DASH) return this.#lineComment(at);
    if (code === SLASH && next === STAR) return this.#blockComment(at);
    if (code === DOLLAR) return this.#dollar(at);
    this.kind = "symbol";
    return at + 1;
  }

  #word(at: number, code: number): number {
    const { text } = this;
    let end = at + 1;
    while (isWordPart(text.charCodeAt(end))) end += 1;
    if (end === at + 1 && (code | 32) === 101 && text.charCodeAt(end) === QUOTE) {
      return this.#escapeString(end);
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

  /** A doubled quote ends one stretch and begins the next, with the same result. */
  #quoted(at: number, quote: number, kind: TokenKind): number {
    const mark = String.fromCharCode(quote);
    this.kind = kind;
    let end = at;
    do {
      const close = this.text.indexOf(mark, end + 1);
      if (close === -1) return this.text.length;
      end = close + 1;
    } while (this.text.charCodeAt(end) === quote);
    return end;
  }

  #escapeString(quote: number): number {
    const { text } = this;
    this.kind = "string";
    let at = quote + 1;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) at += 2;
      else if (code !== QUOTE) at += 1;
      else if (text.charCodeAt(at + 1) === QUOTE) at += 2;
      else return at + 1;
    }
    return text.length;
  }

  #dollar(at: number): number {
    DOLLAR_TAG.lastIndex = at;
    const tag = DOLLAR_TAG.exec(this.text)?.[0];
    if (tag === undefined) {
      this.kind = "symbol";
      return at + 1;
    }
    this.kind = "dollar-string";
    const close = this.text.indexOf(tag, at + tag.length);
    return close === -1 ? this.text.length : close + tag.length;
  }

  #lineComment(at: number): number {
    this.kind = "line-comment";
    const feed = this.text.indexOf("\n", at);
    const end = feed === -1 ? this.text.length : feed;
    const carriage = this.text.slice(at, end).indexOf("\r");
    return carriage === -1 ? end : at + carriage;
  }

  #blockComment(at: number): number {
    const { text } = this;
    this.kind = "block-comment";
    let depth = 1;
    let index = at + 2;
    while (index < text.length) {
      const code = text.charCodeAt(index);
      const next = text.charCodeAt(index + 1);
      if (code === STAR && next === SLASH) {
        depth -= 1;
        index += 2;
        if (depth === 0) return index;
      } else if (code === SLASH && next === STAR) {
        depth += 1;
        index += 2;
      } else {
        index += 1;
      }
    }
    return text.length;
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
