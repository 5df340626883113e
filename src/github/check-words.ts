import type { Review } from "../core/review.ts";
import type { CheckOutcome } from "../report/comment-title.ts";
import { renderMarkdown } from "../report/markdown.ts";
import type { MarkdownOptions } from "../report/markdown-page.ts";
import type { ReportInput } from "../report/report-input.ts";
import { LONGEST_SUMMARY } from "./check-run.ts";

/** GitHub cuts longer titles in most places. */
const LONGEST_TITLE = 200;

/**
 * What could not be verified fails under a title of its own: `neutral` would let a required check
 * pass (https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks).
 */
export function titled(outcome: CheckOutcome, { verdict }: Review): CheckOutcome {
  const { conclusion, title } = outcome;
  const told = verdict === "unverified" ? `Could not verify: ${lower(title)}` : title;
  return { conclusion, title: told.slice(0, LONGEST_TITLE) };
}

function lower(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

/** The report that the check shows, with what could not be done about it in front. */
export function checkSummary(
  report: ReportInput,
  options: MarkdownOptions,
  notes: readonly string[],
): string {
  const head = notes.map((note) => `> ${note}\n\n`).join("");
  return head + renderMarkdown(report, { ...options, limit: LONGEST_SUMMARY - head.length });
}
