/** Values of one type, as PostgreSQL reads them from text. */
export interface ValueSeries {
  /** A different one for each number, as far as the type has so many. */
  readonly nth: (n: number) => string;
  /** The ends of its range and what programs stumble over. */
  readonly extremes: readonly string[];
}

/** Values of a type with a modifier: its length or precision as PostgreSQL packs it, -1 for none. */
export type SeriesOfType = (modifier: number) => ValueSeries;
