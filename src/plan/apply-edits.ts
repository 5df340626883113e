import type { Edit } from "../core/fix.ts";
import type { Span } from "../core/span.ts";

/** A text with edits made in it. Throws when two of them overlap or one is not in the text: a bug of whoever made them. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let offset = 0;
  for (const { span, text: replacement } of inOrder(edits)) {
    if (span.start < offset || span.end < span.start || span.end > text.length) {
      throw new Error(`an edit at ${span.start} overlaps another or is not in the text`);
    }
    result += text.slice(offset, span.start) + replacement;
    offset = span.end;
  }
  return result + text.slice(offset);
}

/** Where a stretch that no edit touches stands after the edits. */
export function movedSpan(span: Span, edits: readonly Edit[]): Span {
  const before = edits.filter((edit) => edit.span.end <= span.start);
  const moved = before.reduce((sum, edit) => sum + growth(edit), 0);
  return { start: span.start + moved, end: span.end + moved };
}

/** Where a stretch that is edited stands after the edits; what is inserted at its very start or end belongs to it. */
export function grownSpan(span: Span, edits: readonly Edit[]): Span {
  let { start, end } = span;
  for (const edit of edits) {
    if (edit.span.end <= span.start && edit.span.start < span.start) start += growth(edit);
    if (edit.span.start <= span.end) end += growth(edit);
  }
  return { start, end };
}

function growth({ span, text }: Edit): number {
  return text.length - (span.end - span.start);
}

/** Whether two of the edits touch the same characters. */
export function overlap(edits: readonly Edit[]): boolean {
  const sorted = inOrder(edits);
  return sorted.some(({ span }, index) => {
    const next = sorted[index + 1]?.span;
    return next !== undefined && next.start < span.end;
  });
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
