import {
  blockCommentEnd,
  dollarStringEnd,
  escapeStringEnd,
  lineCommentEnd,
  quotedEnd,
} from "./quotes.ts";

const MARK = /[(),;[\]'"$]|--|\/\*/g;
/** An E before a quote, and not at the end of a longer word. */
const ESCAPES = /(?:^|[^\w$\u0080-\uffff])[eE]$/;
const WORD_PART = /[\w$\u0080-\uffff]/;

/**
 * Walks over the brackets, commas and semicolons of a stretch of SQL that stand outside of quotes
 * and comments. Made for statements that the grammar accepted: most of their text is passed over by
 * one regular expression, without a token for each word.
 */
export class Marks {
  readonly #text: string;
  readonly #from: number;
  readonly #limit: number;
  /** Start and end of each comment passed, in turn. */
  readonly #comments: number[] = [];
  #next: number;
  /** Offset of the mark; the limit behind the last one. */
  at: number;

  constructor(text: string, from: number, limit: number) {
    this.#text = text;
    this.#from = from;
    this.#limit = limit;
    this.#next = from;
    this.at = from;
  }

  /** Moves to the next mark; an empty string behind the last. */
  next(): string {
    for (;;) {
      MARK.lastIndex = this.#next;
      const mark = MARK.exec(this.#text)?.[0] ?? "";
      const end = MARK.lastIndex;
      this.at = end - mark.length;
      if (mark === "" || this.at >= this.#limit) {
        this.at = this.#limit;
        return "";
      }
      const behind = this.#skip(mark, this.at);
      this.#next = behind ?? end;
      if (behind === undefined) return mark;
    }
  }

  /** End of the last token before an offset that was passed: blanks and comments are left out. */
  endBefore(offset: number): number {
    let end = offset;
    for (let index = this.#comments.length - 1; ; index -= 2) {
      while (end > this.#from && isSpace(this.#text.charCodeAt(end - 1))) end -= 1;
      // A line comment may end in blanks of its own.
      if (index < 0 || (this.#comments[index] ?? 0) < end) return end;
      end = this.#comments[index - 1] ?? end;
    }
  }

  /** Offset behind the quote or comment that begins here; undefined where it is a mark of its own. */
  #skip(mark: string, at: number): number | undefined {
    const text = this.#text;
    if (mark === '"') return quotedEnd(text, at);
    if (mark === "'") {
      const before = text.slice(Math.max(at - 2, 0), at);
      return ESCAPES.test(before) ? escapeStringEnd(text, at) : quotedEnd(text, at);
    }
    if (mark === "$") {
      const inWord = at > 0 && WORD_PART.test(text.charAt(at - 1));
      return (inWord ? undefined : dollarStringEnd(text, at)) ?? at + 1;
    }
    if (mark.length === 1) return undefined;
    const end = mark === "--" ? lineCommentEnd(text, at) : blockCommentEnd(text, at);
    this.#comments.push(at, end);
    return end;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
