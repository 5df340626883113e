import type { DatabaseError, Verification } from "../core/verification.ts";

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: insufficient_privilege */
const INSUFFICIENT_PRIVILEGE = "42501";

/** Whether an error is one that a role with more rights would not have met. */
function isRefusal(error: DatabaseError | undefined): error is DatabaseError {
  return error?.code === INSUFFICIENT_PRIVILEGE;
}

/**
 * A verification in which what only the role of this engine may not do is no failure: production's
 * role may be allowed to. `refused` says what was not verified for it; absent when nothing was.
 */
export function withoutRefusals(verification: Verification): {
  readonly verification: Verification;
  readonly refused?: string;
} {
  const { up, down, upAgain } = verification;
  const error = [up.error, down.error, upAgain.error].find(isRefusal);
  if (error === undefined) return { verification };
  const line = error.line === undefined ? "" : `line ${error.line}: `;
  const refused = `not verified: it needs more rights than the role of the throwaway database has: ${line}${error.message}`;
  const notRun = { outcome: "not-run", difference: [], reason: refused } as const;
  return {
    refused,
    verification: {
      ...verification,
      up: isRefusal(up.error) ? notRun : up,
      down: isRefusal(down.error) ? { verdict: "not-run", difference: [], reason: refused } : down,
      upAgain: isRefusal(upAgain.error) ? notRun : upAgain,
    },
  };
}
