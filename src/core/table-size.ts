import type { Finding, Severity } from "./finding.ts";

/** With fewer rows, what reads or writes every row of a table is over before anybody waits for it. */
export const SMALL_TABLE = 10_000;
/** With as many, it takes minutes. */
export const LARGE_TABLE = 1_000_000;

/**
 * The severity of a finding about a lock that is held while every row is read or written, given how
 * many there are: an error about a small table warns, and what only warned of a large one is an error.
 * A finding about anything else, about lost rows above all, stays as it is.
 */
export function severityBySize(
  severity: Severity,
  prediction: Finding["prediction"],
  rows: number | undefined,
): Severity {
  if (rows === undefined || prediction === undefined) return severity;
  if (!prediction.scans && !prediction.rewrites) return severity;
  if (rows < SMALL_TABLE && severity === "error") return "warning";
  if (rows >= LARGE_TABLE && severity === "warning") return "error";
  return severity;
}
