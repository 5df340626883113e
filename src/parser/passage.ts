import type { Span } from "../core/span.ts";
import { isAscii, offsetTable, type OffsetTable } from "./offsets.ts";

/** A stretch of the source that the runner replaces before it sends the text. */
export interface Substitution {
  readonly span: Span;
  readonly text: string;
}

/** Where a replaced stretch lies, in the sent text and in the source. */
interface Replaced {
  readonly sent: Span;
  readonly source: Span;
}

/**
 * A stretch of the source as the grammar reads it. Offsets named `sent` count UTF-16 units of
 * `sent`; every `Span` that leaves counts UTF-16 units of the whole source.
 */
export interface Passage {
  readonly sent: string;
  /** Sent offset of a byte offset of libpg-query; absent means the start. */
  fromByte(offset?: number): number;
  /** Sent offset of an offset in code points. */
  fromCodePoint(offset: number): number;
  /** The span in the source of a sent stretch; a replaced stretch is taken whole when an end lies in it. */
  span(start: number, end: number): Span;
  /** The author's text of a sent stretch. */
  text(start: number, end: number): string;
}

/** A text that stands in another: a function's body, a statement of it. */
export class NestedPassage implements Passage {
  readonly sent: string;
  readonly span: Passage["span"];
  readonly text: Passage["text"];
  #offsets: OffsetTable | undefined;

  private constructor(sent: string, span: Passage["span"], text: Passage["text"]) {
    this.sent = sent;
    this.span = span;
    this.text = text;
  }

  /** A stretch of the outer text, character for character, from the sent offset `start`. */
  static exact(outer: Passage, start: number, sent: string): NestedPassage {
    return new NestedPassage(
      sent,
      (from, to) => outer.span(start + from, start + to),
      (from, to) => outer.text(start + from, start + to),
    );
  }

  /** A text that the outer one spells otherwise (doubled quotes): every span is that of the whole. */
  static within(span: Span, sent: string): NestedPassage {
    return new NestedPassage(
      sent,
      () => span,
      (from, to) => sent.slice(from, to),
    );
  }

  fromByte(offset = 0): number {
    return this.#table().fromByte(offset);
  }

  fromCodePoint(offset: number): number {
    return this.#table().fromCodePoint(offset);
  }

  #table(): OffsetTable {
    this.#offsets ??= offsetTable(this.sent);
    return this.#offsets;
  }
}

/** A stretch of the source, with what the runner replaces in it. */
export class SourcePassage implements Passage {
  readonly sent: string;
  readonly #source: string;
  readonly #start: number;
  readonly #replaced: readonly Replaced[];
  #offsets: OffsetTable | undefined;

  constructor(source: string, span: Span, substitutions: readonly Substitution[] = []) {
    this.#source = source;
    this.#start = span.start;
    const { text, replaced } = replace(source, span, substitutions);
    // A lone surrogate has no UTF-8; U+FFFD takes as many units.
    this.sent = isAscii(text) ? text : text.replace(LONE_SURROGATES, "\ufffd");
    this.#replaced = replaced;
  }

  fromByte(offset = 0): number {
    return this.#table().fromByte(offset);
  }

  fromCodePoint(offset: number): number {
    return this.#table().fromCodePoint(offset);
  }

  span(start: number, end: number): Span {
    return { start: this.#toSource(start, "start"), end: this.#toSource(end, "end") };
  }

  text(start: number, end: number): string {
    if (this.#replaced.length === 0) return this.sent.slice(start, end);
    const span = this.span(start, end);
    return this.#source.slice(span.start, span.end);
  }

  #table(): OffsetTable {
    this.#offsets ??= offsetTable(this.sent);
    return this.#offsets;
  }

  #toSource(offset: number, side: "start" | "end"): number {
    let shift = this.#start;
    for (const { sent, source } of this.#replaced) {
      if (offset < sent.start || (offset === sent.start && side === "end")) break;
      if (offset < sent.end || (offset === sent.end && side === "end")) return source[side];
      shift = source.end - sent.end;
    }
    return offset + shift;
  }
}

const LONE_SURROGATES = /\p{Surrogate}/gu;

function replace(
  source: string,
  span: Span,
  substitutions: readonly Substitution[],
): { text: string; replaced: Replaced[] } {
  if (substitutions.length === 0) return { text: source.slice(span.start, span.end), replaced: [] };
  const replaced: Replaced[] = [];
  let text = "";
  let cursor = span.start;
  const inOrder = substitutions.toSorted((a, b) => a.span.start - b.span.start);
  for (const substitution of inOrder) {
    const { start, end } = substitution.span;
    if (start < cursor || end > span.end) continue;
    text += source.slice(cursor, start);
    const sent = { start: text.length, end: text.length + substitution.text.length };
    replaced.push({ sent, source: substitution.span });
    text += substitution.text;
    cursor = end;
  }
  return { text: text + source.slice(cursor, span.end), replaced };
}
