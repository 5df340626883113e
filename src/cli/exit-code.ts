import type { ReviewVerdict } from "../core/review.ts";

/** What the program's exit status says. */
export const EXIT = {
  /** Nothing to say against it. */
  clean: 0,
  /** Findings at or above the threshold, or a verification that failed. */
  failed: 1,
  /** The command line or the configuration is wrong. */
  usage: 2,
  /** Something could not be read or verified, or a bug. */
  unverified: 3,
} as const;

export function exitCodeOf(verdict: ReviewVerdict): number {
  switch (verdict) {
    case "pass":
      return EXIT.clean;
    case "fail":
      return EXIT.failed;
    case "unverified":
      return EXIT.unverified;
  }
}
