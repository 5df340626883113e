import type { SchemaChange, TableRows } from "../core/verification.ts";
import { isSemantic } from "./difference.ts";

/** What a down that ran to its end left of its up. */
export interface DownEffect {
  /** Up changed the schema or some rows. */
  readonly upChanged: boolean;
  /** Down changed the schema or some rows. */
  readonly downChanged: boolean;
  /** From the schema before up to the schema after down. */
  readonly difference: readonly SchemaChange[];
  /** Tables whose rows are not what they were before up. */
  readonly rows: readonly TableRows[];
  /** Up lost values of which the rows cannot tell whether down brings them back: see `rows/unseen-values.ts`. */
  readonly losesUnseen: boolean;
}

type RunVerdict = "exact" | "cosmetic" | "schema-only" | "partial" | "no-op";

/** The verdict on a down that ran without an error. */
export function downVerdict(effect: DownEffect): RunVerdict {
  const { upChanged, downChanged, difference, rows, losesUnseen } = effect;
  if (upChanged && !downChanged) return "no-op";
  if (isSemantic(difference)) return "partial";
  if (rows.length > 0 || losesUnseen) return "schema-only";
  return difference.length > 0 ? "cosmetic" : "exact";
}
