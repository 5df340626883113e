import { blocks } from "../src/core/lock.ts";
import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { timeoutSeconds } from "../src/core/timeout.ts";

export default defineRule({
  id: "require-statement-timeout",
  summary: "Set statement_timeout before taking a lock that makes others wait",
  severity: "info",
  confidence: "medium",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["require-statement-timeout", "statement-timeout-too-long"],
  condition:
    "A statement that reads or rewrites a table in use under a lock that blocks reads or writes, and no earlier statement of the migration sets a statement_timeout of at most the option `longest`. Said once for each migration.",
  effect:
    "The lock_timeout ends the wait for a lock, not the work under it: a scan or a rewrite that takes an hour blocks the table for that hour.",
  instead:
    "Set statement_timeout too, and lift it for concurrent index builds and VALIDATE, which block nobody.",
  references: [
    "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT",
  ],
  examples: [
    {
      title: "A CHECK of a small table",
      before: "CREATE TABLE regions (id bigint PRIMARY KEY, code text);",
      bad: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore require-not-valid-check the table has 40 rows
ALTER TABLE regions ADD CHECK (code <> '');`,
      good: `SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10s';
-- migrate-verify-ignore require-not-valid-check the table has 40 rows
ALTER TABLE regions ADD CHECK (code <> '');`,
    },
  ],
  optIn: true,
  once: true,
  options: {
    longest: {
      default: 300,
      description: "The longest statement_timeout, in seconds, that still counts as one.",
    },
  },
  squawk: ["require-statement-timeout"],
  checks: {
    operation(operation, context) {
      const claim = context
        .locks(operation)
        .find(
          ({ mode, table, scans, rewrites }) =>
            (scans || rewrites) && blocks(mode).endsWith("writes") && !context.isNewTable(table),
        );
      if (claim === undefined) return;
      const seconds = timeoutSeconds(context.setting("statement_timeout")) ?? 0;
      if (seconds > 0 && seconds <= Number(context.option("longest"))) return;
      context.report(
        operation,
        `This reads \`${displayName(claim.table)}\` under its lock for as long as it takes, and every later ${blocks(claim.mode) === "writes" ? "write" : "query"} waits. Set statement_timeout before it.`,
        { table: claim.table },
      );
    },
  },
});
