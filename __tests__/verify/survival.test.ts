import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it, jest } from "@jest/globals";

import type { TableFate, Verification } from "../../src/core/verification.ts";
import { rowsWords } from "../../src/report/row-words.ts";
import { nativeTestEngine, server } from "../database/postgres-engines.ts";
import { SCRIPT, verify } from "./scripts.ts";
import { SharedEngine } from "./shared-engine.ts";

jest.setTimeout(120_000);

const FOLDER = join(import.meta.dirname, "../fixtures/verify/survival");

interface Case {
  readonly what: string;
  readonly base: string;
  readonly up: string;
  readonly down: string;
  readonly expected: string;
}

/** One file is one case: what is there before, a migration, and in words what becomes of its rows. */
const CASES: readonly Case[] = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  const [, base = "", up = "", down = "", expected = ""] = text.split(
    /^-- (?:base|up|down|expected)\n/m,
  );
  return { what: basename(file, ".sql"), base, up, down, expected: expected.trim() };
});

function words(verification: Verification | undefined): string {
  if (verification === undefined) return "nothing";
  const { up, down, upAgain, survival, rows, cautions = [], idleStatements = [] } = verification;
  return [
    `up ${up.outcome}${up.error === undefined ? "" : `: ${up.error.message}`}`,
    ...(survival?.fates ?? []).map((fate) => `  ${fateWords(fate)}`),
    `down ${down.verdict}${down.error === undefined ? "" : `: ${down.error.message}`}`,
    ...rows.map((one) => `  ${rowsWords(one)}`),
    `up again ${upAgain.outcome}`,
    ...idleStatements.map(
      ({ line, command, table, rows: held, onOld }) =>
        `idle: ${command} in line ${line}, none of ${held} rows of ${table}${onOld ? ", on what was there" : ""}`,
    ),
    ...cautions.map(
      ({ step, on, error, rows: lost }) =>
        `caution: ${step} on rows of kind ${on}: ${[error?.message, ...lost.map(rowsWords)].join("; ")}`,
    ),
  ]
    .map((line) => `-- ${line}`)
    .join("\n");
}

function fateWords({ table, to, before, lost, added, columns, cause }: TableFate): string {
  return [
    `${table}${to === undefined ? "" : ` is now ${to}`}: ${before} rows, ${lost} lost, ${added} added${causeWords(cause)}`,
    ...columns.map(
      ({ column, fate, to: now, rows, cause: own }) =>
        `${column} ${fate}${now === undefined ? "" : ` as ${now}`} in ${rows}${causeWords(own)}`,
    ),
  ].join("; ");
}

function causeWords(cause: TableFate["cause"]): string {
  if (cause === undefined) return "";
  const { line, foreignKey } = cause;
  return ` by line ${line}${foreignKey === undefined ? "" : ` through ${foreignKey}`}`;
}

async function verified(one: Case, engine: SharedEngine): Promise<string> {
  const { verifications } = await verify(
    { base: [one.base], changed: [one], execution: SCRIPT, settings: { rows: 10 } },
    engine,
  );
  return words(verifications[0]);
}

describe("what becomes of rows", () => {
  const engine = new SharedEngine();
  afterAll(() => engine[Symbol.asyncDispose]());

  it("is read from files", () => {
    expect(CASES.length).toBeGreaterThan(30);
  });

  it.each(CASES)("$what", async (one) => {
    expect(await verified(one, engine)).toBe(one.expected);
  });
});

/** Before PostgreSQL 18, NOT NULL has no name that could be another one afterwards. */
function withoutNames({ what, expected }: Case): string {
  const isNamed = (server?.major ?? 0) < 18 && ["rebuild-table", "split-partition"].includes(what);
  return isNamed ? expected.replace("down cosmetic", "down exact") : expected;
}

(server === undefined ? describe.skip : describe)("what becomes of rows on a real server", () => {
  const engine = new SharedEngine({ open: () => nativeTestEngine().open() });
  afterAll(() => engine[Symbol.asyncDispose]());

  it.each(CASES)("$what", async (one) => {
    expect(await verified(one, engine)).toBe(withoutNames(one));
  });
});
