import { irreversibleReason } from "../core/irreversible.ts";
import type { Script } from "../core/statement.ts";
import type { Verification } from "../core/verification.ts";
import type { ScriptPair, ScriptRun } from "./script-run.ts";

/** Why a migration counts as not verified that nobody could watch to its end. */
export const UNWATCHED =
  "not verified: the sessions beside it, which see what waits, were ended or could not be opened";

type Down = Verification["down"];

/** The down script to be run, or what is said of one that is not. */
export function downToRun(
  { up, down }: ScriptPair,
  setting: "expected" | "required" | "off",
): ScriptRun | Down {
  const declared =
    (typeof down === "string" ? undefined : irreversible(down.script)) ?? irreversible(up.script);
  if (declared !== undefined) return notRun(declared);
  if (down === "missing") return { verdict: "missing", difference: [] };
  if (down === "forward-only") return notRun("migrations of this framework go forward only");
  if (down === "repeatable") return notRun("a repeatable migration is run again and never undone");
  return setting === "off" ? notRun("downs are switched off (`verify.down: off`)") : down;
}

/** Only comments are looked at: a string may hold the same words. */
function irreversible(script: Script): string | undefined {
  for (const { span, trailing } of script.comments) {
    const comment = script.text.slice(span.start, span.end);
    const reason = trailing ? undefined : irreversibleReason(comment);
    if (reason !== undefined) return `the file says that it is irreversible: ${reason}`;
  }
  return undefined;
}

function notRun(reason: string): Down {
  return { verdict: "not-run", difference: [], reason };
}

/** A verification of which nothing was run. */
export function notVerified(reason: string): Verification {
  return {
    up: { outcome: "not-run", difference: [], reason },
    down: notRun(reason),
    upAgain: { outcome: "not-run", difference: [], reason },
    rows: [],
    statements: [],
  };
}
