import type { DatabaseError, Verification } from "../core/verification.ts";

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: insufficient_privilege */
export const INSUFFICIENT_PRIVILEGE = "42501";

/** Errors that speak of what a statement says and names, whichever triggers there are. */
const ABOUT_STATEMENT = /^42/;

/** Whether an error is one that a role with more rights would not have met, or may not have. */
function isRefusal(error: DatabaseError | undefined, isWhole: boolean): error is DatabaseError {
  if (error?.code === INSUFFICIENT_PRIVILEGE) return true;
  return !isWhole && error !== undefined && !ABOUT_STATEMENT.test(error.code ?? "");
}

/**
 * A verification in which what only the role of this engine may not do is no failure: production's
 * role may be allowed to. `isWhole`: none of its statements was left out for that. `refused` says what was not verified for it; absent when nothing was.
 */
export function withoutRefusals(
  verification: Verification,
  isWhole = true,
): {
  readonly verification: Verification;
  readonly refused?: string;
} {
  const { up, down, upAgain } = verification;
  const error = [up.error, down.error, upAgain.error].find((one) => isRefusal(one, isWhole));
  if (error === undefined) return { verification };
  const line = error.line === undefined ? "" : `line ${error.line}: `;
  const refused = `not verified: it needs more rights than the role of the throwaway database has: ${line}${error.message}`;
  const notRun = { outcome: "not-run", difference: [], reason: refused } as const;
  return {
    refused,
    verification: {
      ...verification,
      up: isRefusal(up.error, isWhole) ? notRun : up,
      down: isRefusal(down.error, isWhole)
        ? { verdict: "not-run", difference: [], reason: refused }
        : down,
      upAgain: isRefusal(upAgain.error, isWhole) ? notRun : upAgain,
    },
  };
}
