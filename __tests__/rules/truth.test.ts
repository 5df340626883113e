import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { examples } from "./example.ts";
import { isForeseeable, predicted, runSide, seen, unreadClaims } from "./example-runs.ts";
import { ObservedDatabase } from "./observed-database.ts";

/*
 * Runs every example on a PostgreSQL that has rows: good ones succeed, bad ones succeed or fail as
 * they say, and each statement takes the locks, rewrites and scans that the lock table predicts.
 * `npm run truth` does the same on servers of other versions.
 */

let database: ObservedDatabase;
beforeAll(async () => {
  database = await ObservedDatabase.open();
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

describe.each(examples)("$title", ({ example }) => {
  it.each(["bad", "good"] as const)("runs %s", async (side) => {
    await database.reset();
    expect(await database.run(example.before)).toBeUndefined();
    await database.fill();

    const runs = await runSide(database, example, side);

    expect(runs.at(-1)?.code).toBe(side === "bad" ? example.fails : undefined);
    for (const run of runs.filter(isForeseeable)) {
      expect({ sql: run.sql, tables: seen(run) }).toEqual({
        sql: run.sql,
        tables: predicted(run),
      });
      const unread = unreadClaims(run);
      expect({ sql: run.sql, unread }).toEqual({ sql: run.sql, unread: [] });
    }
  });
});
