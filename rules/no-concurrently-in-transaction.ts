import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { aloneInMigration, runnerName } from "../src/core/transaction-opt-out.ts";

export default defineRule({
  id: "no-concurrently-in-transaction",
  summary: "Keep CONCURRENTLY out of transactions",
  severity: "error",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "concurrently-in-transaction",
    "concurrently-in-multi-statement-batch",
    "prisma-concurrent-index-mixed",
    "drizzle-concurrently-inside-wrapper",
    "django-concurrent-index-needs-atomic-false",
  ],
  condition:
    "CREATE INDEX, DROP INDEX, REINDEX or DETACH PARTITION with CONCURRENTLY in a transaction: the runner's, one that BEGIN opens, the implicit one of several statements sent as one query, or that of a DO block. Also CREATE INDEX and REINDEX with it beside a transaction that the runner keeps open in another session, as Flyway does.",
  effect:
    "The statement fails with SQLSTATE 25001, and the migration with it: CONCURRENTLY works in several transactions of its own. Beside an open transaction it waits for that one's end, which never comes.",
  instead:
    "Move the statement to a migration of its own that runs outside of a transaction, as the migration runner has it: `-- +goose NO TRANSACTION`, `-- migrate:up transaction:false`, `-- no-transaction`, or a file with a single statement.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT",
  ],
  examples: [
    {
      title: "A concurrent index in a transaction",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL);",
      bad: "CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);",
      good: "CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);",
      autocommit: { good: true },
      fails: "25001",
    },
  ],
  directions: ["up", "down"],
  squawk: ["ban-concurrent-index-creation-in-transaction"],
  checks: {
    "create-index"(operation, context) {
      if (operation.concurrently) check(operation, "CREATE INDEX CONCURRENTLY", context);
    },
    "drop-index"(operation, context) {
      if (operation.concurrently) check(operation, "DROP INDEX CONCURRENTLY", context);
    },
    reindex(operation, context) {
      if (operation.concurrently) check(operation, "REINDEX CONCURRENTLY", context);
    },
    "detach-partition"(operation, context) {
      if (operation.concurrently) check(operation, "DETACH PARTITION CONCURRENTLY", context);
    },
  },
});

function check(operation: Operation, statement: string, context: RuleContext): void {
  const run = `Run it ${aloneInMigration(context.framework)}.`;
  if (context.framework === "sql" && context.transactionKind() === "implicit") {
    // Which runner a plain folder has is not known: psql sends each statement by itself.
    context.report(
      operation,
      `${statement} fails with SQLSTATE 25001 where the runner sends this file as one query, which PostgreSQL runs as one transaction. ${run}`,
      { severity: "warning", confidence: "medium" },
    );
    return;
  }
  const reason = refusal(operation, context);
  if (reason === undefined) {
    if (waitsForRunner(operation, context)) tellWait(operation, statement, context);
    return;
  }
  context.report(operation, `${statement} ${reason}: it fails with SQLSTATE 25001. ${run}`);
}

/** Both build an index, and wait before its end for every older transaction that may still look at the table. */
function waitsForRunner({ kind }: Operation, { migration, direction }: RuleContext): boolean {
  const script = migration[direction];
  const isBeside = typeof script !== "string" && script.execution.besideTransaction === true;
  return isBeside && (kind === "create-index" || kind === "reindex");
}

/** A warning: what configures Flyway may be Java or YAML, which are not read. */
function tellWait(operation: Operation, statement: string, context: RuleContext): void {
  context.report(
    operation,
    `${statement} never ends here: it waits for older transactions, and Flyway keeps one open in another session, which locks its history table. Set \`flyway.postgresql.transactional.lock=false\`; where it is set out of sight, ignore this.`,
    { severity: "warning", confidence: "medium" },
  );
}

function refusal(operation: Operation, context: RuleContext): string | undefined {
  if (operation.inside !== undefined) {
    return "cannot run in a DO block or a function, which are always part of a transaction";
  }
  const runner = runnerName(context.framework);
  switch (context.transactionKind()) {
    case "runner":
      return `cannot run in a transaction, and ${runner} opens one around this migration`;
    case "explicit":
      return "cannot run in the transaction that BEGIN opens above it";
    case "implicit":
      return `cannot run beside other statements here: ${runner} sends them as one query, which PostgreSQL runs as one transaction`;
    case undefined:
      return undefined;
  }
}
