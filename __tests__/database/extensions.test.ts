import { mkdtempSync, mkdirSync, readdirSync, rmSync, cpSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";

import type { Database } from "../../src/verify/database.ts";
import { testEngine } from "../engine.ts";

jest.setTimeout(30_000);

const DIST = join(import.meta.dirname, "..", "..", "dist");
// The shortest module that Emscripten takes for one: it asks for no memory and holds no code.
const EMPTY_MODULE = "0061736d01000000000f0864796c696e6b2e30010400000000";

let assets: string;
let database: Database;
beforeAll(async () => {
  assets = mkdtempSync(join(tmpdir(), "migrate-verify-test-"));
  mkdirSync(join(assets, "extensions"));
  for (const name of [...readdirSync(DIST), ...namesIn("extensions")]) {
    if (name !== "extensions") cpSync(join(DIST, name), join(assets, name), { recursive: true });
  }
  const archive = tarOf("lib/postgresql/unlisted.so", Buffer.from(EMPTY_MODULE, "hex"));
  writeFileSync(join(assets, "extensions", "unlisted.tar.gz"), gzipSync(archive));
  database = await testEngine({ assets }).open();
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  rmSync(assets, { recursive: true });
});

function namesIn(folder: string): string[] {
  return readdirSync(join(DIST, folder)).map((name) => join(folder, name));
}

/** A tar archive of one file. */
function tarOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write("0", 156);
  return Buffer.concat([header, content, Buffer.alloc(512 - (content.length % 512) + 1024)]);
}

const run = (...queries: string[]) => database.run({ queries, timeoutMs: 30_000 });

describe("the extensions that come with the engine", () => {
  it("can all be created", async () => {
    const names = (await database.query("SELECT name FROM pg_available_extensions")).flat();
    expect(names).toEqual(expect.arrayContaining(["pgcrypto", "pg_trgm", "uuid-ossp", "vector"]));
    const created = await run(
      ...names.map((name) => `CREATE EXTENSION IF NOT EXISTS "${name}" CASCADE`),
    );
    expect(created.failure).toBeUndefined();
    expect(created.completed).toBe(names.length);
  });

  it("work once they are created", async () => {
    const sql = `SELECT encode(digest('a', 'sha256'), 'hex') LIKE 'ca978112%', 'a=>1'::hstore -> 'a',
      '[1,2]'::vector <-> '[1,3]', length(uuid_generate_v4()::text)`;
    expect(await database.query(sql)).toEqual([["t", "1", "1", "36"]]);
  });

  it.each(["auto_explain", "passwordcheck", "pg_overexplain"])("load %s", async (name) => {
    expect((await run(`LOAD '${name}'`)).failure).toBeUndefined();
  });

  it("lack others, and the server says so", async () => {
    expect((await run("CREATE EXTENSION postgis")).failure).toMatchObject({
      cause: "sql",
      error: { code: "0A000", message: 'extension "postgis" is not available' },
    });
  });

  it("are the only modules of code that are compiled", async () => {
    const { failure } = await run("LOAD 'unlisted'");
    expect(failure?.cause).toBe("sql");
    expect(failure?.error.message).toContain("the module is not one that comes with PGlite");
    expect(await database.query("SELECT 1")).toEqual([["1"]]);
  });
});
