import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";

import type { Drift } from "../../src/core/drift.ts";
import { prismaDrift } from "../../src/drift/prisma-drift.ts";
import { DatabaseGone, type Engine } from "../../src/verify/database.ts";
import { nativeTestEngine, server } from "../database/postgres-engines.ts";
import { SharedEngine } from "../verify/shared-engine.ts";
import { compareModels } from "../model-comparer.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/drift");

interface Case {
  readonly what: string;
  readonly migrations: string;
  readonly models: readonly string[];
  readonly expected: string;
}

/** One file is one case: what the migrations build, the models, and what closes the gap. */
const CASES: readonly Case[] = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  const [, migrations = "", models = "", expected = ""] = text.split(
    /^-- (?:migrations|models|expected)\n/m,
  );
  const parts = models.split(/^-- file\n/m);
  return { what: basename(file, ".txt"), migrations, models: parts, expected: expected.trim() };
});

function words({ sql, reason }: Drift): string {
  return reason === undefined ? sql : `could not tell: ${reason.split("\n", 1)[0]}`;
}

async function drift(engine: Engine, { migrations, models }: Case): Promise<Drift> {
  await using database = await engine.open();
  const { failure } = await database.run({ queries: [migrations], timeoutMs: 30_000 });
  expect(failure).toBeUndefined();
  const files = models.map((text, at) => ({ path: `prisma/${at}.prisma`, text }));
  return compareModels(database, files);
}

describe("Prisma's models against what the migrations build", () => {
  const engine = new SharedEngine();
  afterAll(() => engine[Symbol.asyncDispose]());

  it.each(CASES)("$what", async (one) => {
    expect(words(await drift(engine, one))).toBe(one.expected);
  });

  it("says so when the comparison does not start", async () => {
    await using database = await engine.open();
    const files = [{ path: "schema.prisma", text: "" }];
    const told = await prismaDrift(database, files, { worker: "/nowhere.js", engine: "" });
    expect(told.reason).toContain("/nowhere.js");
  });

  it("ends with the database", async () => {
    await using database = await engine.open();
    await database.run({ queries: ["SELECT pg_sleep(60)"], timeoutMs: 1 });
    const files = [
      { path: "schema.prisma", text: 'datasource db {\n  provider = "postgresql"\n}' },
    ];
    await expect(compareModels(database, files)).rejects.toThrow(DatabaseGone);
  });
});

(server === undefined ? describe.skip : describe)("the same on a real server", () => {
  const engine = new SharedEngine({ open: () => nativeTestEngine().open() });
  afterAll(() => engine[Symbol.asyncDispose]());

  it.each(CASES)("$what", async (one) => {
    expect(words(await drift(engine, one))).toBe(one.expected);
  });
});
