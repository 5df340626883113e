import { blocks } from "../src/core/lock.ts";
import { displayName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { proposeLockTimeout } from "../src/core/proposals/lock-timeout.ts";
import { defineRule } from "../src/core/rule.ts";
import { timeoutSeconds } from "../src/core/timeout.ts";

export default defineRule({
  id: "require-lock-timeout",
  summary: "Set lock_timeout before taking a lock that makes others wait",
  severity: "info",
  confidence: "medium",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "require-lock-timeout",
    "lock-timeout-after-dangerous-statement",
    "lock-timeout-disabled-or-too-long",
    "create-trigger",
    "drop-trigger",
    "access-exclusive-ddl-generic",
    "create-partition-of-locks-parent",
    "drop-table-locks-parents",
    "multiple-foreign-keys-one-migration",
    "large-or-hot-table-ddl",
  ],
  condition:
    "A statement takes a lock that blocks reads or writes of a table that exists already, and no earlier statement of the migration sets lock_timeout. SET LOCAL counts within its transaction only; 0, which means no limit, and more than the option `longest` do not count. Said once for each migration. Where no migration of a history sets a timeout, the runner or its role may do so, which cannot be seen here: such a history is told in its first migration and for tables that the statistics know to be large, and in every one when the configuration names this rule or extends strict.",
  effect:
    "The statement waits for whatever transaction uses the table, for as long as that lasts, and every later query on the table waits behind it: a statement of a millisecond becomes an outage.",
  instead:
    "Begin the migration with SET LOCAL lock_timeout = '5s', or with SET outside of a transaction, and run it again when it gives up. Or set it for the role that migrates, and switch this rule off with that reason.",
  references: [
    "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT",
    "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES",
  ],
  examples: [
    {
      title: "A new column",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: "ALTER TABLE orders ADD COLUMN note text;",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;`,
    },
  ],
  once: true,
  options: {
    rows: {
      default: 10_000,
      description: "Said always of tables that the statistics know to hold at least as many rows.",
    },
    longest: {
      default: 60,
      description: "The longest lock_timeout, in seconds, that still counts as one.",
    },
  },
  squawk: ["require-lock-timeout", "require-timeout-settings"],
  checks: {
    operation(operation, context) {
      if ("concurrently" in operation && operation.concurrently) return;
      const blocking = context
        .locks(operation)
        .filter(({ mode }) => blocks(mode).endsWith("writes"));
      if (blocking.length === 0) return;
      const expected = isHabit(context);
      const claim = blocking.find(
        ({ table }) =>
          !isNew(table, context) &&
          (expected || (context.rows(table) ?? 0) >= Number(context.option("rows"))),
      );
      if (claim === undefined || hasTimeout(context)) return;
      const names = blocking
        .filter(({ mode, table }) => mode === claim.mode && !isNew(table, context))
        .map(({ table }) => `\`${displayName(table)}\``);
      const set = context.inTransaction() ? "SET LOCAL" : "SET";
      context.report(
        operation,
        `This takes ${article(claim.mode)} ${claim.mode} lock on ${listed([...new Set(names)])}: while it waits for a long transaction, ${blocks(claim.mode) === "writes" ? "every later write" : "every later read and write"} waits behind it. Begin with ${set} lock_timeout = '5s', and run the migration again when it gives up.`,
        { table: claim.table, fix: () => proposeLockTimeout(context) },
      );
    },
  },
});

/** Where no migration so far sets a timeout, the runner or its role does, or the house has none: said of a first migration, or when asked for. */
function isHabit(context: RuleContext): boolean {
  return context.historySets("lock_timeout") !== false || context.isAskedFor();
}

function isNew(table: Parameters<RuleContext["isNewTable"]>[0], context: RuleContext): boolean {
  return context.isNewTable(table) || context.view(table)?.isNew === true;
}

function hasTimeout(context: RuleContext): boolean {
  const seconds = timeoutSeconds(context.setting("lock_timeout"));
  const counts =
    seconds !== undefined && seconds > 0 && seconds <= Number(context.option("longest"));
  return counts || setByFunction(context);
}

/** Whether an earlier statement may set it with set_config(). */
function setByFunction(context: RuleContext): boolean {
  return (
    context.text.includes("lock_timeout") &&
    context.operations.some(
      (operation: Operation) =>
        operation.kind === "select-rows" &&
        operation.reads.functions.some(({ name }) => name === "set_config"),
    )
  );
}

function listed(names: readonly string[]): string {
  const [last, ...others] = names.toReversed();
  return others.length === 0 ? String(last) : `${others.toReversed().join(", ")} and ${last}`;
}

function article(mode: string): string {
  return /^[AE]/.test(mode) ? "an" : "a";
}
