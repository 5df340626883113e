import type { RuleCrash } from "../core/rule-crash.ts";
import type { Review } from "../core/review.ts";
import { UserError } from "../core/user-error.ts";
import { contradictionsOf } from "../report/contradiction.ts";
import { ruleCrashLine, stackOf } from "../report/rule-crash-words.ts";
import { untrustedLine } from "../report/untrusted.ts";
import { EXIT } from "./exit-code.ts";
import type { ProgressStream } from "./progress.ts";

/**
 * Tells a person why the program stopped, and gives the exit status. What they can mend is one line
 * and a hint; anything else is a bug, told with its stack.
 */
export function tellError(error: unknown, stderr: ProgressStream): number {
  if (error instanceof UserError) {
    stderr.write(`migrate-verify: ${untrustedLine(error.message)}\n`);
    if (error.hint !== undefined) stderr.write(`  ${untrustedLine(error.hint)}\n`);
    return error.exitCode;
  }
  stderr.write(
    `migrate-verify stopped with an error of its own. Please report it, with what stands below.\n\n${stackOf(error)}\n`,
  );
  return EXIT.unverified;
}

/**
 * Tells that the report could not be written, and gives the exit status. Whoever reads it may stop
 * reading (`| head`): that is no error, and the status stays what the review came to.
 */
export function tellUnwritable(error: Error, stderr: ProgressStream): number | undefined {
  const code = "code" in error ? String(error.code) : error.message;
  if (code === "EPIPE") return undefined;
  stderr.write(`migrate-verify: The report could not be written (${code}).\n`);
  return EXIT.unverified;
}

/** Tells of a rule that threw, which cost the findings of one rule at one place. */
export function tellCrash(crash: RuleCrash, stderr: ProgressStream): void {
  stderr.write(`\n${ruleCrashLine(crash)}\n\n${stackOf(crash.error)}\n`);
}

/** Tells of findings that the database contradicted: what we foretold is ours to mend. */
export function tellContradictions(review: Review, stderr: ProgressStream): void {
  for (const { text } of contradictionsOf(review)) stderr.write(`\n${text}\n`);
}
