import type { Fix } from "./fix.ts";
import type { LockClaim } from "./lock.ts";
import type { Place } from "./span.ts";
import type { NameUses } from "./uses.ts";

export const SEVERITIES = ["error", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure a rule is that what it says holds for this statement. */
export const CONFIDENCES = ["high", "medium", "low"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** The observation that confirms or contradicts a finding. */
export interface Evidence {
  readonly verdict: "confirmed" | "contradicted" | "not-observed";
  /** What was seen, in a sentence. */
  readonly text: string;
}

/** What a rule says about an operation. */
export interface Finding extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly path: string;
  /** The table it is about, as a person would write it. */
  readonly table?: string;
  /** The statement that it is about, where the file at `path` holds no SQL and was compiled to it. */
  readonly sql?: string;
  /** What PostgreSQL is predicted to do to the table; for findings about locks and rewrites. */
  readonly prediction?: Omit<LockClaim, "table">;
  readonly evidence?: Evidence;
  readonly fix?: Fix;
  /** Where other files of the repository seem to name still what it takes away. */
  readonly uses?: NameUses;
  /** What the same rule says of the same table elsewhere in the migration, in order. */
  readonly also?: readonly Finding[];
}
