import { afterAll, describe, expect, it } from "@jest/globals";

import { server } from "../database/postgres-engines.ts";
import { migrateVerify, TemporaryFolder } from "./program.ts";

const folder = new TemporaryFolder({
  "db/000001_a.up.sql": "CREATE TABLE a (i int);\n",
  "db/000001_a.down.sql": "DROP TABLE a;\n",
});
afterAll(() => folder[Symbol.dispose]());

function verify(...args: readonly string[]) {
  return migrateVerify(folder.path, "verify", "db/000001_a.up.sql", "--format", "json", ...args);
}

describe("the engine", () => {
  const onServer = server === undefined ? it.skip : it;

  onServer.each([
    ["postgres", ["--engine", "postgres"]],
    ["auto, for production's version", ["--postgres-version", String(server?.major)]],
  ])("is the machine's own server for %s", (_, args) => {
    const { status, stdout } = verify(...args);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: "pass", engine: { name: "postgres" } });
    expect(status).toBe(0);
  });

  it("is PGlite for a version that is not here, and it is said", () => {
    const { stdout } = verify("--postgres-version", "11");
    const { engine } = JSON.parse(stdout) as { engine: { name: string; limits: string[] } };
    expect(engine.name).toBe("pglite");
    expect(engine.limits).toContainEqual(expect.stringContaining("Production runs PostgreSQL 11"));
  });

  it("never tells the URL of a server", () => {
    const ended = verify("--database-url", "postgresql://me:sesame@127.0.0.1:1/db");
    expect(ended.status).toBe(3);
    expect(ended.stdout + ended.stderr).toContain("--database-url");
    expect(ended.stdout + ended.stderr).not.toContain("sesame");
  });
});
