import { mkdtempSync, chmodSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";

import { DEFAULT_SETTINGS } from "../../src/core/settings.ts";
import type { Engine } from "../../src/verify/database.ts";
import type { ProjectVerification } from "../../src/verify/script-run.ts";
import { SharedEngine } from "../verify/shared-engine.ts";
import { STATEMENTS, TRANSACTION, verify } from "../verify/scripts.ts";
import { HOSTILE, type HostileScript } from "./hostile-scripts.ts";
import { nativeTestEngine, server } from "./postgres-engines.ts";

// What is asked for is much, and the machine may be small.
jest.setTimeout(120_000);
const onServer = server === undefined ? describe.skip : describe;

const BASE = "CREATE TABLE kept (id int PRIMARY KEY, note text); INSERT INTO kept VALUES (1, 'a')";
/** For scripts that never end; the others have the usual time. */
const SHORT = { ...DEFAULT_SETTINGS.verify.limits, statementMs: 1_000 };

/** Processes that work in a folder; on Linux only. */
function processesIn(folder: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

/** SQLSTATE that the server at hand fails with. */
function codeOf({ code, codeUpTo14 = code }: HostileScript): string | undefined {
  return server !== undefined && server.major <= 14 ? codeUpTo14 : code;
}

function isEndless({ says }: HostileScript): boolean {
  return says?.source.includes("ran past") === true;
}

/** What a script made outside of its server. */
function marks(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.includes("hostile-mark"));
}

/** Segments of shared memory that nobody is attached to. */
function orphans(): string[] {
  if (process.platform !== "linux") return [];
  const [, ...lines] = readFileSync("/proc/sysvipc/shm", "utf8").trim().split("\n");
  return lines.flatMap((line) => {
    const [, id, , , , , attached] = line.trim().split(/\s+/);
    return id !== undefined && attached === "0" ? [id] : [];
  });
}

onServer("a hostile migration", () => {
  let storage = "";
  /** What a migration could write to, and must not. */
  let outside: readonly string[] = [];
  beforeAll(() => {
    storage = mkdtempSync(join(tmpdir(), "mv-hostile-"));
    chmodSync(storage, 0o777);
    outside = marks();
  });
  afterAll(() => rmSync(storage, { recursive: true }));

  /** For scripts that are refused, which is most: a server for each would take its time. */
  const shared = new SharedEngine({ open: () => nativeTestEngine().open() });
  afterAll(() => shared[Symbol.asyncDispose]());

  const run = (
    up: string,
    execution = TRANSACTION,
    engine: Engine = nativeTestEngine({ storage }),
    limits = DEFAULT_SETTINGS.verify.limits,
  ): Promise<ProjectVerification> =>
    verify(
      {
        base: [BASE],
        changed: [{ up, down: { absent: "missing" }, execution }],
        // Rows would take longer than what is asked for.
        settings: { limits, rows: 0 },
      },
      engine,
    );

  it.each(HOSTILE)("that $what ends in a report, and in nothing else", async (one) => {
    const { sql, outcome, autocommit, says } = one;
    const code = codeOf(one);
    const before = orphans();
    const { verifications, unverified } = await run(
      sql,
      autocommit === true ? STATEMENTS : TRANSACTION,
      outcome === "not-run" && code === undefined ? shared : undefined,
      isEndless(one) ? SHORT : undefined,
    );
    const [verification] = verifications;
    const error = verification?.up.error;
    const told = [error?.message, ...unverified.map(({ reason }) => reason)].join("; ");
    expect({ outcome: verification?.up.outcome, code: code && error?.code }).toEqual({
      outcome,
      code,
    });
    expect(told).toMatch(says ?? "");
    // Never green by accident.
    expect(outcome === "not-run" ? unverified : [""]).not.toEqual([]);
    expect(JSON.stringify(verifications).length).toBeLessThan(100_000);
    expect(readdirSync(storage)).toEqual([]);
    expect(processesIn(storage)).toEqual([]);
    expect(marks()).toEqual(outside);
    expect(orphans().filter((id) => !before.includes(id))).toEqual([]);
  });

  it("leaves the next verification as it is", async () => {
    const { verifications, unverified } = await run("ALTER TABLE kept ADD COLUMN more int");
    expect(verifications[0]?.up.outcome).toBe("passed");
    expect(unverified).toEqual([]);
  });

  it("is one of at least forty", () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(40);
    expect(new Set(HOSTILE.map(({ sql }) => sql)).size).toBe(HOSTILE.length);
  });
});
