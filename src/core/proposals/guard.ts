import type { FixProposal } from "../fix.ts";
import type { Operation } from "../operation.ts";
import type { RuleContext } from "../rule-context.ts";

const CREATES =
  /^(?:create\s+(?:(?:unlogged|temp|temporary)\s+)?(?:table|sequence|schema|extension|materialized\s+view|(?:unique\s+)?index(?=\s+(?!on\b)))|add(?:\s+column)?)\b/i;
const DROPS = /^drop(?:\s+(?:materialized\s+view|foreign\s+table|event\s+trigger|\w+(?=\s+\S)))?/i;

/** IF NOT EXISTS or IF EXISTS, where the statement's own words tell its place. */
export function proposeGuard(
  operation: Operation,
  guard: "IF NOT EXISTS" | "IF EXISTS",
  context: RuleContext,
): FixProposal | undefined {
  if (operation.inside !== undefined) return undefined;
  const pattern = guard === "IF EXISTS" ? DROPS : CREATES;
  const head = pattern.exec(context.textOf(operation))?.[0];
  if (head === undefined) return undefined;
  const at = operation.span.start + head.length;
  return { title: `Add ${guard}`, edits: [{ span: { start: at, end: at }, text: ` ${guard}` }] };
}
