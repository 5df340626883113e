import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Migration, MigrationScript } from "../../src/core/migration.ts";
import { djangoExamples, djangoFiles, djangoProject } from "./django.ts";

jest.setTimeout(60_000);

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
});
afterAll(() => database.close());

/** Sends a script as Django does, and gives the SQLSTATE of what was refused. */
async function run({ text, execution, statementSpans = [] }: MigrationScript) {
  const queries = statementSpans.map(({ start, end }) => text.slice(start, end));
  try {
    if (execution.transaction) await database.exec("BEGIN");
    for (const query of queries) await database.exec(query);
    if (execution.transaction) await database.exec("COMMIT");
    return undefined;
  } catch (error) {
    await database.exec("ROLLBACK");
    return (error as { readonly code: string }).code;
  }
}

/** Each example's side on an empty database: the history, then what is under review. */
async function runSide(before: string, changed: string) {
  await database.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  const { migrations } = djangoProject(djangoFiles(before, changed));
  const reviewed: Migration[] = [];
  for (const migration of migrations) {
    const isReviewed = /^shop\.000[2-9]/.test(migration.id);
    const code = isReviewed ? undefined : await run(migration.up);
    if (code !== undefined) throw new Error(`${migration.id} ended with ${code}`);
    if (isReviewed) reviewed.push(migration);
  }
  return reviewed;
}

describe.each(djangoExamples)("$title", ({ example }) => {
  it("runs the bad migration, to the error that is stated", async () => {
    const codes: (string | undefined)[] = [];
    for (const { up } of await runSide(example.before, example.bad)) codes.push(await run(up));
    expect(codes.find((code) => code !== undefined)).toBe(example.fails);
  });

  it("runs the good migrations up, down and up again", async () => {
    const reviewed = await runSide(example.before, example.good);
    for (const { up } of reviewed) expect(await run(up)).toBeUndefined();
    for (const { up, down } of reviewed.toReversed()) {
      if (typeof down === "string") continue;
      expect(await run(down)).toBeUndefined();
      expect(await run(up.again ?? up)).toBeUndefined();
      expect(await run(down)).toBeUndefined();
    }
  });
});
