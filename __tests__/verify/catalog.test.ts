import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";

import { readCatalog, type Catalog } from "../../src/verify/catalog.ts";
import type { Database } from "../../src/verify/database.ts";
import { difference } from "../../src/verify/difference.ts";
import { testEngine } from "../engine.ts";
import { CATALOG_CHANGES, CATALOG_SCHEMA } from "../fixtures/verify/catalog-changes.ts";

/** One of each that is not among the changes. */
const RARE = `CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;
CREATE CONVERSION narrow FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TEXT SEARCH PARSER splitter (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE bare (LEXIZE = dsimple_lexize);
CREATE OPERATOR CLASS kind_of FOR TYPE int USING btree AS OPERATOR 3 =;
CREATE TRUSTED LANGUAGE tongue HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR int LANGUAGE plpgsql (FROM SQL WITH FUNCTION prsd_lextype(internal));
`;
const RARE_KINDS = [
  "access method",
  "conversion",
  "language",
  "operator class",
  "text search parser",
  "text search template",
  "transform",
];

// Databases start slowly on a busy machine.
jest.setTimeout(120_000);

describe("a change of the schema is seen, and nothing is left when it is undone", () => {
  let database: Database;
  let before: Catalog;

  beforeAll(async () => {
    database = await testEngine().open();
    await run(CATALOG_SCHEMA);
    before = await readCatalog(database);
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  async function run(sql: string): Promise<void> {
    const { failure } = await database.run({ queries: [sql], timeoutMs: 60_000 });
    expect(failure).toBeUndefined();
  }

  it.each(CATALOG_CHANGES)("%s", async (sql, undo, expected) => {
    await run(sql);
    const after = await readCatalog(database);
    await run(undo);
    expect(difference(before, after).map(({ object, name }) => `${object} ${name}`)).toEqual(
      expected,
    );
    expect(difference(before, await readCatalog(database))).toEqual([]);
  });

  it.each([
    ["a temporary table", "CREATE TEMPORARY TABLE scratch (a serial)", "DROP TABLE scratch"],
    [
      "a runner's table with what belongs to it",
      "CREATE TABLE goose_db_version (id serial PRIMARY KEY); CREATE INDEX ON goose_db_version (id)",
      "DROP TABLE goose_db_version",
    ],
    [
      "the next value of a sequence",
      "SELECT nextval('numbers')",
      "SELECT setval('numbers', 1, false)",
    ],
    [
      "an object of an extension",
      "CREATE EXTENSION citext SCHEMA pg_catalog",
      "DROP EXTENSION citext",
    ],
  ])("%s is not looked at", async (what, sql, undo) => {
    await run(sql);
    const after = await readCatalog(database);
    await run(undo);
    const seen = difference(before, after).map(({ object }) => object);
    expect(seen).toEqual(what.includes("extension") ? ["extension"] : []);
  });

  it("reading leaves the session as it was, and a hostile search path does not mislead it", async () => {
    await run(`CREATE SCHEMA evil; CREATE FUNCTION evil.format_type(oid, int) RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$;
      CREATE VIEW evil.pg_class AS SELECT 1; SET search_path = evil, pg_catalog`);
    const objects = await readCatalog(database);
    const [path] = await database.query("SHOW search_path");
    await run("RESET search_path; DROP SCHEMA evil CASCADE");
    expect(path).toEqual(["evil, pg_catalog"]);
    expect(difference(before, objects).map(({ name }) => name)).toEqual(["evil"]);
  });

  it("finds objects of every kind that is looked for only where there are some", async () => {
    await run(RARE);
    const kinds = new Set((await readCatalog(database)).map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(RARE_KINDS));
  });
});
