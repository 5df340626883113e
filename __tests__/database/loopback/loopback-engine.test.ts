import { once } from "node:events";
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";

import { isolatedEngine, WeakIsolation } from "../../../src/database/isolated-engine.ts";
import { makeData } from "../../../src/database/loopback/loopback-cluster.ts";
import { environmentOn, systemRoot } from "../../../src/database/loopback/loopback-environment.ts";
import { killingCommand } from "../../../src/database/loopback/keeper-script.ts";
import { LoopbackServer } from "../../../src/database/loopback/loopback-server.ts";
import { configure, settingsFile } from "../../../src/database/loopback/loopback-settings.ts";
import { CLUSTER } from "../../../src/database/postgres-cluster.ts";
import { PostgresSession, type Login } from "../../../src/database/postgres-session.ts";
import { plain } from "../../../src/database/sandbox.ts";
import { makeSurroundings } from "../../../src/database/server-surroundings.ts";
import type { Database } from "../../../src/verify/database.ts";
import { loopbackTestEngine, server } from "../postgres-engines.ts";

jest.setTimeout(60_000);
const onServer = server === undefined ? describe.skip : describe;

/** SQLSTATE that a login is refused with; undefined where it is not. */
async function refusal(login: Login): Promise<string | undefined> {
  try {
    const session = await PostgresSession.open(login);
    session.close();
    return undefined;
  } catch (error) {
    return String((error as { readonly code?: unknown }).code);
  }
}

