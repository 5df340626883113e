import type { FixProposal, NextMigration } from "../fix.ts";
import type { Operation } from "../operation.ts";
import type { RuleContext } from "../rule-context.ts";
import { sqlName } from "../sql-name.ts";
import { fileWords } from "./not-valid.ts";
import { isOneOfSeveral, laterOperations, takenOut } from "./taken-out.ts";

const CREATE = /^create\s+(?:unique\s+)?index\b/i;
const DROP = /^drop\s+index\b/i;

type IndexOperation = Operation & { readonly kind: "create-index" | "drop-index" };

/**
 * CREATE INDEX and DROP INDEX with CONCURRENTLY, as its script's only statement; where it stands
 * among others, in a migration of its own that comes after. None inside a DO block, and for what
 * PostgreSQL refuses: several indexes and CASCADE
 * (https://www.postgresql.org/docs/current/sql-dropindex.html).
 */
export function proposeConcurrently(
  operation: IndexOperation,
  context: RuleContext,
): FixProposal | undefined {
  if (operation.inside !== undefined) return undefined;
  const creates = operation.kind === "create-index";
  if (!creates && (operation.cascade || isOneOfSeveral(context))) return undefined;
  const statement = context.statement();
  const text = context.textOf({ span: statement });
  const head = (creates ? CREATE : DROP).exec(text)?.[0];
  if (head === undefined) return undefined;
  const title = `${creates ? "Build" : "Drop"} it with CONCURRENTLY`;
  if (context.operations.length > 1) {
    const concurrent = `${head} CONCURRENTLY${text.slice(head.length)};\n`;
    return proposeMoved(operation, concurrent, { title, context });
  }
  const at = statement.start + head.length;
  return {
    title,
    edits: [{ span: { start: at, end: at }, text: " CONCURRENTLY" }],
    alone: true,
  };
}

/** The statement out of its script and into a migration that runs it alone, where nothing in between needs it. */
function proposeMoved(
  operation: IndexOperation,
  up: string,
  { title, context }: { readonly title: string; readonly context: RuleContext },
): FixProposal | undefined {
  const edit = takenOut(context);
  if (edit === undefined || isNeededBefore(operation, context)) return undefined;
  return {
    title: `${title}, in a migration of its own`,
    edits: [edit],
    changesDown: true,
    next: [moved(operation, up)],
  };
}

function moved(operation: IndexOperation, up: string): NextMigration {
  const name = operation.kind === "create-index" ? operation.name : operation.index.name;
  const verb = operation.kind === "create-index" ? "create" : "drop";
  return {
    name: fileWords(`${verb}_${name ?? "index"}`),
    up,
    down:
      operation.kind === "create-index" && name !== undefined
        ? { sql: `DROP INDEX CONCURRENTLY ${sqlName({ ...operation.table, name })};\n` }
        : { irreversible: "whoever takes it back builds the index anew" },
    alone: true,
  };
}

/** Whether something that runs before the new migration may rest on what the statement does. */
function isNeededBefore(operation: IndexOperation, context: RuleContext): boolean {
  const later = [...laterOperations(context), ...context.laterMigrations()];
  const indexesOnly = later.every(({ kind }) =>
    ["create-index", "drop-index", "set-setting"].includes(kind),
  );
  if (operation.kind === "drop-index") {
    return !indexesOnly || isNamedElsewhere(operation.index.name, context);
  }
  const { name, unique } = operation;
  // Foreign keys and ON CONFLICT rest on unique indexes, by their columns and not by name.
  if (unique && !indexesOnly) return true;
  return (
    context.laterMigrations().length > 0 || (name !== undefined && isNamedElsewhere(name, context))
  );
}

/** Whether the rest of the script names it: it is made anew there, or commented on. */
function isNamedElsewhere(name: string, context: RuleContext): boolean {
  const { start, end } = context.statement();
  const rest = [
    { start: 0, end: start },
    { start: end, end: Number.MAX_SAFE_INTEGER },
  ];
  return rest.some((span) => context.textOf({ span }).toLowerCase().includes(name.toLowerCase()));
}
