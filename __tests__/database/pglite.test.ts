import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import type { Database } from "../../src/verify/database.ts";
import { testEngine } from "../engine.ts";

let database: Database;
beforeAll(async () => {
  database = await testEngine().open();
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

describe("a PGlite database", () => {
  it("tells its name and the server's version", () => {
    expect(database.engine).toMatchObject({ name: "pglite", version: "18.6" });
  });
});
