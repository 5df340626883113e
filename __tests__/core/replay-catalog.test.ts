import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { compareCatalogs, printDifference } from "../../scripts/catalog-comparison.ts";
import { ThrowawayDatabase } from "../../scripts/throwaway-database.ts";
import { applyOperation } from "../../src/core/replay.ts";
import { Schema } from "../../src/core/schema.ts";
import { loadParser, type Parser } from "../../src/parser/parse-script.ts";

/*
 * Each case is a history: a folder of files in order. After every file the replayed schema has to
 * say what the database's catalog says.
 */
const CASES = join(import.meta.dirname, "../fixtures/replay");

let database: ThrowawayDatabase;
let parser: Parser;

beforeAll(async () => {
  [database, parser] = await Promise.all([ThrowawayDatabase.open(), loadParser()]);
}, 60_000);
afterAll(() => database.close());

describe("the replayed schema and the catalog of PostgreSQL", () => {
  const cases = readdirSync(CASES).toSorted();

  it("has histories to replay", () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
  });

  it.each(cases)("agree on every step of %s", async (name) => {
    await database.clear();
    const schema = new Schema();
    const folder = join(CASES, name);
    for (const file of readdirSync(folder).toSorted()) {
      const sql = readFileSync(join(folder, file), "utf8");
      const script = parser.parse(sql);
      expect(script.unparsed).toEqual([]);
      schema.beginScript();
      for (const statement of script.statements) {
        for (const operation of statement.operations) {
          applyOperation(schema, operation, { reviewing: false });
        }
      }
      await database.run(sql);
      expect({ file, difference: await differences(database, schema) }).toEqual({
        file,
        difference: [],
      });
      await database.newSession();
    }
  });
});

async function differences(real: ThrowawayDatabase, schema: Schema): Promise<string[]> {
  return printDifference(await compareCatalogs(real.query, schema));
}
