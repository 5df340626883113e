import type { FixProposal } from "../fix.ts";
import type { RuleContext } from "../rule-context.ts";

/** `SET LOCAL lock_timeout`, or `SET` outside of a transaction, on a line before the statement. */
export function proposeLockTimeout(context: RuleContext): FixProposal {
  const { start } = context.statement();
  const set = context.inTransaction() ? "SET LOCAL" : "SET";
  return {
    title: "Give up after five seconds of waiting",
    edits: [{ span: { start, end: start }, text: `${set} lock_timeout = '5s';\n` }],
  };
}
