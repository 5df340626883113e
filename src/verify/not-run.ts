import type { Script } from "../core/statement.ts";
import type { Verification } from "../core/verification.ts";
import type { ScriptPair, ScriptRun } from "./script-run.ts";

type Down = Verification["down"];

const IRREVERSIBLE = /^migrate-verify:\s*irreversible[\s:,-]+(\w[^]*)$/;

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

/** The reason of a comment `migrate-verify: irreversible REASON`; without a reason it is no declaration. */
function irreversible(script: Script): string | undefined {
  for (const { text } of script.comments) {
    const reason = IRREVERSIBLE.exec(text)?.[1]?.trim();
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
