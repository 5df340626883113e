/** Turns places that libpg-query tells into UTF-16 offsets of the same text. */
export interface OffsetTable {
  /** UTF-16 offset of a UTF-8 byte offset. */
  fromByte(offset: number): number;
  /** UTF-16 offset of a code point offset. */
  fromCodePoint(offset: number): number;
}

const IDENTITY: OffsetTable = {
  fromByte: (offset) => offset,
  fromCodePoint: (offset) => offset,
};

/** The table of one text. Free for a text that is ASCII; the text must be well formed. */
export function offsetTable(text: string): OffsetTable {
  return isAscii(text) ? IDENTITY : new WideOffsets(text);
}

/** Whether every character takes one byte. */
export function isAscii(text: string): boolean {
  return Buffer.byteLength(text, "utf8") === text.length;
}

/**
 * Holds, for each character outside ASCII, the places just after it; between two of them all three
 * units advance alike.
 */
class WideOffsets implements OffsetTable {
  readonly #units: number[] = [0];
  readonly #bytes: number[] = [0];
  readonly #points: number[] = [0];

  constructor(text: string) {
    let bytes = 0;
    let points = 0;
    for (let unit = 0; unit < text.length;) {
      const code = text.codePointAt(unit) ?? 0;
      const width = code > 0xffff ? 2 : 1;
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      points += 1;
      unit += width;
      if (code < 0x80) continue;
      this.#units.push(unit);
      this.#bytes.push(bytes);
      this.#points.push(points);
    }
  }

  fromByte(offset: number): number {
    return this.#advance(this.#bytes, offset);
  }

  fromCodePoint(offset: number): number {
    return this.#advance(this.#points, offset);
  }

  #advance(starts: readonly number[], offset: number): number {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return (this.#units[low] ?? 0) + offset - (starts[low] ?? 0);
  }
}
