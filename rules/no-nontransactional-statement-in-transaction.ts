import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { aloneInMigration, runnerName } from "../src/core/transaction-opt-out.ts";

export default defineRule({
  id: "no-nontransactional-statement-in-transaction",
  summary: "Keep VACUUM, CREATE DATABASE and ALTER SYSTEM out of transactions",
  severity: "error",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["non-transactional-statement-in-transaction"],
  condition:
    "VACUUM, CREATE or DROP DATABASE, CREATE or DROP TABLESPACE, ALTER SYSTEM, REINDEX of a schema or a database, or CLUSTER without a table, in a transaction: the runner's, one that BEGIN opens, the implicit one of several statements sent as one query, or that of a DO block.",
  effect:
    "The statement fails with SQLSTATE 25001, and the migration with it: it works in transactions of its own, or changes what no transaction can take back.",
  instead:
    "Move the statement to a migration of its own that runs outside of a transaction, or run it by hand.",
  references: [
    "https://www.postgresql.org/docs/current/sql-vacuum.html",
    "https://www.postgresql.org/docs/current/sql-createdatabase.html",
    "https://www.postgresql.org/docs/current/sql-altersystem.html",
  ],
  examples: [
    {
      title: "VACUUM in a transaction",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: "VACUUM orders;",
      good: "VACUUM orders;",
      autocommit: { good: true },
      fails: "25001",
    },
  ],
  directions: ["up", "down"],
  kinds: ["vacuum", "cluster-table", "reindex", "create-object", "drop-object", "alter-object"],
  checks: {
    operation(operation, context) {
      const statement = nameOf(operation);
      if (statement === undefined) return;
      const reason = refusal(operation, context);
      if (reason === undefined) return;
      context.report(
        operation,
        `${statement} fails with SQLSTATE 25001 in a transaction, and ${reason}. Run it ${aloneInMigration(context.framework)}.`,
      );
    },
  },
});

/** The statement's name, of one that PostgreSQL refuses in every transaction. DROP DATABASE has a rule of its own. */
function nameOf(operation: Operation): string | undefined {
  switch (operation.kind) {
    case "vacuum":
      return "VACUUM";
    case "cluster-table":
      return operation.table === undefined ? "CLUSTER of every table" : undefined;
    case "reindex": {
      const many = ["schema", "database", "system"].includes(operation.scope);
      return many && !operation.concurrently
        ? `REINDEX ${operation.scope.toUpperCase()}`
        : undefined;
    }
    case "create-object":
    case "drop-object": {
      const verb = operation.kind === "create-object" ? "CREATE" : "DROP";
      if (operation.object === "tablespace") return `${verb} TABLESPACE`;
      return operation.object === "database" && verb === "CREATE" ? "CREATE DATABASE" : undefined;
    }
    case "alter-object":
      return operation.object === "system" ? "ALTER SYSTEM" : undefined;
    default:
      return undefined;
  }
}

function refusal(operation: Operation, context: RuleContext): string | undefined {
  if (operation.inside !== undefined) return "a DO block or a function is always part of one";
  const runner = runnerName(context.framework);
  switch (context.transactionKind()) {
    case "runner":
      return `${runner} opens one around this migration`;
    case "explicit":
      return "BEGIN opens one above it";
    case "implicit":
      return `${runner} sends these statements as one query, which PostgreSQL runs as one`;
    case undefined:
      return undefined;
  }
}
