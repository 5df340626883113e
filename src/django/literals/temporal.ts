import { lastPart, type PythonCall, type PythonValue } from "../python/value.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import type { SqlValue } from "./sql-value.ts";

/**
 * The moment that stands for the one at which a default is computed. The real one is a constant for
 * all rows as well, taken when the migration runs.
 */
export const NOW = "2000-01-01 00:00:00+00:00";

/** The value of a `datetime`, `date`, `time` or `timedelta` call; undefined for other calls. */
export function temporalValue(call: PythonCall, column: string): SqlValue | undefined {
  switch (lastPart(call.callee)) {
    case "date":
      return dateTime(call, "date");
    case "datetime":
      return dateTime(call, column === "date" ? "date" : "timestamptz");
    case "time":
      return clock(call);
    case "timedelta":
      return interval(call);
    default:
      return undefined;
  }
}

const PARTS = ["year", "month", "day", "hour", "minute", "second", "microsecond"] as const;

function numbers(call: PythonCall, names: readonly string[]): number[] {
  return names.map((name, index) => {
    const value = call.args[index] ?? call.keywords.get(name);
    if (value === undefined) return 0;
    return numberOf(value);
  });
}

function numberOf(value: PythonValue): number {
  if (value.kind === "integer") return Number(value.value);
  if (value.kind === "float") return value.value;
  throw new Uncompilable("the moment that is its default", value.span);
}

function two(value: number | undefined): string {
  return String(value ?? 0).padStart(2, "0");
}

function dateTime(call: PythonCall, type: string): SqlValue {
  const [year, month, day, hour, minute, second, microsecond] = numbers(call, PARTS);
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  if (type === "date") return { kind: "cast", value: date, type };
  const zone = call.args[7] ?? call.keywords.get("tzinfo");
  if (zone !== undefined && !isUtc(zone)) {
    throw new Uncompilable("the time zone of its default", zone.span);
  }
  const clockText = `${two(hour)}:${two(minute)}:${two(second)}${fraction(microsecond)}`;
  return { kind: "moment", value: `${date} ${clockText}+00:00`, type };
}

function isUtc(zone: PythonValue): boolean {
  if (zone.kind === "name") return /(?:^|\.)(?:utc|UTC)$/.test(zone.name);
  if (zone.kind !== "call") return zone.kind === "none";
  const [name] = zone.args;
  return name === undefined || (name.kind === "string" && name.value.toUpperCase() === "UTC");
}

function fraction(microsecond: number | undefined): string {
  return microsecond ? `.${String(microsecond).padStart(6, "0")}` : "";
}

function clock(call: PythonCall): SqlValue {
  const [hour, minute, second, microsecond] = numbers(call, PARTS.slice(3));
  const value = `${two(hour)}:${two(minute)}:${two(second)}${fraction(microsecond)}`;
  return { kind: "cast", value, type: "time" };
}

const UNITS = [
  ["days", 86_400_000_000],
  ["seconds", 1_000_000],
  ["microseconds", 1],
  ["milliseconds", 1000],
  ["minutes", 60_000_000],
  ["hours", 3_600_000_000],
  ["weeks", 604_800_000_000],
] as const;

function interval(call: PythonCall): SqlValue {
  const given = numbers(
    call,
    UNITS.map(([name]) => name),
  );
  const total = UNITS.reduce((sum, [, size], index) => sum + size * (given[index] ?? 0), 0);
  const days = Math.floor(total / 86_400_000_000);
  const rest = Math.round(total - days * 86_400_000_000);
  return {
    kind: "interval",
    days,
    seconds: Math.floor(rest / 1_000_000),
    microseconds: rest % 1_000_000,
  };
}

/** The value of a text default of a field of dates or times. */
export function temporalText(text: string, column: string): SqlValue | undefined {
  if (column === "date" && /^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return { kind: "cast", value: text, type: "date" };
  }
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/.exec(text);
  if (column === "time" && time !== null) {
    return {
      kind: "cast",
      value: `${two(Number(time[1]))}:${time[2]}:${time[3] ?? "00"}`,
      type: "time",
    };
  }
  const moment = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\+00:00|Z)?$/.exec(text);
  if (moment === null || !column.startsWith("timestamp")) return undefined;
  const clockText = moment[2]?.length === 5 ? `${moment[2]}:00` : moment[2];
  return { kind: "moment", value: `${moment[1]} ${clockText}+00:00`, type: "timestamptz" };
}
