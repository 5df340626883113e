import type { Confidence } from "../src/core/finding.ts";
import { changesManyRows, exclusiveLockBefore, type RowChange } from "../src/core/bulk-change.ts";
import { displayName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { proposeBatches } from "../src/core/proposals/batches.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-unbatched-backfill",
  summary: "Change the rows of a large table in batches",
  severity: "warning",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["unbatched-backfill", "unbatched-delete", "update-without-where", "tautological-where"],
  condition:
    "UPDATE, DELETE or MERGE of a table that was there before the migrations under review, when the WHERE neither names rows by a key nor takes a batch with LIMIT. An error where the table's statistics tell that it is large, information where the WHERE compares a column that is no key with a literal. DELETE of every row is told by no-delete-without-filter, and what waits behind a schema change of the same transaction by no-backfill-with-schema-change.",
  effect:
    "Every row that it changes stays locked until the transaction ends, so that running code which writes one of them waits. VACUUM cannot clean up behind it, and replicas fall back.",
  instead:
    "Change some thousand rows at a time, each batch in a transaction of its own: in a script beside the migrations, or one batch for each run of WHERE id IN (SELECT id … LIMIT 1000).",
  references: [
    "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS",
    "https://www.postgresql.org/docs/current/routine-vacuuming.html",
  ],
  examples: [
    {
      title: "A backfill of a column",
      before: "CREATE TABLE users (id bigint PRIMARY KEY, email text, email_lower text);",
      bad: "UPDATE users SET email_lower = lower(email);",
      good: `UPDATE users SET email_lower = lower(email)
  WHERE id IN (SELECT id FROM users WHERE email_lower IS NULL LIMIT 1000);`,
    },
  ],
  options: {
    rows: {
      default: 10_000,
      description: "Tables that the statistics know to hold fewer rows are left alone.",
    },
  },
  checks: {
    "update-rows": check,
    "merge-rows": check,
    "delete-rows"(operation, context) {
      if (operation.filter === "some") check(operation, context);
    },
  },
});

const VERBS = { "update-rows": "updates", "delete-rows": "deletes", "merge-rows": "merges" };

function check(operation: RowChange, context: RuleContext): void {
  const { table } = operation;
  const confidence = changesManyRows(operation, context, Number(context.option("rows")));
  if (confidence === undefined || isToldWithItsLock(confidence, context)) return;

  const rows = context.rows(table);
  const verb = VERBS[operation.kind];
  const name = `\`${displayName(table)}\``;
  const every = confidence === "high" ? "every row" : "every row that it finds";
  const size = rows === undefined ? "" : ` (about ${rows.toLocaleString("en")} rows)`;
  const likely = confidence === "low" ? "info" : "warning";
  context.report(
    operation,
    `Running code that writes to ${name} waits: this statement ${verb} ${every}${size} in one transaction, and each stays locked until it ends. Change some thousand rows at a time, each batch in a transaction of its own.`,
    {
      table,
      confidence,
      severity: rows === undefined || likely === "info" ? likely : "error",
      fix: () => proposeBatches(operation, context),
    },
  );
}

/** Of what changes rows under the lock of a schema change, no-backfill-with-schema-change says more. */
function isToldWithItsLock(confidence: Confidence, context: RuleContext): boolean {
  if (confidence === "low" || !context.isOn("no-backfill-with-schema-change")) return false;
  return exclusiveLockBefore(context) !== undefined;
}
