import type { DatabaseError, Verification } from "../core/verification.ts";
import type { ScriptPair, ScriptRun } from "./script-run.ts";

/** Class 23: rows break a constraint (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
function isAboutRows(error: DatabaseError | undefined): error is DatabaseError {
  return error?.code?.startsWith("23") === true;
}

/** The step of a script that runs code, which is never run here. */
function codeOf(run: ScriptRun | undefined): string | undefined {
  return run?.script.statements.find(({ isStep }) => isStep === true)?.kind;
}

/**
 * A verification in which rows that break a constraint are no failure, where code of the migration
 * that would have changed them was not run. `gap` says so; absent when nothing was blamed wrongly.
 */
export function withoutBlame(
  verification: Verification,
  { up: script, down: other }: ScriptPair,
): { readonly verification: Verification; readonly gap?: string } {
  const { up, down, upAgain } = verification;
  const forwards = codeOf(script);
  const backwards = typeof other === "string" ? undefined : codeOf(other);
  const suspects = [
    ...(forwards === undefined ? [] : [up.error, upAgain.error]),
    ...(backwards === undefined ? [] : [down.error, upAgain.error]),
  ];
  const error = suspects.find(isAboutRows);
  if (error === undefined) return { verification };
  const gap = gapWords(forwards ?? backwards ?? "", error);
  const notRun = { outcome: "not-run", difference: [], reason: gap } as const;
  return {
    gap,
    verification: {
      ...verification,
      up: up.error === error ? notRun : up,
      down: down.error === error ? { verdict: "not-run", difference: [], reason: gap } : down,
      upAgain: upAgain.error === error ? notRun : upAgain,
    },
  };
}

/** Whether something was not verified because code was not run. */
export function isCodeGap(reason: string): boolean {
  return / was not run, and without it rows break a constraint: /.test(reason);
}

function gapWords(code: string, { line, message }: DatabaseError): string {
  const place = line === undefined ? "" : `line ${line}: `;
  return `not verified: ${code} was not run, and without it rows break a constraint: ${place}${message}`;
}
