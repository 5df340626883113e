import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { MigrationScript, Project } from "../../src/core/migration.ts";
import { readCatalog, type Catalog } from "../../src/verify/catalog.ts";
import { difference } from "../../src/verify/difference.ts";
import { SharedEngine } from "../verify/shared-engine.ts";
import { CASES } from "./fix-cases.ts";
import { changeOf, fixed, projectOf } from "./fixed.ts";

let engine: SharedEngine;
beforeAll(() => {
  engine = new SharedEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

/** As the project's runner sends it. */
function queriesOf({ text, span, execution }: MigrationScript): readonly string[] {
  const sql = text.slice(span.start, span.end);
  return execution.transaction ? ["BEGIN", sql, "COMMIT"] : [sql];
}

/** The schema after every up of a project, on an empty database. */
async function schemaOf({ migrations }: Project): Promise<Catalog> {
  await using database = await engine.open();
  const queries = migrations.flatMap(({ up }) => queriesOf(up));
  const { failure } = await database.run({ queries, timeoutMs: 10_000 });
  expect(failure).toBeUndefined();
  return readCatalog(database);
}

describe.each(CASES)("$title", ({ history, added }) => {
  it("gives the same schema as before it was fixed", async () => {
    const change = changeOf(history, added);
    const before = await schemaOf(projectOf(change.files));
    const after = await schemaOf(projectOf((await fixed(change)).change.files));
    expect(difference(before, after)).toEqual([]);
  });
});
