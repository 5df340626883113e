import type { TypeFamily } from "./type-family.ts";

const TEXT = ["text", "varchar", "bpchar"];
const DATE_TIME = ["date", "timestamp", "timestamptz", "time", "timetz", "interval"];

/** By the type that is cast: those to which the cast depends on TimeZone, DateStyle or IntervalStyle. */
const STABLE: Readonly<Record<string, readonly string[]>> = {
  timestamptz: ["date", "timestamp", "time", "timetz", "text", "varchar"],
  timestamp: ["timestamptz", "text", "varchar"],
  date: ["timestamptz", "text", "varchar"],
  time: ["timetz"],
  ...Object.fromEntries(TEXT.map((type) => [type, DATE_TIME])),
};

interface Castable {
  readonly name: string;
  readonly arrayDimensions: number;
  readonly family: TypeFamily | undefined;
}

/**
 * Whether a cast is stable and not immutable, so that no index may hold it. Observed on PostgreSQL 13
 * to 18; an interval as text, which 13 still accepts, is left out. A label of an enum can be renamed,
 * so that its text is stable as well (https://www.postgresql.org/docs/current/xfunc-volatility.html).
 */
export function isStableCast(from: Castable, to: Castable): boolean {
  if (from.arrayDimensions > 0 || to.arrayDimensions > 0) return false;
  if (from.family === "enum") return to.name === "text" || to.name === "varchar";
  if (to.family === "enum") return TEXT.includes(from.name);
  return STABLE[from.name]?.includes(to.name) === true;
}
