import type { Span } from "../core/span.ts";

/** A stretch of a source text that stands for something else when it is sent. */
export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

/** A stretch of a text with replacements made in it. A place inside a replacement is the replaced stretch's start. */
export function substitute(
  source: string,
  span: Span,
  replacements: readonly Replacement[],
): { text: string; sourceOffset: (offset: number) => number } {
  let text = "";
  let at = span.start;
  const jumps: { from: number; to: number; source: number; next: number }[] = [];
  for (const replacement of replacements) {
    // A substitution inside a statement that is left out.
    if (replacement.span.start < at) continue;
    text += source.slice(at, replacement.span.start);
    const from = text.length;
    text += replacement.text;
    at = replacement.span.end;
    jumps.push({ from, to: text.length, source: replacement.span.start, next: at });
  }
  text += source.slice(at, span.end);
  return {
    text,
    sourceOffset(offset) {
      const jump = jumps.findLast(({ from }) => from <= offset);
      if (jump === undefined) return span.start + offset;
      return offset < jump.to ? jump.source : jump.next + (offset - jump.to);
    },
  };
}

/** The UTF-16 offset of an offset in code points, which is how PostgreSQL counts. */
export function utf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let count = 0; count < codePoints && offset < text.length; count += 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
