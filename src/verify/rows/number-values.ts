import type { SeriesOfType, ValueSeries } from "./value-series.ts";

/** Numbers, by the type's name in the catalog. */
export const NUMBER_TYPES: ReadonlyMap<string, SeriesOfType> = new Map<string, SeriesOfType>([
  ["int2", whole("32767", "-32768")],
  ["int4", whole("2147483647", "-2147483648")],
  ["int8", whole("9223372036854775807", "-9223372036854775808")],
  ["oid", whole("4294967295", "0")],
  ["float4", () => ({ nth: (n) => `${n}.5`, extremes: ["0", "-0.5", "1e30"] })],
  // No float4 has this value.
  ["float8", () => ({ nth: (n) => `${n}.1`, extremes: ["0", "-0.5", "1e300"] })],
  ["money", () => ({ nth: (n) => `${n}.25`, extremes: ["0", "-1.50"] })],
  ["numeric", numeric],
]);

function whole(most: string, least: string): SeriesOfType {
  return () => ({ nth: (n) => String(n + 1), extremes: ["0", most, least] });
}

/** https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-NUMERIC-DECIMAL */
function numeric(modifier: number): ValueSeries {
  if (modifier < 4) {
    // More digits than a float8 has.
    return {
      nth: (n) => `${n + 1}.12345678901234567891`,
      extremes: ["0", "-1", "12345678901234567890.123456789"],
    };
  }
  const precision = ((modifier - 4) >> 16) & 0xffff;
  // Eleven bits with a sign since PostgreSQL 15.
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
  const left = Math.max(0, precision - scale);
  const digits = Math.max(0, scale);
  const most = `${"9".repeat(left) || "0"}${digits > 0 ? `.${"9".repeat(digits)}` : ""}`;
  const limit = 10 ** Math.min(9, left);
  // Every digit that there is room for: any rounding is seen.
  const fraction = digits > 0 ? `.${"25".repeat(digits).slice(-digits)}` : "";
  const fits = (n: number): string =>
    left > 0
      ? `${(n + 1) % limit}${fraction}`
      : `0.${String((n + 1) % 10 ** digits).padStart(digits, "0")}`;
  return { nth: fits, extremes: ["0", most, `-${most}`] };
}
