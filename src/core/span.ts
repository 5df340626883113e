/** A stretch of a source text: UTF-16 offsets from 0, `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span as people and editors name it: lines and columns count from 1, the end column is exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Turns offsets of one text into lines and columns. LF, CRLF and a lone CR each end a line. */
export class LineTable {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) {
        this.#starts.push(index + 1);
      }
    }
  }

  place(span: Span): Place {
    const start = this.#position(span.start);
    const end = this.#position(span.end);
    return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  /** Offset at which a 1-based line begins; the text's last line start for a line past the end. */
  startOf(line: number): number {
    return this.#starts[Math.min(line, this.#starts.length) - 1] ?? 0;
  }

  #position(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
