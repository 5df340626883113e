import { displayName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { timeoutSeconds } from "../src/core/timeout.ts";

export default defineRule({
  id: "no-timeout-on-concurrent-build",
  summary: "Lift statement_timeout for an index that is built concurrently",
  severity: "warning",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["concurrent-index-under-statement-timeout"],
  condition:
    "CREATE INDEX or REINDEX with CONCURRENTLY after the migration set a statement_timeout of less than the option `shortest`.",
  effect:
    "A concurrent build reads the table twice and waits for every transaction that is older. Where the timeout ends it, the index stays behind as INVALID: no query uses it, every write keeps it up, and its name is taken.",
  instead: "Run SET statement_timeout = 0 before the build.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT",
  ],
  examples: [
    {
      title: "An index on a large table",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);",
      bad: `SET statement_timeout = '15s';
CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);`,
      good: `SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);`,
      autocommit: { bad: true, good: true },
    },
  ],
  directions: ["up", "down"],
  options: {
    shortest: {
      default: 600,
      description: "The shortest statement_timeout, in seconds, that leaves time for a build.",
    },
  },
  checks: {
    "create-index": (operation, context) => {
      if (operation.concurrently && !context.isEmptyTable(operation.table)) {
        report(operation, `on \`${displayName(operation.table)}\``, context);
      }
    },
    reindex: (operation, context) => {
      const { target } = operation;
      if (!operation.concurrently) return;
      report(operation, target === undefined ? "" : `of \`${displayName(target)}\``, context);
    },
  },
});

function report(operation: Operation, where: string, context: RuleContext): void {
  const written = context.setting("statement_timeout");
  const seconds = timeoutSeconds(written);
  if (seconds === undefined || seconds === 0) return;
  if (seconds >= Number(context.option("shortest"))) return;
  context.report(
    operation,
    `When the build ${where} takes longer than statement_timeout (\`${written ?? ""}\`), it leaves an INVALID index that every write keeps up. Run SET statement_timeout = 0 before it.`,
  );
}
