import type { Fix } from "../core/fix.ts";
import { LineTable } from "../core/span.ts";
import { mask } from "./redact.ts";

/** The text of a file as reports quote it: secrets masked, lines by their numbers. */
export class SourceText {
  readonly #text: string;
  readonly #lines: LineTable;
  /** How many lines there are. */
  readonly count: number;

  constructor(text: string) {
    this.#text = mask(text);
    this.#lines = new LineTable(this.#text);
    this.count = this.#lines.place({ start: text.length, end: text.length }).line;
  }

  /** A line without its end; undefined when there is no line of that number. */
  line(number: number): string | undefined {
    if (number < 1 || number > this.count) return undefined;
    const start = this.#lines.startOf(number);
    const end = number === this.count ? this.#text.length : this.#lines.startOf(number + 1);
    return this.#text.slice(start, end).replace(/(?:\r\n|\n|\r)$/, "");
  }

  /** Whole lines, from one to another; lines that are not there are left out. */
  lines(from: number, to: number): string {
    const lines: string[] = [];
    for (let number = from; number <= Math.min(to, this.count); number += 1) {
      lines.push(this.line(number) ?? "");
    }
    return lines.join("\n");
  }

  /** The lines that edits touch, as they are after them; undefined when an edit is not in the text. */
  edited(edits: Fix["edits"]): string | undefined {
    const sorted = edits.toSorted((a, b) => a.span.start - b.span.start);
    const [first] = sorted;
    const last = sorted.at(-1);
    if (first === undefined || last === undefined || last.span.end > this.#text.length) {
      return undefined;
    }
    let offset = this.#lines.startOf(this.#lines.place(first.span).line);
    let text = "";
    for (const { span, text: replacement } of sorted) {
      text += this.#text.slice(offset, span.start) + replacement;
      offset = span.end;
    }
    const line = this.line(this.#lines.place(last.span).endLine) ?? "";
    const end = this.#lines.startOf(this.#lines.place(last.span).endLine) + line.length;
    return text + this.#text.slice(offset, Math.max(offset, end));
  }

  /** The part of the text between two places; empty when they are not in it. */
  between(from: { line: number; column: number }, to: { line: number; column: number }): string {
    if (from.line > this.count || to.line > this.count) return "";
    const start = this.#lines.startOf(from.line) + from.column - 1;
    return this.#text.slice(start, this.#lines.startOf(to.line) + to.column - 1);
  }
}

/** Reads each file once. */
export function sourceTexts(
  texts: (path: string) => string | undefined,
): (path: string) => SourceText | undefined {
  const known = new Map<string, SourceText | undefined>();
  return (path) => {
    if (!known.has(path)) {
      const text = texts(path);
      known.set(path, text === undefined ? undefined : new SourceText(text));
    }
    return known.get(path);
  };
}
