import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";

import { limitFiles } from "../../src/database/file-limit.ts";
import { PgliteSession } from "../../src/database/pglite-session.ts";
import { startPglite } from "../../src/database/pglite-start.ts";

jest.setTimeout(30_000);

const DIST = join(import.meta.dirname, "..", "..", "dist");
const MEGABYTE = 1024 * 1024;
const FILL = "INSERT INTO filled SELECT repeat('x', 100000) FROM generate_series(1, 50)";
const CREATE = `CREATE UNLOGGED TABLE filled (text text);
  ALTER TABLE filled ALTER text SET STORAGE EXTERNAL`;

describe("limitFiles", () => {
  it("refuses to let the database grow past it, and counts what was freed", async () => {
    const pglite = await startPglite({ assets: DIST, settings: [] }, () => undefined);
    limitFiles(pglite, 80 * MEGABYTE);
    const session = new PgliteSession(pglite);
    /** How often it could be filled, and what ended that. */
    const fill = async () => {
      expect(await session.run(CREATE)).toBeUndefined();
      for (let rounds = 0; rounds < 50; rounds += 1) {
        const failure = await session.run(FILL);
        if (failure !== undefined) return { rounds, failure };
      }
      return undefined;
    };
    const full = { cause: "sql", error: { code: "53100" } };
    const first = await fill();
    expect(first).toMatchObject({ failure: full });
    for (const sql of ["DROP TABLE filled", "CHECKPOINT"]) {
      expect(await session.run(sql)).toBeUndefined();
    }
    const second = await fill();
    expect(second).toMatchObject({ failure: full });
    expect(second?.rounds).toBeGreaterThan(4);
    expect(await session.query("SELECT 1")).toEqual([["1"]]);
    await pglite.close();
  });
});
