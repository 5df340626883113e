import type { Place } from "../core/span.ts";
import { excerpt } from "./excerpt.ts";
import type { SourceText } from "./source-text.ts";
import type { Mark, Style } from "./style.ts";

/** Lines of a long span that are shown. */
const SHOWN_LINES = 3;
/** Narrower than this, a line tells nothing. */
const LEAST_COLUMNS = 20;

/**
 * The lines around a place, numbered, with carets under what it spans. Lines that do not fit `width`
 * columns are cut around the carets. Empty when the text does not have that line.
 */
export function codeFrame(
  source: SourceText,
  place: Place,
  options: { readonly width: number; readonly style: Style; readonly mark: Mark },
): string[] {
  const first = source.line(place.line);
  if (first === undefined) return [];
  const last = Math.min(place.endLine, place.line + SHOWN_LINES - 1, source.count);
  const gutter = String(last).length;
  const columns = Math.max(LEAST_COLUMNS, options.width - gutter - 3);
  const numbered = (number: string, text: string): string =>
    `${options.style.dim(`${number.padStart(gutter)} │`)} ${text}`.trimEnd();
  const whole = (number: number): string =>
    numbered(String(number), excerpt(source.line(number) ?? "", 0, 0, columns).text);

  const frame: string[] = [];
  const before = source.line(place.line - 1);
  if (before !== undefined && before.trim() !== "") frame.push(whole(place.line - 1));
  const to = place.endLine > place.line ? first.length : place.endColumn - 1;
  const { text, indent, length } = excerpt(first, place.column - 1, to, columns);
  frame.push(numbered(String(place.line), text));
  frame.push(numbered("", `${" ".repeat(indent)}${options.mark("^".repeat(length))}`));
  for (let line = place.line + 1; line <= last; line += 1) frame.push(whole(line));
  if (place.endLine > last) frame.push(numbered("", "…"));
  return frame;
}
