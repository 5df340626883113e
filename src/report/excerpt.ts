import { visible } from "./plain.ts";
import { characterWidth, textWidth } from "./width.ts";

const TAB = 4;
/** Characters of one column each, which most lines are made of. */
const PLAIN = /^[\x20-\x7e]*$/;

/** The part of a line that fits a number of columns. */
export interface Excerpt {
  readonly text: string;
  /** Columns before the stretch in question. */
  readonly indent: number;
  /** Columns of the stretch that are in sight; at least 1. */
  readonly length: number;
}

/** One character as it is shown: a tab as spaces, a control character as its number. */
interface Cell {
  readonly text: string;
  readonly width: number;
  /** UTF-16 offset in the line. */
  readonly offset: number;
}

/** A line, cut with ellipses where it does not fit, with the start of the stretch `from`…`to` in sight. */
export function excerpt(line: string, from: number, to: number, columns: number): Excerpt {
  if (line.length < columns && PLAIN.test(line)) {
    return { text: line, indent: from, length: Math.max(1, to - from) };
  }
  return cutExcerpt(line, from, to, columns);
}

function cutExcerpt(line: string, from: number, to: number, columns: number): Excerpt {
  const cells = cellsAround(line, from, columns);
  // A caret behind the end needs a column of its own.
  const room = from < line.length ? columns : columns - 1;
  const whole =
    cells[0]?.offset === 0 && endOf(cells, line) === line.length && widthOf(cells) <= room;
  const shown = whole || line === "" ? cells : windowOf(cells, from, room - 2);
  const lead = (shown[0]?.offset ?? 0) > 0 ? "…" : "";
  const trail = endOf(shown, line) < line.length ? "…" : "";
  return {
    text: `${lead}${shown.map(({ text }) => text).join("")}${trail}`,
    indent: lead.length + widthOf(shown.filter(({ offset }) => offset < from)),
    length: Math.max(1, widthOf(shown.filter(({ offset }) => offset >= from && offset < to))),
  };
}

/** The cells of a line; of a very long one those around an offset. */
function cellsAround(line: string, from: number, columns: number): Cell[] {
  const reach = 4 * columns;
  let offset = line.length <= reach ? 0 : Math.max(0, from - columns);
  if (isLowSurrogate(line, offset)) offset += 1;
  let end = Math.min(line.length, offset + reach);
  if (isLowSurrogate(line, end)) end -= 1;
  const cells: Cell[] = [];
  let column = 0;
  for (const character of line.slice(offset, end)) {
    const text = character === "\t" ? " ".repeat(TAB - (column % TAB)) : visible(character);
    const width = text.length > 1 ? textWidth(text) : characterWidth(text);
    cells.push({ text, width, offset });
    offset += character.length;
    column += width;
  }
  return cells;
}

/** Cells that fit, from a quarter of the columns before an offset, or earlier where the line ends. */
function windowOf(cells: readonly Cell[], from: number, columns: number): readonly Cell[] {
  const target = cells.findIndex(({ offset }) => offset >= from);
  const middle = target === -1 ? cells.length : target;
  let start = firstThatFits(cells, middle, columns / 4);
  let end = start;
  for (let room = columns; end < cells.length; end += 1) {
    room -= cells[end]?.width ?? 0;
    if (room < 0) break;
  }
  // No ellipsis behind it: there is room for one more.
  if (end === cells.length) start = firstThatFits(cells, end, columns + 1);
  return cells.slice(start, end);
}

/** The first of the cells before one that fit a number of columns together. */
function firstThatFits(cells: readonly Cell[], before: number, columns: number): number {
  let first = before;
  for (let room = columns; first > 0; first -= 1) {
    room -= cells[first - 1]?.width ?? 0;
    if (room < 0) break;
  }
  return first;
}

/** Offset behind the last of some cells. */
function endOf(cells: readonly Cell[], line: string): number {
  const last = cells.at(-1);
  if (last === undefined) return 0;
  return last.offset + (isLowSurrogate(line, last.offset + 1) ? 2 : 1);
}

function isLowSurrogate(line: string, offset: number): boolean {
  return (
    /[\uDC00-\uDFFF]/.test(line.charAt(offset)) && /[\uD800-\uDBFF]/.test(line.charAt(offset - 1))
  );
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
