import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ThrowawayDatabase } from "../../scripts/throwaway-database.ts";
import { isStronger, type LockClaim } from "../../src/core/lock.ts";
import { locksOf } from "../../src/core/lock-table.ts";
import { applyOperation } from "../../src/core/replay.ts";
import { Schema } from "../../src/core/schema.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { observe, type Observed } from "./lock-observer.ts";
import { LOCK_STATEMENTS } from "./lock-statements.ts";

/*
 * Runs each statement on tables with rows and compares what PostgreSQL locked, read and rewrote
 * with what the lock table says.
 */
const SCHEMA = readFileSync(new URL("../fixtures/core/locked-schema.sql", import.meta.url), "utf8");

const parser = await loadParser();
let database: ThrowawayDatabase;

beforeAll(async () => {
  database = await ThrowawayDatabase.open();
  await database.run(SCHEMA);
  await database.run("analyze");
  await database.run("set timezone = 'Europe/Berlin'");
}, 60_000);
afterAll(() => database.close());

describe("the lock table and PostgreSQL agree on", () => {
  it.each(LOCK_STATEMENTS)("%s", async (statement) => {
    const observed = told(await observe(database, statement)).map((line) =>
      // TRUNCATE gives a table new storage without writing into it.
      statement.startsWith("TRUNCATE") ? line.replace(", rewritten", "") : line,
    );
    expect(told(predict(statement))).toEqual(observed);
  });
});

describe("statements that run in no transaction, so that their locks cannot be seen afterwards", () => {
  it.each<[string, string[]]>([
    ["CREATE INDEX CONCURRENTLY ON bare (n)", ["public.bare: SHARE UPDATE EXCLUSIVE, read"]],
    ["DROP INDEX CONCURRENTLY pets_short", ["public.pets: SHARE UPDATE EXCLUSIVE"]],
    ["REINDEX INDEX CONCURRENTLY pets_short", ["public.pets: SHARE UPDATE EXCLUSIVE, read"]],
    ["REINDEX TABLE CONCURRENTLY bare", ["public.bare: SHARE UPDATE EXCLUSIVE, read"]],
    [
      "ALTER TABLE parts DETACH PARTITION parts_old CONCURRENTLY",
      [
        "public.owners: SHARE ROW EXCLUSIVE",
        "public.parts: SHARE UPDATE EXCLUSIVE",
        "public.parts_old: ACCESS EXCLUSIVE",
        "public.to_parts: ACCESS EXCLUSIVE, read",
      ],
    ],
    ["VACUUM bare", ["public.bare: SHARE UPDATE EXCLUSIVE, read"]],
    ["VACUUM FULL bare", ["public.bare: ACCESS EXCLUSIVE, rewritten"]],
    ["CLUSTER pets USING pets_short", ["public.pets: ACCESS EXCLUSIVE, rewritten"]],
  ])("%s", (statement, expected) => {
    expect(told(predict(statement))).toEqual(expected);
  });
});

/** The claims of all operations of a statement, by table. */
function predict(statement: string): Map<string, Observed> {
  const schema = new Schema();
  replay(schema, SCHEMA);
  const claims = new Map<string, LockClaim>();
  for (const { operations } of parser.parse(statement).statements) {
    for (const operation of operations) {
      for (const claim of locksOf(operation, schema)) {
        const name = `${claim.table.schema ?? "public"}.${claim.table.name}`;
        const before = claims.get(name);
        claims.set(name, {
          table: claim.table,
          mode:
            before === undefined || isStronger(claim.mode, before.mode) ? claim.mode : before.mode,
          scans: claim.scans || before?.scans === true,
          rewrites: claim.rewrites || before?.rewrites === true,
        });
      }
      applyOperation(schema, operation, { reviewing: false });
    }
  }
  return claims;
}

function replay(schema: Schema, sql: string): void {
  for (const { operations } of parser.parse(sql).statements) {
    for (const operation of operations) applyOperation(schema, operation, { reviewing: false });
  }
}

/** One line a table, in order; a table that is only read is left out. */
function told(tables: ReadonlyMap<string, Observed>): string[] {
  return [...tables]
    .filter(([, { mode }]) => mode !== "ACCESS SHARE" && mode !== "ROW SHARE")
    .map(([name, { mode, scans, rewrites }]) => {
      const effect = rewrites ? ", rewritten" : scans ? ", read" : "";
      return `${name}: ${mode}${effect}`;
    })
    .toSorted();
}
