import { afterAll, describe, expect, it, jest } from "@jest/globals";

import type { PartialFailure, PartialStep } from "../../src/core/partial-failure.ts";
import { nativeTestEngine, server } from "../database/postgres-engines.ts";
import { SharedEngine } from "./shared-engine.ts";
import { SCRIPT, STATEMENTS, TRANSACTION, verify, type WrittenPair } from "./scripts.ts";

jest.setTimeout(120_000);
const onServer = server === undefined ? describe.skip : describe;

const BASE = "CREATE TABLE users (id int PRIMARY KEY, age int)";

function told(step: PartialStep | undefined): string | undefined {
  if (step === undefined) return undefined;
  const left = step.difference.map(({ change, name }) => `${change} ${name}`).join(", ");
  return [step.outcome, step.error?.code, left].filter(Boolean).join(" ");
}

function lines(failures: readonly PartialFailure[] | undefined): unknown[] | undefined {
  return failures?.map(({ line, stopped, upAgain, down }) => [
    `${stopped} ${line}`,
    told(upAgain),
    told(down),
  ]);
}

const PLAIN = {
  up: "ALTER TABLE users ADD a int;\nALTER TABLE users ADD b int;",
  down: "ALTER TABLE users DROP b;\nALTER TABLE users DROP a",
  execution: STATEMENTS,
};
const CAREFUL = {
  up: "ALTER TABLE users ADD IF NOT EXISTS a int;\nALTER TABLE users ADD IF NOT EXISTS b int;",
  down: "ALTER TABLE users DROP IF EXISTS b;\nALTER TABLE users DROP IF EXISTS a",
  execution: STATEMENTS,
};
const INDEX = {
  up: "CREATE INDEX CONCURRENTLY IF NOT EXISTS users_age ON users (age)",
  down: "DROP INDEX CONCURRENTLY users_age",
  execution: STATEMENTS,
};

describe("a migration that stops half way", () => {
  const engine = new SharedEngine();
  afterAll(() => engine[Symbol.asyncDispose]());
  const tried = async (pair: WrittenPair) => {
    const { verifications } = await verify({ base: [BASE], changed: [pair, PLAIN2] }, engine);
    // What was tried is not in the way of the next one.
    expect(verifications[1]?.down.verdict).toBe("exact");
    return lines(verifications[0]?.partialFailures);
  };
  const PLAIN2 = { up: "CREATE TABLE next (i int)", down: "DROP TABLE next" };

  it("can neither be run again nor undone where its statements ask for all or nothing", async () => {
    expect(await tried(PLAIN)).toEqual([["after 1", "failed 42701", "failed 42703"]]);
  });

  it("can be both where they take what is there", async () => {
    expect(await tried(CAREFUL)).toEqual([["after 1", "passed", "passed"]]);
  });

  it("says in how many places it can stop where not all of them are tried", async () => {
    const columns = Array.from({ length: 12 }, (_, at) => `ADD c${at} int`);
    const up = columns.map((add) => `ALTER TABLE users ${add};`).join("\n");
    const { verifications, engine: used } = await verify(
      { base: [BASE], changed: [{ up, down: { absent: "missing" }, execution: STATEMENTS }] },
      engine,
    );
    expect(verifications[0]?.partialFailures).toHaveLength(8);
    expect(used?.limits).toContainEqual(
      expect.stringMatching(/can stop half way in 11 places, of which 8 were tried\.$/),
    );
  });

  it("says that a script's own transactions were not interrupted", async () => {
    const up = "BEGIN;\nALTER TABLE users ADD a int;\nCOMMIT;\nALTER TABLE users ADD b int;";
    const { verifications, engine: used } = await verify(
      { base: [BASE], changed: [{ up, down: PLAIN.down, execution: STATEMENTS }] },
      engine,
    );
    expect(verifications[0]?.partialFailures).toBeUndefined();
    expect(used?.limits).toContainEqual(expect.stringContaining("its own BEGIN and COMMIT"));
  });

  it("is told without a down where there is none", async () => {
    const down = { absent: "missing" } as const;
    expect(await tried({ ...PLAIN, down })).toEqual([["after 1", "failed 42701", undefined]]);
  });

  it("is not tried where it is one transaction", async () => {
    expect(await tried({ ...PLAIN, execution: TRANSACTION })).toBeUndefined();
    expect(await tried({ ...PLAIN, execution: SCRIPT })).toBeUndefined();
  });
});

onServer("an index build that is ended in the middle", () => {
  const engine = new SharedEngine({ open: () => nativeTestEngine().open() });
  afterAll(() => engine[Symbol.asyncDispose]());

  it("leaves an invalid index, which IF NOT EXISTS takes for the whole one", async () => {
    const { verifications } = await verify({ base: [BASE], changed: [INDEX] }, engine);
    expect(lines(verifications[0]?.partialFailures)).toEqual([
      ["within 1", "failed changed users_age on users", "passed"],
    ]);
  });
});
