import type { AddColumn } from "./operations/column.ts";
import type { RuleContext } from "./rule-context.ts";

/** Whether every row of a table gets one and the same default in a new column that is unique. */
export function isSharedInUnique({ table, column }: AddColumn, context: RuleContext): boolean {
  const { default: given, constraints } = column;
  if (given === undefined || given.null || context.isEmptyTable(table)) return false;
  if (!constraints.some(({ kind }) => kind === "unique" || kind === "primary-key")) return false;
  const volatility = context.volatility(given);
  return volatility !== "volatile" && volatility !== "unknown";
}
