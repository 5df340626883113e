import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";

import type { StoreOptions } from "../../src/database/snapshot-store.ts";
import type { Database, Engine } from "../../src/verify/database.ts";
import { nativeTestEngine, server } from "../database/postgres-engines.ts";
import { testEngine } from "../engine.ts";
import { STATEMENTS, verify, type WrittenProject } from "./scripts.ts";

jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "migrate-verify-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

type NewEngine = (options: { snapshots?: Omit<StoreOptions, "engine"> }) => Engine;

/** Tells with what each database was opened. */
class KeepingEngine implements Engine {
  readonly opened: (string | undefined)[] = [];
  readonly #engine: Engine;

  constructor(newEngine: NewEngine, writes = true) {
    this.#engine = newEngine({ snapshots: { folder, root: "/shop", writes } });
  }

  async open(unwanted?: AbortSignal, keys: readonly string[] = []): Promise<Database> {
    const database = await this.#engine.open(unwanted, keys);
    this.opened.push(database.kept?.key.slice(0, 8));
    return database;
  }
}

// A base that takes longer than what a start takes.
const SLOW = "SELECT pg_sleep(0.4)";
const BASE = [
  `CREATE TABLE customers (id bigint PRIMARY KEY, email text UNIQUE);
   CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint REFERENCES customers, note text)`,
  `GRANT SELECT ON orders TO reader; GRANT SELECT ON orders TO writer; ${SLOW}`,
];
const CHANGE = {
  up: "UPDATE orders SET note = coalesce(note, ''); ALTER TABLE orders ALTER COLUMN note SET NOT NULL",
  down: "ALTER TABLE orders ALTER COLUMN note DROP NOT NULL",
};
const PROJECT: WrittenProject = { base: BASE, changed: [CHANGE], settings: { rows: 10 } };

/** What a run told, without times and what depends on them. */
async function told(project: WrittenProject, engine: Engine): Promise<unknown> {
  const { engine: used, ...rest } = await verify(project, engine);
  const text = JSON.stringify({ limits: used?.limits, ...rest }, (name, value: unknown) =>
    /Ms$|^walBytes$/.test(name) ? undefined : value,
  );
  return JSON.parse(text);
}

const ENGINES: readonly (readonly [string, NewEngine])[] = [
  ["PGlite", testEngine],
  ...(server === undefined ? [] : [["a server of this machine", nativeTestEngine] as const]),
];

describe.each(ENGINES)("a base that is kept on %s", (_, newEngine) => {
  it("gives the next runs what building it again gives", async () => {
    const engine = new KeepingEngine(newEngine);
    const first = await told(PROJECT, engine);
    expect(JSON.stringify(first)).toContain("the role writer");
    // What is asked for again is kept with its rows, too.
    for (const kept of [1, 2, 2]) {
      expect(readdirSync(folder)).toHaveLength(kept);
      expect(await told(PROJECT, engine)).toEqual(first);
    }
    const [none, base, filled, again] = engine.opened;
    expect([none, again]).toEqual([undefined, filled]);
    expect(base).not.toBe(filled);
    const other = { ...PROJECT, changed: [{ up: "DROP TABLE orders", down: "SELECT 1" }] };
    expect(await told(other, engine)).toMatchObject({
      verifications: [{ up: { outcome: "passed" }, down: { verdict: "no-op" } }],
    });
    expect(engine.opened[4]).toBe(base);
  });

  it.each([
    ["an earlier migration", { base: [BASE[0] ?? "", `${BASE[1]};`] }],
    ["their order", { base: BASE.toReversed().map((text) => text.replace(/^GRANT.*;/, "")) }],
    ["what production made by hand", { before: "CREATE SCHEMA by_hand" }],
  ])("is another one with %s", async (_change, changes) => {
    const engine = new KeepingEngine(newEngine);
    await verify(PROJECT, engine);
    await verify({ ...PROJECT, ...changes }, engine);
    expect(engine.opened).toEqual([undefined, undefined]);
  });

  it.each([
    ["how many rows are made", { settings: { rows: 5 } }],
    ["a seed file", { seed: [{ path: "s.sql", text: "INSERT INTO customers VALUES (1)" }] }],
    ["one more migration", { base: [...BASE, "CREATE TABLE more (i int)"] }],
  ])("is filled or gone on with where there is another one with %s", async (_change, changes) => {
    const engine = new KeepingEngine(newEngine);
    await verify(PROJECT, engine);
    const anew = await told({ ...PROJECT, ...changes }, newEngine({}));
    expect(await told({ ...PROJECT, ...changes }, engine)).toEqual(anew);
    expect(engine.opened).toEqual([undefined, expect.any(String)]);
  });

  it("is what runs go back to that have to begin again", async () => {
    const engine = new KeepingEngine(newEngine);
    const up = "CREATE TABLE a (i int); ALTER TABLE orders ADD COLUMN paid boolean; SELECT 1";
    const down = "ALTER TABLE orders DROP COLUMN paid; DROP TABLE a";
    await verify({ ...PROJECT, changed: [{ up, down, execution: STATEMENTS }] }, engine);
    expect(engine.opened.length).toBeGreaterThan(1);
    expect(engine.opened.slice(1)).not.toContain(undefined);
  });

  it("is built again where it is damaged", async () => {
    const engine = new KeepingEngine(newEngine);
    const first = await told(PROJECT, engine);
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      bytes.writeUInt8(bytes.readUInt8(5_000_000) ^ 1, 5_000_000);
      writeFileSync(join(folder, name), bytes);
    }
    expect(await told(PROJECT, engine)).toEqual(first);
    expect(engine.opened).toEqual([undefined, undefined]);
    // The second run kept it again.
    await verify(PROJECT, engine);
    expect(engine.opened[2]).toEqual(expect.any(String));
  });

  it.each([
    ["that is quickly made", "SELECT 1"],
    ["with tables that no log protects", `CREATE UNLOGGED TABLE fast (i int); ${SLOW}`],
    ["that sets something for later sessions", `ALTER ROLE postgres SET work_mem = '1MB'; ${SLOW}`],
  ])("is not one %s", async (_kind, base) => {
    await verify({ ...PROJECT, base: [BASE[0] ?? "", base] }, new KeepingEngine(newEngine));
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is read and not kept in a run that may only read", async () => {
    await verify(PROJECT, new KeepingEngine(newEngine, false));
    expect(readdirSync(folder)).toEqual([]);
    await verify(PROJECT, new KeepingEngine(newEngine));
    const reading = new KeepingEngine(newEngine, false);
    await verify(PROJECT, reading);
    expect(reading.opened).toEqual([expect.any(String)]);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
