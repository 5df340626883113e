import type { Edit, FixProposal } from "../fix.ts";
import type { Operation } from "../operation.ts";
import type { RuleContext } from "../rule-context.ts";

const CREATE = /^create\s+(?:unique\s+)?index\b/i;
const DROP = /^drop\s+index\b/i;

/**
 * CREATE INDEX and DROP INDEX with CONCURRENTLY, as its script's only statement. None inside a DO
 * block, and for what PostgreSQL refuses: several indexes and CASCADE
 * (https://www.postgresql.org/docs/current/sql-dropindex.html).
 */
export function proposeConcurrently(
  operation: Operation & { readonly kind: "create-index" | "drop-index" },
  context: RuleContext,
): FixProposal | undefined {
  if (operation.inside !== undefined) return undefined;
  const creates = operation.kind === "create-index";
  if (!creates && (operation.cascade || dropsSeveral(context))) return undefined;
  const statement = context.statement();
  const head = (creates ? CREATE : DROP).exec(context.textOf({ span: statement }))?.[0];
  if (head === undefined) return undefined;
  const at = statement.start + head.length;
  const edit: Edit = { span: { start: at, end: at }, text: " CONCURRENTLY" };
  return {
    title: `${creates ? "Build" : "Drop"} it with CONCURRENTLY`,
    edits: [edit],
    alone: true,
  };
}

function dropsSeveral(context: RuleContext): boolean {
  const { start, end } = context.statement();
  const here = context.operations.filter(({ span }) => span.start >= start && span.end <= end);
  return here.length > 1;
}