onServer("a database on a port of 127.0.0.1", () => {
  let database: Database;
  let place: Omit<Login, "user" | "database">;
  beforeAll(async () => {
    database = await loopbackTestEngine({ extensions: ["file_fdw"] }).open();
    const [row] = await database.query("SHOW port");
    place = { host: "127.0.0.1", port: Number(row?.[0]), ssl: false, password: "wrong" };
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  it("tells each reduction of its isolation, and counts as weakly isolated", () => {
    const { limits, isolation, sandbox } = database.engine;
    expect({ isolation, sandbox }).toEqual({ isolation: "weak", sandbox: "plain" });
    const said = limits.join("\n");
    expect(said).toContain("no sandbox of the operating system");
    expect(said).toContain("on a port of 127.0.0.1 and not on a socket");
    expect(said).toContain("no limit of memory");
    expect(said.includes("letters of ASCII only")).toBe((server?.major ?? 0) <= 16);
  });

  it("is refused where SQL is not trusted", async () => {
    const engine = isolatedEngine(loopbackTestEngine(), "Use another machine.");
    await expect(engine.open()).rejects.toThrow(WeakIsolation);
  });

  it("listens on nothing else", async () => {
    expect(await database.query("SHOW listen_addresses")).toEqual([["127.0.0.1"]]);
  });

  it("lets nobody in without the password of this run, and its superuser not at all", async () => {
    const { migrations, database: work, tracer, tracerDatabase, superuser } = CLUSTER;
    expect(await refusal({ ...place, user: migrations, database: work })).toBe("28P01");
    expect(await refusal({ ...place, user: tracer, database: tracerDatabase })).toBe("28P01");
    for (const name of [work, tracerDatabase, "template1"]) {
      expect(await refusal({ ...place, user: superuser, database: name })).toBe("28000");
    }
    expect(await refusal({ ...place, user: tracer, database: work })).toBe("28000");
    expect(await refusal({ ...place, user: migrations, database: tracerDatabase })).toBe("28000");
  });

  it.each([
    "COPY (SELECT 1) TO PROGRAM 'whoami'",
    "SELECT pg_read_file('pg_hba.conf')",
    "ALTER SYSTEM SET listen_addresses = '*'",
    "SELECT pg_reload_conf()",
    "CREATE ROLE stronger SUPERUSER",
    "SELECT rolpassword FROM pg_authid",
    "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
  ])("does not grant %s", async (sql) => {
    const { failure } = await database.run({ queries: [sql], timeoutMs: 5_000 });
    expect(failure?.error.code).toBe("42501");
  });

  it("makes roles, and opens further sessions", async () => {
    expect(await database.createRole?.('app "x"')).toBe(true);
    await using other = await database.connect?.();
    expect(await other?.ask("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'app%'")).toEqual({
      rows: [["1"]],
    });
  });

  it("writes no log while migrations run", async () => {
    expect(await database.query("SHOW log_min_messages")).toEqual([["panic"]]);
  });

  it("keeps what it holds, and is opened with it, with other passwords", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mv-loopback-kept-"));
    try {
      const engine = loopbackTestEngine({ snapshots: { folder, root: "", writes: true } });
      await using first = await engine.open();
      const queries = ["CREATE TABLE kept (t text)", "INSERT INTO kept VALUES ('é')"];
      expect(await first.run({ queries, timeoutMs: 5_000 })).toMatchObject({ completed: 2 });
      await first.keep?.({ key: "k", memo: { rows: 1 } });
      expect(engine.holds?.(["k"])).toBe(true);
      await using second = await engine.open(undefined, ["other", "k"]);
      expect(second.kept).toEqual({ key: "k", memo: { rows: 1 } });
      expect(await second.query("SELECT t FROM kept")).toEqual([["é"]]);
      const verifiers = "SELECT count(*) FROM pg_roles WHERE rolcanlogin";
      expect(await second.query(verifiers)).toEqual([["3"]]);
      expect(await first.query("SELECT t FROM kept")).toEqual([["é"]]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

onServer("the start of a server on a port", () => {
  it("is tried again where the port is taken, and reads its settings as they were meant", async () => {
    if (server === undefined) throw new Error("there is no server");
    const storage = mkdtempSync(join(tmpdir(), "mv-loopback-port-"));
    const made = makeSurroundings(server, tmpdir());
    const surroundings = {
      ...made,
      environment: environmentOn(made),
      sandbox: plain(made.user),
    };
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const taken = (other.address() as AddressInfo).port;
    const keeper = new LoopbackServer(surroundings);
    try {
      const { password } = await makeData(surroundings);
      const name = String.raw`it's 'C:\temp\new'\\`;
      const tried: number[] = [];
      const port = await keeper.start((free) => {
        tried.push(free);
        configure(surroundings, tried.length === 1 ? taken : free, "set-up");
        const more = settingsFile([`cluster_name=${name}`]);
        appendFileSync(join(surroundings.data, "postgresql.auto.conf"), more);
      });
      expect(tried).toHaveLength(2);
      const place = { host: "127.0.0.1", port, ssl: false, password };
      const login = { ...place, user: CLUSTER.superuser, database: "postgres" };
      const session = await PostgresSession.open(login);
      expect(await session.command("SHOW cluster_name")).toEqual([[name]]);
      session.close();
      expect(readdirSync(surroundings.folder)).not.toContain("password");
    } finally {
      await keeper.stop();
      other.close();
      rmSync(storage, { recursive: true });
    }
  });
});

describe("what kills a server that does not end", () => {
  it("on Windows is PowerShell, and no word of it has to be quoted for Windows", () => {
    const [program, ...args] = killingCommand("C:/own", "win32");
    expect(program).toMatch(/^C:\\Windows\\System32\\.*\\powershell\.exe$/);
    expect(args.join("")).not.toMatch(/["\\%]/);
    const command = args.at(-1)?.replaceAll("{pid}", "42");
    expect(command).toContain("Name=''postgres.exe'' AND (ProcessId=42 OR ParentProcessId=42)");
  });
});

describe("the environment of PostgreSQL's programs", () => {
  const surroundings = {
    binaries: { major: 17, bin: String.raw`C:\Program Files\PostgreSQL\17\bin` },
    storage: "",
    folder: String.raw`C:\Temp\own`,
    data: "",
    user: undefined,
    environment: { LD_LIBRARY_PATH: "/lib" },
  };

  it("on Windows is what the system needs, and nothing of whoever runs this program", () => {
    process.env["MIGRATE_VERIFY_TEST_SECRET"] = "secret";
    const environment = environmentOn(surroundings, "win32");
    delete process.env["MIGRATE_VERIFY_TEST_SECRET"];
    expect(Object.keys(environment).toSorted()).toEqual([
      "ComSpec",
      "PATH",
      "SystemRoot",
      "TEMP",
      "TMP",
    ]);
    expect(environment["ComSpec"]).toBe(String.raw`${systemRoot()}\System32\cmd.exe`);
    expect(environment["TEMP"]).toBe(surroundings.folder);
  });

  it("elsewhere is what links its libraries", () => {
    expect(environmentOn(surroundings, "linux")).toEqual({ LD_LIBRARY_PATH: "/lib" });
  });
});
