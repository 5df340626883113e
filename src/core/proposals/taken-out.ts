import type { Edit } from "../fix.ts";
import type { Operation } from "../operation.ts";
import type { RuleContext } from "../rule-context.ts";

/** The comment that Prisma's generator writes above a statement. */
const GENERATED_COMMENT = /--[ ](?:CreateIndex|DropIndex|AlterTable)\r?\n$/;
/** The rest of a statement's line, with its semicolon. */
const REST_OF_LINE = /^[ \t]*;[ \t]*(?:\r\n|\n|$)/;

/** The edit that takes the operation's whole statement out of the script; undefined where more stands on its lines. */
export function takenOut(context: RuleContext): Edit | undefined {
  const { start, end } = context.statement();
  const rest = REST_OF_LINE.exec(context.textOf({ span: { start: end, end: end + 100 } }))?.[0];
  const before = context.textOf({ span: { start: 0, end: start } });
  if (rest === undefined || !/(?:^|\n)$/.test(before)) return undefined;
  const comment = GENERATED_COMMENT.exec(before)?.[0] ?? "";
  return { span: { start: start - comment.length, end: end + rest.length }, text: "" };
}

/** The operations of the script behind the one that is looked at, those of its own statement left out. */
export function laterOperations(context: RuleContext): readonly Operation[] {
  const { end } = context.statement();
  return context.operations.filter(({ span }) => span.start >= end);
}

/** Whether other operations stand in the same statement. */
export function isOneOfSeveral(context: RuleContext): boolean {
  const { start, end } = context.statement();
  return context.operations.filter(({ span }) => span.start >= start && span.end <= end).length > 1;
}

/** Whether nothing else than settings stands in the script beside the operation's statement. */
export function isAlone(context: RuleContext): boolean {
  const { start, end } = context.statement();
  return context.operations.every(
    ({ kind, span }) => kind === "set-setting" || (span.start >= start && span.end <= end),
  );
}
