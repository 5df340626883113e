/*
 * Ends of what SQL's marks must not be sought in. Each takes the offset at which the quote or comment
 * begins and gives the offset behind it; what is left open ends with the text
 * (https://www.postgresql.org/docs/current/sql-syntax-lexical.html).
 */

const QUOTE = 39;
const STAR = 42;
const SLASH = 47;
const BACKSLASH = 92;

/** Of '…' and "…". A doubled quote ends one stretch and begins the next, with the same result. */
export function quotedEnd(text: string, at: number): number {
  const mark = text.charAt(at);
  let end = at;
  do {
    const close = text.indexOf(mark, end + 1);
    if (close === -1) return text.length;
    end = close + 1;
  } while (text.charAt(end) === mark);
  return end;
}

/** Of E'…', from its quote. */
export function escapeStringEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === BACKSLASH) end += 2;
    else if (code !== QUOTE) end += 1;
    else if (text.charCodeAt(end + 1) === QUOTE) end += 2;
    else return end + 1;
  }
  return text.length;
}

const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;

/** Of $tag$…$tag$; undefined where the dollar begins no tag. */
export function dollarStringEnd(text: string, at: number): number | undefined {
  DOLLAR_TAG.lastIndex = at;
  if (!DOLLAR_TAG.test(text)) return undefined;
  const tag = text.slice(at, DOLLAR_TAG.lastIndex);
  const close = text.indexOf(tag, at + tag.length);
  return close === -1 ? text.length : close + tag.length;
}

const LINE_END = /[\r\n]/g;

/** Of --…, without the line's end. */
export function lineCommentEnd(text: string, at: number): number {
  LINE_END.lastIndex = at;
  return LINE_END.test(text) ? LINE_END.lastIndex - 1 : text.length;
}

/** Of a block comment, and those nested in it. */
export function blockCommentEnd(text: string, at: number): number {
  let depth = 1;
  let end = at + 2;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const next = text.charCodeAt(end + 1);
    if (code === STAR && next === SLASH) {
      depth -= 1;
      end += 2;
      if (depth === 0) return end;
    } else if (code === SLASH && next === STAR) {
      depth += 1;
      end += 2;
    } else {
      end += 1;
    }
  }
  return text.length;
}
