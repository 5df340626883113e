import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it, jest } from "@jest/globals";

import { DEFAULT_SETTINGS } from "../../src/core/settings.ts";
import { Clock } from "../../src/verify/clock.ts";
import { Session } from "../../src/verify/session.ts";
import { fillTables, nothingFilled } from "../../src/verify/rows/fill-tables.ts";
import type { Variety } from "../../src/verify/rows/column-values.ts";
import { nativeTestEngine, server } from "../database/postgres-engines.ts";
import { SharedEngine } from "./shared-engine.ts";

jest.setTimeout(120_000);

const FOLDER = join(import.meta.dirname, "../fixtures/verify/fill");

interface Case {
  readonly what: string;
  readonly sql: string;
  /** Name of a table and either `rows`, or why there are none; or a query that gives true. */
  readonly expected: readonly string[];
}

/** One file is one schema, and after it what its tables are to hold. */
const CASES: readonly Case[] = readdirSync(FOLDER).map((file) => {
  const [sql = "", expected = ""] = readFileSync(join(FOLDER, file), "utf8").split(
    /^-- expected\n/m,
  );
  const lines = expected.split("\n").map((line) => line.replace(/^-- /, ""));
  return { what: basename(file, ".sql"), sql, expected: lines.filter((line) => line !== "") };
});

async function openSession(engine: SharedEngine): Promise<Session> {
  return Session.open(engine, {
    clock: new Clock(DEFAULT_SETTINGS.verify.limits),
    provisions: { made: new Map(), extensions: new Map() },
    refusals: new Map(),
    createdRoles: new Set(),
  });
}

async function fill(
  { sql }: Case,
  engine: SharedEngine,
  variety: Variety = "varied",
): Promise<{ session: Session; reasons: Map<string, string> }> {
  const session = await openSession(engine);
  const { failure } = await session.database.run({ queries: [sql], timeoutMs: 30_000 });
  expect(failure).toBeUndefined();
  const filled = nothingFilled();
  const wish = { variety, rows: 10, manyRows: 10, isRead: () => false, statements: () => [] };
  await fillTables(session, wish, filled);
  const reasons = [...filled.reasons.values()].map(({ table, reason }) => [table, reason] as const);
  return { session, reasons: new Map(reasons) };
}

/** What the tables hold, in the words of the file. */
async function held(one: Case, engine: SharedEngine): Promise<string[]> {
  const { session, reasons } = await fill(one, engine);
  const told: string[] = [];
  for (const line of one.expected) {
    const [, table = "", what = ""] = /^(\w+): (.*)$/.exec(line) ?? [];
    if (table === "query") {
      const [row] = await session.database.query(`SELECT (${what})::text`);
      told.push(row?.[0] === "true" ? line : `${line}: ${row?.[0]}`);
      continue;
    }
    const [row] = await session.database.query(`SELECT count(*)::text FROM ${table}`);
    told.push(row?.[0] === "0" ? `${table}: ${reasons.get(table)}` : `${table}: ${row?.[0]} rows`);
  }
  return told;
}

async function allRows(session: Session): Promise<string> {
  const tables = await session.database.query(
    "SELECT format('SELECT %L, to_json(t)::text FROM %s t', oid::regclass, oid::regclass) FROM pg_class WHERE relkind = 'r' AND oid >= 16384 AND relnamespace = 'public'::regnamespace",
  );
  const rows = await session.database.query(tables.map(([query]) => query).join(" UNION ALL "));
  return rows
    .map((row) => JSON.stringify(row))
    .toSorted()
    .join("\n");
}

describe("rows for tables", () => {
  const engine = new SharedEngine();
  afterAll(() => engine[Symbol.asyncDispose]());

  it.each(CASES)("$what", async (one) => {
    expect(await held(one, engine)).toEqual(one.expected);
  });

  it("are the same on every run, plain or varied", async () => {
    const one = CASES.find(({ what }) => what === "shop");
    if (one === undefined) throw new Error("the case is gone");
    for (const variety of ["plain", "varied"] as const) {
      const first = await allRows((await fill(one, engine, variety)).session);
      expect(await allRows((await fill(one, engine, variety)).session)).toBe(first);
    }
  });

  it("have a value in every column where they are plain", async () => {
    const one = CASES.find(({ what }) => what === "types");
    if (one === undefined) throw new Error("the case is gone");
    const { session } = await fill(one, engine, "plain");
    expect(await allRows(session)).not.toContain("null");
  });

  it("are not added to what a table holds", async () => {
    const one = { what: "", sql: "CREATE TABLE a (i int); INSERT INTO a VALUES (1)", expected: [] };
    const { session } = await fill(one, engine);
    expect(await session.database.query("SELECT i::text FROM a")).toEqual([["1"]]);
  });
});

(server === undefined ? describe.skip : describe)("rows for tables on a real server", () => {
  const engine = new SharedEngine({ open: () => nativeTestEngine().open() });
  afterAll(() => engine[Symbol.asyncDispose]());

  it.each(CASES)("$what", async (one) => {
    expect(await held(one, engine)).toEqual(one.expected);
  });
});
