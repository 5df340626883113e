import type { RuleContext } from "./rule-context.ts";
import type { Span } from "./span.ts";

/** Where a finding about a whole script is shown: at its first statement, so that a comment above it can answer; at its beginning when it holds none. */
export function scriptStart(
  context: Pick<RuleContext, "operations" | "migration" | "direction">,
): Span {
  const first = context.operations[0]?.span;
  if (first !== undefined) return first;
  const script = context.migration[context.direction];
  const start = typeof script === "string" ? 0 : script.span.start;
  return { start, end: start };
}
