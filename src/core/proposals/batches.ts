import type { RowChange } from "../bulk-change.ts";
import type { FixProposal } from "../fix.ts";
import type { RuleContext } from "../rule-context.ts";
import { sqlIdentifier, sqlName } from "../sql-name.ts";
import { fileWords } from "./not-valid.ts";
import { laterOperations, takenOut } from "./taken-out.ts";

/** Rows of a batch: few enough that nobody waits long for one of them. */
const BATCH = 1000;
const [FROM, TO] = ["batch_from", "batch_to"];

/**
 * UPDATE and DELETE in batches along the primary key, each in a transaction of its own: a DO block
 * that commits, which has to run outside of a transaction
 * (https://www.postgresql.org/docs/current/plpgsql-transactions.html). Where the statement is its
 * script's last, in a migration that follows. None where the statement reads other tables, or more
 * than its own row, or what its WHERE is cannot be told from its text.
 */
export function proposeBatches(change: RowChange, context: RuleContext): FixProposal | undefined {
  if (change.kind === "merge-rows" || change.inside !== undefined) return undefined;
  const key = keyOf(change, context);
  const loop = key === undefined ? undefined : batched(change, key, context);
  if (loop === undefined || laterOperations(context).length > 0) return undefined;
  const title = `Change ${BATCH} rows at a time, each batch in a transaction of its own`;
  if (context.operations.length === 1) {
    return { title, edits: [{ span: context.statement(), text: loop }], alone: true };
  }
  const edit = takenOut(context);
  if (edit === undefined) return undefined;
  const verb = change.kind === "update-rows" ? "update" : "delete_from";
  return {
    title: `${title}, in a migration that follows`,
    edits: [edit],
    next: [
      {
        name: fileWords(`${verb}_${change.table.name}`),
        up: `${loop};\n`,
        down: { irreversible: "the rows have other values than before" },
        alone: true,
      },
    ],
  };
}

/** The only column of the primary key, where the statement leaves it alone and reads nothing but its own rows. */
function keyOf(change: Exclude<RowChange, { kind: "merge-rows" }>, context: RuleContext) {
  const table = context.table(change.table);
  const columns = table?.constraints.find(
    ({ definition }) => definition.kind === "primary-key",
  )?.columns;
  const [key] = columns ?? [];
  if (table === undefined || key === undefined || columns?.length !== 1) return undefined;
  if (table.columns.some(({ name }) => name === FROM || name === TO)) return undefined;
  if (change.reads.tables.length > 0) return undefined;
  return change.kind === "update-rows" && change.columns.includes(key) ? undefined : key;
}

function batched(change: RowChange, column: string, context: RuleContext): string | undefined {
  const parts = partsOf(context.textOf({ span: context.statement() }));
  if (parts === undefined) return undefined;
  const [table, key] = [sqlName(change.table), sqlIdentifier(column)];
  const and = parts.where === "" ? "" : `\n        AND (${parts.where})`;
  return `DO $batches$
DECLARE
  ${FROM} ${table}.${key}%TYPE;
  ${TO} ${table}.${key}%TYPE;
BEGIN
  SELECT ${key} INTO ${FROM} FROM ${table} ORDER BY ${key} LIMIT 1;
  WHILE ${FROM} IS NOT NULL LOOP
    SELECT ${key} INTO ${TO} FROM (
      SELECT ${key} FROM ${table} WHERE ${key} >= ${FROM} ORDER BY ${key} LIMIT ${BATCH}
    ) AS batch ORDER BY ${key} DESC LIMIT 1;
    ${parts.head}
      WHERE ${key} BETWEEN ${FROM} AND ${TO}${and};
    COMMIT;
    SELECT ${key} INTO ${FROM} FROM ${table} WHERE ${key} > ${TO} ORDER BY ${key} LIMIT 1;
  END LOOP;
END
$batches$`;
}

const HEAD =
  /^(?:update\s+(?:only\s+)?[\w."]+\s+set|delete\s+from\s+(?:only\s+)?[\w."]+(?:\s+where|\s*$))\b/i;
/** What cannot be told apart by looking at words: comments, dollar quotes, escapes, and clauses behind the WHERE. */
const UNTOLD = /--|\/\*|\$|\\|\breturning\b|\bcurrent\s+of\b/i;

/** The statement up to its WHERE, and the condition; undefined where it has another shape. */
function partsOf(text: string): { readonly head: string; readonly where: string } | undefined {
  // Words in strings and quoted names mean nothing.
  const words = text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (quoted) =>
    "x".repeat(quoted.length),
  );
  if (UNTOLD.test(words) || !HEAD.test(words)) return undefined;
  let depth = 0;
  for (const { 0: token, index } of words.matchAll(/[()]|\bwhere\b|\bfrom\b|\busing\b/gi)) {
    if (token === "(") depth += 1;
    else if (token === ")") depth -= 1;
    else if (depth === 0 && /where/i.test(token)) {
      return { head: text.slice(0, index).trimEnd(), where: text.slice(index + 5).trim() };
    } else if (depth === 0 && index > "delete from".length) return undefined;
  }
  return { head: text, where: "" };
}
