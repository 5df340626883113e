import { classOf } from "../src/core/classify.ts";
import { isIrreversible } from "../src/core/irreversible.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";
import { scriptStart } from "../src/core/script-start.ts";

export default defineRule({
  id: "no-empty-down",
  summary: "Undo something in a down script",
  severity: "warning",
  confidence: "high",
  category: "reversibility",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["empty-or-noop-down"],
  condition:
    "A down script changes nothing, its up script does, and no comment `-- migrate-verify: irreversible REASON` says why.",
  effect:
    "The runner notes the migration as taken back, and everything that it did is still there: the next up then fails or does it twice.",
  instead:
    "Write what undoes the up script. Where nothing can, raise an exception in the down script, or say so in a comment `-- migrate-verify: irreversible REASON`.",
  references: ["https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md"],
  examples: [
    {
      title: "A down script that was left for later",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      good: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      down: { bad: "SELECT 'nothing to undo';", good: "DROP TABLE tags;" },
    },
  ],
  directions: ["down"],
  checks: {
    migration(context) {
      const up = context.otherHalf();
      if (typeof up === "string") return;
      if (classOf(up.filter((operation) => !isIdempotent(operation))) === "nothing") return;
      if (classOf(context.operations) !== "nothing" || context.unparsed.length > 0) return;
      if (context.operations.some(mayActUnseen)) return;
      if (isIrreversible(context.text) || isIrreversible(context.migration.up.text)) return;
      context.report(
        scriptStart(context),
        "Whoever takes this migration back is told that it worked, and nothing is undone: this down script changes nothing. Undo what the up script does, or say in a comment why not: `-- migrate-verify: irreversible REASON`.",
      );
    },
  },
});

/** A value cannot be taken from an enum again, and adding it a second time does no harm. Django's author names a noop in so many words. */
function isIdempotent(operation: Operation): boolean {
  if (operation.kind === "run-code") return true;
  return operation.kind === "add-enum-value" && operation.ifNotExists;
}

/** What is not read may do anything: a DO block, and a function that a SELECT calls. */
function mayActUnseen(operation: Operation): boolean {
  if (operation.kind === "select-rows") return operation.reads.functions.length > 0;
  return operation.kind === "do-block" || operation.kind === "run-code";
}
