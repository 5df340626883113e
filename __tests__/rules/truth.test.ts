import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { isStronger, type LockClaim, type LockMode } from "../../src/core/lock.ts";
import { nameKey } from "../../src/core/name.ts";
import type { Operation } from "../../src/core/operation.ts";
import { defineRule, type Rule, type RuleExample } from "../../src/core/rule.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { examples, sideOf } from "./example.ts";
import { lint, migrationsOf } from "./lint.ts";
import { ObservedDatabase, type Observation } from "./observed-database.ts";

/*
 * Runs every example on a PostgreSQL that has rows: good ones succeed, bad ones succeed or fail as
 * they say, and each statement takes the locks, rewrites and scans that the lock table predicts.
 */

const parser = await loadParser();
let database: ObservedDatabase;
beforeAll(async () => {
  database = await ObservedDatabase.open();
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

/** One statement of a side, and what it is predicted to do. */
interface PredictedStatement {
  readonly sql: string;
  readonly operations: readonly Operation[];
  readonly claims: readonly LockClaim[];
}

/** What it was seen to do. */
interface StatementRun extends PredictedStatement {
  /** Of the statements before it in its transaction. */
  readonly held: readonly LockClaim[];
  /** Its SQLSTATE; undefined when it succeeded. */
  readonly code: string | undefined;
  /** Absent where the statement cannot run in a transaction: its locks are gone before one can look. */
  readonly tables?: Observation;
}

/** The predicted statements of each migration of a side, in order. */
function predict(example: RuleExample, side: "bad" | "good"): PredictedStatement[][] {
  const claims: (readonly LockClaim[])[] = [];
  const probe = defineRule({
    ...PROBE,
    checks: { operation: (operation, context) => void claims.push(context.locks(operation)) },
  });
  lint({ ...sideOf(example, side), rules: [probe] });
  return migrationsOf(example[side]).map((text) => {
    const { statements, unparsed } = parser.parse(text, { span: { start: 0, end: text.length } });
    const refused = unparsed.map(({ statement: span }) => ({ span, operations: [] }));
    return [...statements, ...refused]
      .toSorted((a, b) => a.span.start - b.span.start)
      .map(({ span, operations }) => ({
        sql: text.slice(span.start, span.end),
        operations,
        claims: claims.splice(0, operations.length).flat(),
      }));
  });
}

const PROBE: Omit<Rule, "checks"> = {
  id: "no-probe",
  summary: "Collect what the lock table says",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition: "",
  effect: "",
  instead: "",
  references: [],
  examples: [],
};

const NOT_IN_A_TRANSACTION = /\bCONCURRENTLY\b|^VACUUM\b/i;

/** Runs a side as its runner would, up to its first error. */
async function runSide(example: RuleExample, side: "bad" | "good"): Promise<StatementRun[]> {
  const autocommit = example.autocommit?.[side] === true;
  const tables = await database.tables();
  const runs: StatementRun[] = [];
  for (const migration of predict(example, side)) {
    const transactions = autocommit ? migration.map((one) => [one]) : [migration];
    for (const statements of transactions) {
      const alone = autocommit && NOT_IN_A_TRANSACTION.test(statements[0]?.sql ?? "");
      runs.push(...(await (alone ? runAlone(statements) : runTogether(statements, tables))));
      if (runs.at(-1)?.code !== undefined) return runs;
    }
  }
  return runs;
}

async function runAlone(statements: readonly PredictedStatement[]): Promise<StatementRun[]> {
  const runs: StatementRun[] = [];
  for (const statement of statements) {
    runs.push({ ...statement, code: await database.run(statement.sql), held: [] });
  }
  return runs;
}

async function runTogether(
  statements: readonly PredictedStatement[],
  tables: ReadonlySet<string>,
): Promise<StatementRun[]> {
  const runs: StatementRun[] = [];
  const held: LockClaim[] = [];
  await database.run("BEGIN");
  for (const statement of statements) {
    const result = await database.observe(statement.sql, tables);
    runs.push({ ...statement, ...result, held: [...held] });
    if (result.code !== undefined) return runs;
    held.push(...statement.claims);
  }
  const code = await database.run("COMMIT");
  return [...runs, { sql: "COMMIT", operations: [], claims: [], held: [], code }];
}

/** Modes that other sessions' reads, writes and schema changes get along with count as none. */
const MINOR: ReadonlySet<LockMode | undefined> = new Set([
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
]);

/** What a statement did to the tables that it touched, as a comparable text for each. */
function seen(run: StatementRun): string[] {
  // TRUNCATE gives a table new storage as well, and writes nothing into it.
  const empties = run.operations.some(({ kind }) => kind === "truncate");
  return [...(run.tables ?? [])].map(([name, { mode, rewritten }]) =>
    told(name, mode, rewritten && !empties),
  );
}

/** Code that is put together at run time may do anything. */
function isForeseeable({ operations }: StatementRun): boolean {
  return !operations.some((one) => one.kind === "do-block" && (one.dynamic || !one.readable));
}

function predicted(run: StatementRun): string[] {
  return [...(run.tables?.keys() ?? [])].map((name) => {
    const isOfTable = ({ table }: LockClaim): boolean => nameKey(table) === name;
    const claims = run.claims.filter(isOfTable);
    const mode = [...run.held.filter(isOfTable), ...claims].reduce<LockMode | undefined>(
      (best, claim) => (best === undefined || isStronger(claim.mode, best) ? claim.mode : best),
      undefined,
    );
    return told(
      name,
      mode,
      claims.some(({ rewrites }) => rewrites),
    );
  });
}

function told(name: string, mode: LockMode | undefined, rewritten: boolean): string {
  const lock = mode === undefined || MINOR.has(mode) ? "nothing" : mode;
  return `${name.replace("\0", ".")}: ${lock}${rewritten ? ", rewritten" : ""}`;
}

describe.each(examples)("$title", ({ example }) => {
  it.each(["bad", "good"] as const)("runs %s", async (side) => {
    await database.reset();
    expect(await database.run(example.before)).toBeUndefined();
    await database.fill();

    const runs = await runSide(example, side);

    expect(runs.at(-1)?.code).toBe(side === "bad" ? example.fails : undefined);
    for (const run of runs.filter(isForeseeable)) {
      expect({ sql: run.sql, tables: seen(run) }).toEqual({
        sql: run.sql,
        tables: predicted(run),
      });
      // A table may be read whole for many reasons; that one is read when we say so can be seen.
      const unread = run.claims.filter(
        ({ table, scans }) => scans && run.tables?.get(nameKey(table))?.scanned === false,
      );
      expect({ sql: run.sql, unread }).toEqual({ sql: run.sql, unread: [] });
    }
  });
});
