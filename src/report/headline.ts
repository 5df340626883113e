import type { Review } from "../core/review.ts";
import { hasDrift } from "./drift-words.ts";
import { counted, durationWords } from "./verification-words.ts";

/** What a review comes to, in half a sentence. Holds no untrusted text. */
export function headline(review: Review): string {
  const { summary, unverified } = review;
  const parts = [
    counts(summary.errors, "error"),
    counts(summary.warnings, "warning"),
    counts(summary.infos, "note"),
    counts(summary.failedVerifications, "failed verification"),
  ].flat();
  const migrations = counted(summary.migrations, "migration");
  const found =
    parts.length > 0
      ? `${parts.join(", ")} in ${migrations}`
      : summary.migrations === 0
        ? "no migration changed"
        : `nothing found in ${migrations}`;
  const drifted = hasDrift(review) ? `${found}; the models say something else` : found;
  return unverified.length === 0 ? drifted : `${drifted}; ${unverified.length} not verified`;
}

function counts(count: number, noun: string): string[] {
  return count === 0 ? [] : [counted(count, noun)];
}

/** What the review was made with, in a few parts; the last ones may be untrusted. */
export function circumstances({ engine, scope, summary }: Review): string[] {
  return [
    durationWords(summary.durationMs),
    ...(scope.verify ? [] : ["lint only"]),
    ...(scope.lint ? [] : ["verification only"]),
    ...(engine === undefined ? [] : [`PostgreSQL ${engine.version} (${engine.name})`]),
    `measured against ${scope.since}`,
  ];
}
