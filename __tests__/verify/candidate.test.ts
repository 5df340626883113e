import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it, jest } from "@jest/globals";

import type { CandidateDown } from "../../src/core/verification.ts";
import { lossWords } from "../../src/report/row-words.ts";
import { SCRIPT, verify } from "./scripts.ts";
import { SharedEngine } from "./shared-engine.ts";

jest.setTimeout(120_000);
const engine = new SharedEngine();
afterAll(() => engine[Symbol.asyncDispose]());

const FOLDER = join(import.meta.dirname, "../fixtures/verify/candidate");

interface Case {
  readonly what: string;
  readonly base: string;
  readonly up: string;
  readonly expected: string;
}

/** One file is one case: what is there before, an up, and the down that follows from it. */
const CASES: readonly Case[] = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  const [, base = "", up = "", expected = ""] = text.split(/^-- (?:base|up|expected)\n/m);
  return { what: basename(file, ".sql"), base, up, expected };
});

function words(candidate: CandidateDown | undefined): string {
  if (candidate === undefined) return "-- none was asked for\n";
  if ("reason" in candidate) return `-- none: ${candidate.reason}\n`;
  const lost = lossWords(candidate.rows).map((line) => `-- not brought back: ${line}\n`);
  return `-- ${candidate.verdict}\n${lost.join("")}${candidate.sql}`;
}

async function derived({ base, up }: Case): Promise<string> {
  const down = { absent: "missing" } as const;
  const { verifications } = await verify(
    {
      base: [base],
      changed: [{ up, down }],
      execution: SCRIPT,
      settings: { rows: 10 },
      derivesDown: true,
    },
    engine,
  );
  expect(verifications[0]?.up.error).toBeUndefined();
  return words(verifications[0]?.down.candidate);
}

describe("a down script that is derived from an up", () => {
  it.each(CASES)("$what", async (one) => {
    expect(await derived(one)).toBe(one.expected);
  });

  it("is not made where the migration's own restores everything", async () => {
    const { verifications } = await verify(
      {
        base: ["CREATE TABLE a (id int)"],
        changed: [{ up: "ALTER TABLE a ADD b int", down: "ALTER TABLE a DROP b" }],
        derivesDown: true,
      },
      engine,
    );
    expect(verifications[0]?.down).not.toHaveProperty("candidate");
  });
});
