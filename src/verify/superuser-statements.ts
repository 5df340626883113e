import { displayName } from "../core/name.ts";
import type { Operation } from "../core/operation.ts";
import { placeIn, type Script, type Statement } from "../core/statement.ts";
import type { Unverified } from "../core/review.ts";
import type { DatabaseError } from "../core/verification.ts";
import { INSUFFICIENT_PRIVILEGE } from "./privilege.ts";
import { NOTHING } from "./queries.ts";
import type { ScriptRun } from "./script-run.ts";

/** What a script was refused for, and the first statement of it. */
export interface Refusal {
  readonly line: number;
  readonly message: string;
}

/** By the path of the script. */
export type Refusals = Map<string, Refusal>;

/**
 * The statements of a script that only a superuser may run and that leave no object behind, by their
 * index, with what is sent instead: what follows can be verified without them.
 */
export function withoutSuperuser({ statements, text }: Script): Map<number, string> {
  const found = new Map<number, string>();
  for (const [index, { operations, span }] of statements.entries()) {
    if (operations.length === 0) continue;
    if (operations.every(isStateOfAllTriggers)) {
      // The owner of a table may do the same to all triggers but those of foreign keys.
      const own = text.slice(span.start, span.end).replaceAll(/(\bTRIGGER\s+)ALL\b/gi, "$1USER");
      // No event of a deferred foreign key waits then: the table could not be altered.
      found.set(index, `SET CONSTRAINTS ALL IMMEDIATE; ${own}`);
    } else if (operations.every(isForSuperuser)) found.set(index, NOTHING);
  }
  return found;
}

function isStateOfAllTriggers(operation: Operation): boolean {
  return operation.kind === "alter-trigger-state" && operation.scope === "all";
}

const CHANGING = new Set<Operation["kind"]>([
  "delete-rows",
  "insert-rows",
  "merge-rows",
  "update-rows",
]);

/** It writes to a system catalog, or switches triggers off for the session. */
function isForSuperuser(operation: Operation): boolean {
  if (operation.kind === "set-setting") return operation.setting === "session_replication_role";
  if (!CHANGING.has(operation.kind) || !("table" in operation)) return false;
  const { table } = operation;
  return table !== undefined && /^(?:pg_catalog\.)?pg_/.test(displayName(table));
}

/** Why a script was refused one of these statements; undefined for any other failure. */
export function refusalOf(
  { script }: ScriptRun,
  failed: readonly number[],
  error: DatabaseError,
): Refusal | undefined {
  if (error.code !== INSUFFICIENT_PRIVILEGE) return undefined;
  const leftOut = withoutSuperuser(script);
  const statement = failed.find((index) => leftOut.has(index));
  const isAll = failed.every((index) => leftOut.has(index));
  if (statement === undefined || !isAll) return undefined;
  return { line: lineOf(script, script.statements[statement]), message: error.message };
}

function lineOf(script: Script, statement: Statement | undefined): number {
  return placeIn(script, statement?.span ?? { start: 0, end: 0 }).line;
}

/** What was left out, for a person. */
export function refusedStatements(refusals: Refusals): Unverified[] {
  return [...refusals].map(([path, { line, message }]) => ({
    path,
    reason: `not verified: line ${line} and its like were left out, because they need a superuser: ${message}; \`verify.engine: pglite\` has one`,
  }));
}
