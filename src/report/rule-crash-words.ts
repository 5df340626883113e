import type { RuleCrash } from "../core/rule-crash.ts";
import { untrustedLine } from "./untrusted.ts";

/** That a rule threw, in one line: a bug of ours, or of the project's own module, with a plea. */
export function ruleCrashLine({ rule, module, path, line }: RuleCrash): string {
  const plea =
    module === undefined
      ? "Please report it, with what stands below."
      : `It comes from ${untrustedLine(module)}; what it threw stands below.`;
  return `The rule ${rule} stopped with an error of its own at ${untrustedLine(path)}:${line}; its findings there are missing. ${plea}`;
}

/** The stack of what was thrown. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
