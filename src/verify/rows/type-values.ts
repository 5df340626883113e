import { NUMBER_TYPES } from "./number-values.ts";
import { TEXT_TYPES } from "./text-values.ts";
import { TIME_TYPES } from "./time-values.ts";
import type { SeriesOfType, ValueSeries } from "./value-series.ts";

/**
 * Values of a type by its name in the catalog; `modifier` is its length or precision as PostgreSQL
 * packs it, -1 for none. Undefined for a type that is not known.
 */
export function typeValues(type: string, modifier: number): ValueSeries | undefined {
  return (
    NUMBER_TYPES.get(type)?.(modifier) ??
    TEXT_TYPES.get(type)?.(modifier) ??
    TIME_TYPES.get(type) ??
    OTHER_TYPES.get(type)?.(modifier)
  );
}

function hex(n: number, digits: number): string {
  return n.toString(16).padStart(digits, "0").slice(-digits);
}

function bits(n: number, length: number): string {
  return n.toString(2).padStart(length, "0").slice(-length);
}

const fixed = (values: ValueSeries) => (): ValueSeries => values;

const OTHER_TYPES: ReadonlyMap<string, SeriesOfType> = new Map<string, SeriesOfType>([
  ["bool", fixed({ nth: (n) => (n % 2 === 0 ? "true" : "false"), extremes: ["true", "false"] })],
  [
    "uuid",
    fixed({
      nth: (n) => `${hex(n + 1, 8)}-0000-4000-8000-${hex(n + 1, 12)}`,
      extremes: ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
    }),
  ],
  [
    "json",
    fixed({
      nth: (n) => `{"n": ${n}}`,
      extremes: ["{}", "[]", '{"name": "Zoë \u{1F98A}", "list": [1, null]}'],
    }),
  ],
  [
    "jsonb",
    fixed({
      nth: (n) => `{"n": ${n}}`,
      extremes: ["{}", "[]", '{"name": "Zoë \u{1F98A}", "list": [1, null]}'],
    }),
  ],
  ["bytea", fixed({ nth: (n) => `\\x${hex(n + 1, 8)}`, extremes: ["\\x", "\\x00ff"] })],
  [
    "inet",
    fixed({ nth: (n) => `10.0.${(n >> 8) % 256}.${n % 256}`, extremes: ["::1", "192.0.2.0/24"] }),
  ],
  [
    "cidr",
    fixed({ nth: (n) => `10.${(n >> 8) % 256}.${n % 256}.0/24`, extremes: ["2001:db8::/32"] }),
  ],
  [
    "macaddr",
    fixed({
      nth: (n) => `02:00:${hex(n, 8).replaceAll(/(?<=..)(?=(?:..)+$)/g, ":")}`,
      extremes: [],
    }),
  ],
  [
    "macaddr8",
    fixed({
      nth: (n) => `02:00:00:00:${hex(n, 8).replaceAll(/(?<=..)(?=(?:..)+$)/g, ":")}`,
      extremes: [],
    }),
  ],
  ["bit", (modifier) => ({ nth: (n) => bits(n, Math.max(1, modifier)), extremes: [] })],
  [
    "varbit",
    (modifier) => ({
      nth: (n) => bits(n, modifier > 0 ? Math.min(8, modifier) : 8),
      extremes: [""],
    }),
  ],
  ["xml", fixed({ nth: (n) => `<n>${n}</n>`, extremes: [] })],
  ["tsvector", fixed({ nth: (n) => `'word${n}':1`, extremes: [""] })],
  ["tsquery", fixed({ nth: (n) => `'word${n}'`, extremes: [] })],
  ["hstore", fixed({ nth: (n) => `"n"=>"${n}"`, extremes: [""] })],
  ["ltree", fixed({ nth: (n) => `top.n${n}`, extremes: ["top"] })],
  ["point", fixed({ nth: (n) => `(${n},${n})`, extremes: ["(0,0)"] })],
  ["line", fixed({ nth: (n) => `{1,-1,${n}}`, extremes: [] })],
  ["lseg", fixed({ nth: (n) => `[(0,0),(${n + 1},1)]`, extremes: [] })],
  ["box", fixed({ nth: (n) => `(${n + 1},1),(0,0)`, extremes: [] })],
  ["path", fixed({ nth: (n) => `[(0,0),(${n + 1},1)]`, extremes: [] })],
  ["polygon", fixed({ nth: (n) => `((0,0),(${n + 1},1),(1,0))`, extremes: [] })],
  ["circle", fixed({ nth: (n) => `<(0,0),${n + 1}>`, extremes: [] })],
  ["pg_lsn", fixed({ nth: (n) => `0/${hex(n + 1, 8)}`, extremes: [] })],
  ["vector", (modifier) => ({ nth: (n) => vector(n, modifier), extremes: [] })],
  ["halfvec", (modifier) => ({ nth: (n) => vector(n, modifier), extremes: [] })],
  ["geometry", fixed({ nth: (n) => `POINT(${n % 180} ${n % 90})`, extremes: [] })],
  ["geography", fixed({ nth: (n) => `POINT(${n % 180} ${n % 90})`, extremes: [] })],
]);

function vector(n: number, dimensions: number): string {
  return `[${Array.from({ length: Math.max(1, dimensions) }, (_, at) => (n + at) % 7).join(",")}]`;
}
