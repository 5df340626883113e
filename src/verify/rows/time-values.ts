import type { ValueSeries } from "./value-series.ts";

/** Every digit that PostgreSQL keeps of a second: any rounding is seen. */
const FRACTION = ".123457";

/** Moments and spans, by the type's name in the catalog. */
export const TIME_TYPES: ReadonlyMap<string, ValueSeries> = new Map([
  [
    "date",
    { nth: (n) => moment(n).slice(0, 10), extremes: ["1970-01-01", "0001-01-01", "9999-12-31"] },
  ],
  [
    "timestamp",
    {
      nth: (n) => `${moment(n)}${FRACTION}`,
      extremes: ["1970-01-01 00:00:00", "2024-02-29 23:59:59.999999", "9999-12-31 00:00:00"],
    },
  ],
  [
    "timestamptz",
    {
      nth: (n) => `${moment(n)}${FRACTION}+00`,
      extremes: ["1970-01-01 00:00:00+00", "2024-03-31 01:30:00+00", "9999-12-31 00:00:00+00"],
    },
  ],
  ["time", { nth: (n) => `${clock(n)}${FRACTION}`, extremes: ["00:00:00", "23:59:59.999999"] }],
  [
    "timetz",
    { nth: (n) => `${clock(n)}${FRACTION}+00`, extremes: ["00:00:00+00", "23:59:59.999999+02"] },
  ],
  [
    "interval",
    {
      nth: (n) => `${n + 1} days 04:05:06${FRACTION}`,
      extremes: ["0", "-1 day", "1 year 2 mons 3 days 04:05:06.789"],
    },
  ],
]);

const START = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

/** A day after the other from the beginning of 2024. */
function moment(n: number): string {
  return new Date(START + n * DAY_MS).toISOString().slice(0, 19).replace("T", " ");
}

function clock(n: number): string {
  return `${two(Math.floor(n / 60) % 24)}:${two(n % 60)}:00`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
