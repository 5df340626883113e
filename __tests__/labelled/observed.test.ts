import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ObservedDatabase } from "../rules/observed-database.ts";
import {
  isForeseeable,
  predicted,
  runMigrations,
  seen,
  tryMigration,
  unreadClaims,
  type StatementRun,
} from "../rules/example-runs.ts";
import { labelledCases, type LabelledCase } from "./labelled.ts";
import { lintCaseOf } from "./told.ts";

/*
 * Runs every labelled case on a PostgreSQL that has rows: it ends as its label says, and each
 * statement takes the locks, rewrites and scans that the lock table predicts.
 */

const cases = labelledCases().filter(({ fails }) => fails !== "unrun");
/** One transaction that can be taken back, on the same database as the others. */
const isTried = ({ autocommit, migrations }: LabelledCase): boolean =>
  !autocommit &&
  migrations.length === 1 &&
  !/^(?:BEGIN|COMMIT|ALTER TYPE \w+ ADD VALUE)\b/m.test(migrations.join(""));

let database: ObservedDatabase;
let tables: ReadonlySet<string>;
beforeAll(async () => {
  database = await ObservedDatabase.open();
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

async function build({ history }: LabelledCase): Promise<void> {
  await database.reset();
  expect(await database.run(history)).toBeUndefined();
  await database.fill();
  tables = await database.tables();
}

function expectAsPredicted(runs: readonly StatementRun[], labelled: LabelledCase): void {
  expect(runs.at(-1)?.code).toBe(labelled.fails);
  for (const run of runs.filter(isForeseeable)) {
    // A COMMIT of the script's own gives all locks back.
    if (/^COMMIT\b/.test(run.sql)) continue;
    expect({ sql: run.sql, tables: seen(run) }).toEqual({ sql: run.sql, tables: predicted(run) });
    // Where no row references anything, the referenced table need not be read.
    const unread = unreadClaims(run).filter(({ mode }) => !/ROW/.test(mode));
    expect({ sql: run.sql, unread }).toEqual({ sql: run.sql, unread: [] });
  }
}

describe("in a transaction that is taken back", () => {
  beforeAll(async () => {
    const [first] = cases;
    if (first !== undefined) await build(first);
  }, 60_000);

  it.each(cases.filter((one) => isTried(one)))("$title", async (labelled) => {
    const runs = await tryMigration(database, lintCaseOf(labelled), tables);
    expect(runs).not.toEqual([]);
    expectAsPredicted(runs, labelled);
  });
});

describe("on a database of its own", () => {
  it.each(cases.filter((one) => !isTried(one)))("$title", async (labelled) => {
    await build(labelled);
    const runs = await runMigrations(database, lintCaseOf(labelled), labelled.autocommit);
    expect(runs).not.toEqual([]);
    expectAsPredicted(runs, labelled);
  });
});
