import type { Review } from "../core/review.ts";
import type { Rule } from "../core/rule.ts";

/** What every report is made from. */
export interface ReportInput {
  readonly review: Review;
  /** For the titles, the advice and the descriptors. */
  readonly rules: readonly Rule[];
  /** Text of a file that findings are in, without a byte order mark; undefined when there is none to quote. */
  readonly texts: (path: string) => string | undefined;
}
