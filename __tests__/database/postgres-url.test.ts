import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";

import { UserError } from "../../src/core/user-error.ts";
import { plain } from "../../src/database/sandbox.ts";
import { PostgresServer } from "../../src/database/postgres-server.ts";
import { PostgresSession } from "../../src/database/postgres-session.ts";
import { urlEngine } from "../../src/database/postgres-url.ts";
import { makeSurroundings, runProgram } from "../../src/database/server-surroundings.ts";
import { server } from "./postgres-engines.ts";

jest.setTimeout(60_000);
const onServer = server === undefined ? describe.skip : describe;

describe("a server given by URL", () => {
  it("is not one for a text that is no URL, which is not told", () => {
    expect(() => urlEngine({ url: "host=x password=secret" })).toThrow(UserError);
    expect(() => urlEngine({ url: "host=x password=secret" })).not.toThrow("secret");
  });

  it("that cannot be reached is told without its password", async () => {
    const opening = urlEngine({ url: "postgresql://me:sesame@127.0.0.1:1/db" }).open();
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow("ECONNREFUSED");
    await expect(opening).rejects.not.toThrow("sesame");
  });
});

onServer("a server that somebody runs", () => {
  let running: PostgresServer;
  let folder: string;
  beforeAll(async () => {
    if (server === undefined) return;
    const made = makeSurroundings(server);
    const surroundings = { ...made, sandbox: plain(made.user) };
    folder = surroundings.folder;
    running = new PostgresServer(surroundings);
    const { bin } = server;
    const initdb = ["--no-sync", "--auth=trust", "--username=admin", surroundings.data];
    await runProgram(join(bin, "initdb"), initdb, surroundings);
    const single = ["--single", "-D", surroundings.data, "postgres"];
    const input = "CREATE ROLE maker LOGIN CREATEDB\n";
    await runProgram(join(bin, "postgres"), single, surroundings, { input });
    await running.start(surroundings.sandbox);
  });
  afterAll(async () => {
    await running.stop();
  });

  const engine = (user: string) =>
    urlEngine({ url: `postgresql://${user}:sesame@/postgres?host=${encodeURIComponent(folder)}` });
  const leftBehind = async () => {
    const login = { host: folder, port: 5432, user: "admin", database: "postgres", ssl: false };
    const session = await PostgresSession.open(login);
    const rows = await session.command(
      "SELECT datname FROM pg_database WHERE datname LIKE 'migrate%' UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'migrate%'",
    );
    session.close();
    return rows;
  };

  it("gets a database and a role of its own, which are dropped", async () => {
    const database = await engine("admin").open();
    expect(await leftBehind()).toHaveLength(2);
    const [row] = await database.query(
      "SELECT session_user = current_database(), rolsuper FROM pg_roles WHERE rolname = session_user",
    );
    expect(row).toEqual(["t", "f"]);
    const { failure } = await database.run({
      queries: ["CREATE TABLE a (i int)", "COPY a FROM PROGRAM 'id'"],
      timeoutMs: 10_000,
    });
    expect(failure).toMatchObject({ query: 1, error: { code: "42501" } });
    expect(database.engine.limits.join()).toContain("no superuser");
    await database[Symbol.asyncDispose]();
    expect(await leftBehind()).toEqual([]);
  });

  it("gets a database of a user who may only make that, and it is said", async () => {
    await using database = await engine("maker").open();
    expect(await database.query("SELECT session_user")).toEqual([["maker"]]);
    expect(database.engine.limits.join()).toContain("ran as maker");
  });

  it("loses the database of a query that never ends", async () => {
    await using database = await engine("admin").open();
    const queries = ["DO $$ BEGIN LOOP END LOOP; END $$"];
    expect(await database.run({ queries, timeoutMs: 300 })).toMatchObject({
      failure: { cause: "timeout" },
    });
    expect(database.alive).toBe(false);
    expect(await leftBehind()).toEqual([]);
  });
});
