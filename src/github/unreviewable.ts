import type { Review } from "../core/review.ts";
import type { Rule } from "../core/rule.ts";
import { DEFAULT_SETTINGS } from "../core/settings.ts";
import type { UserError } from "../core/user-error.ts";
import type { ChangeReview } from "./review-change.ts";

/**
 * What is told of a change that cannot be reviewed, because of something that the repository's owners
 * can mend: never green, and said where the review would be.
 */
export function unreviewable(
  error: UserError,
  rules: readonly Rule[],
  { mode, path = "migrate-verify.yml" }: { readonly mode: string; readonly path?: string },
): ChangeReview {
  const reason = [error.message, error.hint].filter((part) => part !== undefined).join(" ");
  const review: Review = {
    version: 1,
    verdict: "unverified",
    summary: {
      migrations: 0,
      errors: 0,
      warnings: 0,
      infos: 0,
      suppressed: 0,
      failedVerifications: 0,
      durationMs: 0,
    },
    scope: { lint: mode !== "verify", verify: mode !== "lint", since: "the base branch" },
    projects: [],
    unverified: [{ path, reason }],
    settings: { failOn: DEFAULT_SETTINGS.failOn, rules: [] },
  };
  return {
    review,
    settings: DEFAULT_SETTINGS,
    crashes: [],
    report: { review, rules, texts: () => undefined, checklist: [] },
  };
}
