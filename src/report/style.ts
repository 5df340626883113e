/** Marks a stretch of text; the identity where there is no colour. */
export type Mark = (text: string) => string;

export interface Style {
  readonly bold: Mark;
  readonly dim: Mark;
  readonly red: Mark;
  readonly green: Mark;
  readonly yellow: Mark;
  readonly blue: Mark;
}

/** Styles of a terminal (SGR sequences), or none of them. */
export function styleOf(colour: boolean): Style {
  const mark = (on: number, off: number): Mark =>
    colour ? (text) => `\u{1b}[${on}m${text}\u{1b}[${off}m` : (text) => text;
  return {
    bold: mark(1, 22),
    dim: mark(2, 22),
    red: mark(31, 39),
    green: mark(32, 39),
    yellow: mark(33, 39),
    blue: mark(34, 39),
  };
}
