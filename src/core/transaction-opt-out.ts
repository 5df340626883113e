import type { Framework } from "./migration.ts";
import type { Operation } from "./operation.ts";
import type { RuleContext } from "./rule-context.ts";

interface Runner {
  /** The runner as a sentence names it. */
  readonly name: string;
  /** How a statement is run by itself, outside of every transaction; continues "Build it …". */
  readonly alone: string;
}

/*
 * A runner without a transaction may still send a file as one query string, which PostgreSQL runs
 * as one implicit transaction: there the statement has to be the only one of its file
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT).
 */
const RUNNERS: Readonly<Record<Framework, Runner>> = {
  prisma: { name: "Prisma", alone: "as the only statement of a migration of its own" },
  django: {
    name: "Django",
    alone: "as the only operation of a migration that has `atomic = False`",
  },
  "golang-migrate": { name: "golang-migrate", alone: "as the only statement of a file of its own" },
  dbmate: {
    name: "dbmate",
    alone:
      "as the only statement of a migration that begins with `-- migrate:up transaction:false`",
  },
  goose: {
    name: "goose",
    alone: "in a migration of its own that begins with `-- +goose NO TRANSACTION`",
  },
  diesel: {
    name: "Diesel",
    alone:
      "as the only statement of a migration that has `run_in_transaction = false` in its `metadata.toml`",
  },
  sqlx: {
    name: "SQLx",
    alone: "as the only statement of a migration that begins with `-- no-transaction`",
  },
  // By default it locks its history table in a transaction of another session, for which CONCURRENTLY
  // waits for ever: seen with Flyway 11.8 on PostgreSQL 18.
  flyway: {
    name: "Flyway",
    alone:
      "in a migration of its own that has `executeInTransaction=false` in its `.sql.conf` file, with `flyway.postgresql.transactional.lock=false`, without which Flyway waits for itself",
  },
  "node-pg-migrate": {
    name: "node-pg-migrate",
    alone: "in a JavaScript migration of its own that calls `pgm.noTransaction()`",
  },
  supabase: { name: "Supabase", alone: "as the only statement of a migration of its own" },
  // Its migrator opens one transaction around all that is new.
  drizzle: {
    name: "Drizzle",
    alone:
      "by hand before this is deployed, with IF NOT EXISTS here: Drizzle runs all new migrations in one transaction",
  },
  sql: {
    name: "the runner",
    alone: "as the only statement of a migration of its own, outside of any transaction",
  },
};

/** The name of a framework's runner, for a sentence. */
export function runnerName(framework: Framework): string {
  return RUNNERS[framework].name;
}

/**
 * What has to be done so that the framework's runner runs a statement outside of every
 * transaction, as the end of a sentence that begins with a verb: "Build it with CONCURRENTLY …".
 */
export function aloneInMigration(framework: Framework): string {
  return RUNNERS[framework].alone;
}

/**
 * "with CONCURRENTLY", and where to move the operation when the place that it stands in does not
 * allow that. Ends a sentence that begins with a verb.
 */
export function withConcurrently(operation: Operation, context: RuleContext): string {
  const how = concurrentlyIn(operation, context);
  if (operation.inside === undefined && !context.inTransaction()) return `with ${how}`;
  return `with ${how}, ${aloneInMigration(context.framework)}`;
}

/** Django has operations of its own for it (https://docs.djangoproject.com/en/5.2/ref/contrib/postgres/operations/#concurrent-index-operations). */
function concurrentlyIn({ kind }: Operation, { framework }: RuleContext): string {
  if (framework !== "django") return "CONCURRENTLY";
  if (kind === "create-index") return "AddIndexConcurrently";
  return kind === "drop-index" ? "RemoveIndexConcurrently" : "CONCURRENTLY";
}
