import type { Finding } from "./finding.ts";
import { locksOf } from "./lock-table.ts";
import { nameKey } from "./name.ts";
import type { Operation } from "./operation.ts";
import type { Rule } from "./rule.ts";
import type { ReportOptions } from "./rule-context.ts";
import type { Schema } from "./schema.ts";

/** What the lock table says of the table that a finding about locks or rewrites is about. */
export function predicted(
  { category }: Rule,
  { table }: ReportOptions,
  operation: Operation | undefined,
  schema: Schema,
): Pick<Finding, "prediction"> {
  const isAboutLocks = category === "blocking-lock" || category === "table-rewrite";
  if (!isAboutLocks || table === undefined || operation === undefined) return {};
  const claim = locksOf(operation, schema).find((one) => nameKey(one.table) === nameKey(table));
  if (claim === undefined) return {};
  const { mode, scans, rewrites } = claim;
  return { prediction: { mode, scans, rewrites } };
}
