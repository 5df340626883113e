import type { ChecklistItem } from "../core/checklist.ts";
import type { Review } from "../core/review.ts";
import type { Rule } from "../core/rule.ts";

/** What every report is made from. */
export interface ReportInput {
  readonly review: Review;
  /** For the titles, the advice and the descriptors. */
  readonly rules: readonly Rule[];
  /** Text of a file that findings are in, without a byte order mark; undefined when there is none to quote. */
  readonly texts: (path: string) => string | undefined;
  /** What a change may need, and which of it somebody has to confirm. Default: the default checklist. */
  readonly checklist?: readonly ChecklistItem[];
  /** Every path that the change touched, where it is known: whether tests come with it. */
  readonly changedPaths?: readonly string[];
}
