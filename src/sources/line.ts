/** One line of a text; offsets in UTF-16 units. */
export interface Line {
  /** Without the line ending. */
  readonly text: string;
  readonly start: number;
  /** Where its text ends. */
  readonly end: number;
  /** Where the next line begins, or the text's end. */
  readonly next: number;
}

/** The lines of a text. A line ends with LF or CRLF, as Go's and Rust's line readers have it. */
export function* linesOf(text: string): Generator<Line> {
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf("\n", start);
    const next = feed === -1 ? text.length : feed + 1;
    let end = feed === -1 ? text.length : feed;
    if (end > start && text.charCodeAt(end - 1) === 13) end -= 1;
    yield { text: text.slice(start, end), start, end, next };
    start = next;
  }
}
