import type { Rule } from "../core/rule.ts";
import type { CheckOutcome } from "../report/comment-title.ts";
import type { MarkdownOptions } from "../report/markdown-page.ts";
import type { ReportInput } from "../report/report-input.ts";
import type { RepoRef, ReviewJob } from "./job.ts";
import type { PullReview } from "./review-pull.ts";

/** A review that is told, and written nowhere. */
export interface Look {
  readonly report: ReportInput;
  readonly options?: Omit<MarkdownOptions, "gates" | "limit">;
}

/** What commands and ticks need besides GitHub. */
export interface Surroundings {
  /** Login under which we write, for example `migrate-verify[bot]`. */
  readonly self: string;
  /** The secret that seals the comment; absent in the Action. */
  readonly key?: string;
  readonly now: () => Date;
  readonly rules: readonly Rule[];
  /** Reviews the newest head, and brings comment and check up to date. */
  readonly review: (job: ReviewJob) => Promise<PullReview>;
  /** Reviews a head, as far as `mode` asks, and writes nothing. */
  readonly look: (job: ReviewJob) => Promise<Look>;
  /** Brings the check of a head in line with what people said. */
  readonly settle: (settlement: Settlement) => Promise<void>;
}

export interface Settlement {
  readonly repo: RepoRef;
  readonly pull: number;
  /** SHA that the comment is about. */
  readonly head: string;
  readonly outcome: CheckOutcome;
  /** When people's words last changed (ISO 8601). */
  readonly wordsAt?: string;
  /** Id of the workflow run whose job is the check, in the Action. */
  readonly run?: number;
}
