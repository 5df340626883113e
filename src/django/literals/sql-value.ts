/** A value as Django hands it to the database driver. */
export type SqlValue =
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** A number, by its digits. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "text"; readonly value: string }
  /** A text that is cast to a type. */
  | { readonly kind: "cast"; readonly value: string; readonly type: string }
  /** A moment, `2024-02-29 12:30:00+00:00`. */
  | { readonly kind: "moment"; readonly value: string; readonly type: string }
  | {
      readonly kind: "interval";
      readonly days: number;
      readonly seconds: number;
      readonly microseconds: number;
    }
  /** 32 hexadecimal digits. */
  | { readonly kind: "uuid"; readonly hex: string };

export type Driver = "psycopg" | "psycopg2";

export const NULL: SqlValue = { kind: "null" };

/** A value as the driver writes it into a statement. */
export function writeValue(value: SqlValue, driver: Driver): string {
  switch (value.kind) {
    case "null":
      return "NULL";
    case "boolean":
      return String(value.value);
    case "number":
      // The space keeps a minus sign from becoming a comment with one before it.
      return value.text.startsWith("-") ? ` ${value.text}` : value.text;
    case "text":
      return writeText(value.value, driver);
    case "cast":
      // Bytes are written in hexadecimal digits, whose backslash needs no escape.
      if (value.type === "bytea") return `'${value.value}'::bytea`;
      return `${writeText(value.value, driver)}::${value.type}`;
    case "moment": {
      const text = driver === "psycopg2" ? value.value.replace(" ", "T") : value.value;
      return `'${text}'::${value.type}`;
    }
    case "interval":
      return `'${driver === "psycopg2" ? longInterval(value) : shortInterval(value)}'::interval`;
    case "uuid":
      return `'${driver === "psycopg2" ? dashed(value.hex) : value.hex}'::uuid`;
  }
}

/** A text in quotes; psycopg 3 writes one that holds a backslash as an escape string. */
export function writeText(text: string, driver: Driver): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  if (driver === "psycopg2" || !text.includes("\\")) return quoted;
  return ` E${quoted.replaceAll("\\", "\\\\")}`;
}

interface Interval {
  readonly days: number;
  readonly seconds: number;
  readonly microseconds: number;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Python's `str(timedelta)` without its comma: `1 day 0:00:30`. */
function shortInterval({ days, seconds, microseconds }: Interval): string {
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = microseconds === 0 ? "" : `.${String(microseconds).padStart(6, "0")}`;
  const day = days === 0 ? "" : `${days} day${Math.abs(days) === 1 ? "" : "s"} `;
  return day + clock + fraction;
}

function longInterval({ days, seconds, microseconds }: Interval): string {
  return `${days} days ${seconds}.${String(microseconds).padStart(6, "0")} seconds`;
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Whether Django takes two values for equal: documents (Jsonb) never are. */
export function isEqualValue(a: SqlValue, b: SqlValue): boolean {
  if (a.kind === "cast" && a.type === "jsonb") return false;
  return writeValue(a, "psycopg") === writeValue(b, "psycopg");
}
