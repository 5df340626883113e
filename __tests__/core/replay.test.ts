import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { array, assert, constantFrom, property } from "fast-check";
import type { Operation } from "../../src/core/operation.ts";
import { locksOf } from "../../src/core/lock-table.ts";
import { applyOperation } from "../../src/core/replay.ts";
import { Schema } from "../../src/core/schema.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { schemaFacts } from "../../scripts/schema-facts.ts";

const parser = await loadParser();

function operationsOf(sql: string): Operation[] {
  return parser.parse(sql).statements.flatMap(({ operations }) => operations);
}

/** A schema after a history and then a migration under review. */
function reviewed(history: string, migration: string): Schema {
  const schema = new Schema();
  for (const operation of operationsOf(history)) {
    applyOperation(schema, operation, { reviewing: false });
  }
  for (const operation of operationsOf(migration)) {
    applyOperation(schema, operation, { reviewing: true });
  }
  return schema;
}

const OLD = "CREATE TABLE t (id integer);";

describe("what is new, and what is empty", () => {
  it.each<[string, string, { isNew: boolean; isEmpty: boolean } | undefined]>([
    ["an old table", "SELECT 1", { isNew: false, isEmpty: false }],
    [
      "an old table that is made again",
      "CREATE TABLE IF NOT EXISTS t (id integer)",
      { isNew: false, isEmpty: false },
    ],
    [
      "an old table under a new name",
      "ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME TO t",
      { isNew: false, isEmpty: false },
    ],
    ["an old table that is truncated", "TRUNCATE t", { isNew: false, isEmpty: false }],
    [
      "a table that replaces an old one",
      "DROP TABLE t; CREATE TABLE t (id integer)",
      { isNew: true, isEmpty: true },
    ],
    ["a dropped table", "DROP TABLE t", undefined],
    [
      "a drop that is rolled back",
      "BEGIN; DROP TABLE t; ROLLBACK",
      { isNew: false, isEmpty: false },
    ],
  ])("%s", (_, migration, expected) => {
    const table = reviewed(OLD, migration).table({ name: "t" });
    expect(table && { isNew: table.isNew, isEmpty: table.isEmpty }).toEqual(expected);
  });

  const NEW = "CREATE TABLE n (id integer);";
  it.each<[string, string, { isNew: boolean; isEmpty: boolean } | undefined]>([
    ["just made", NEW, { isNew: true, isEmpty: true }],
    [
      "made if it is not there",
      "CREATE TABLE IF NOT EXISTS n (id integer)",
      { isNew: true, isEmpty: true },
    ],
    [
      "under another name",
      "CREATE TABLE m (id integer); ALTER TABLE m RENAME TO n",
      { isNew: true, isEmpty: true },
    ],
    ["after an INSERT", `${NEW} INSERT INTO n VALUES (1)`, { isNew: true, isEmpty: false }],
    [
      "after an INSERT in WITH",
      `${NEW} WITH x AS (INSERT INTO n VALUES (1) RETURNING id) SELECT id FROM x`,
      { isNew: true, isEmpty: false },
    ],
    ["after COPY FROM", `${NEW} COPY n FROM '/tmp/n'`, { isNew: true, isEmpty: false }],
    ["after COPY TO", `${NEW} COPY n TO '/tmp/n'`, { isNew: true, isEmpty: true }],
    [
      "after MERGE",
      `${NEW} MERGE INTO n USING t ON false WHEN NOT MATCHED THEN INSERT VALUES (1)`,
      { isNew: true, isEmpty: false },
    ],
    [
      "after UPDATE and DELETE",
      `${NEW} UPDATE n SET id = 1; DELETE FROM n`,
      { isNew: true, isEmpty: true },
    ],
    [
      "after TRUNCATE",
      `${NEW} INSERT INTO n VALUES (1); TRUNCATE n`,
      { isNew: true, isEmpty: true },
    ],
    ["made of a query", "CREATE TABLE n AS SELECT id FROM t", { isNew: true, isEmpty: false }],
    [
      "made of a query without data",
      "CREATE TABLE n AS SELECT id FROM t WITH NO DATA",
      { isNew: true, isEmpty: true },
    ],
    [
      "filled through its parent",
      "CREATE TABLE p (id integer) PARTITION BY LIST (id); CREATE TABLE n PARTITION OF p DEFAULT; INSERT INTO p VALUES (1)",
      { isNew: true, isEmpty: false },
    ],
    [
      "filled through its partition",
      "CREATE TABLE n (id integer) PARTITION BY LIST (id); CREATE TABLE x PARTITION OF n DEFAULT; INSERT INTO x VALUES (1)",
      { isNew: true, isEmpty: false },
    ],
    [
      "with a full partition attached",
      "CREATE TABLE n (id integer) PARTITION BY LIST (id); ALTER TABLE n ATTACH PARTITION t DEFAULT",
      { isNew: true, isEmpty: false },
    ],
    ["rolled back", `BEGIN; ${NEW} ROLLBACK`, undefined],
    ["rolled back to a savepoint", `BEGIN; SAVEPOINT s; ${NEW} ROLLBACK TO s; COMMIT`, undefined],
    [
      "made by a function that is only declared",
      "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE n (id integer); END $$",
      undefined,
    ],
  ])("a table %s", (_, migration, expected) => {
    const table = reviewed(OLD, migration).table({ name: "n" });
    expect(table && { isNew: table.isNew, isEmpty: table.isEmpty }).toEqual(expected);
  });

  it("marks columns, types and views of the migrations under review", () => {
    const schema = reviewed(
      "CREATE TABLE t (id integer); CREATE TYPE a AS ENUM ('x'); CREATE VIEW v AS SELECT id FROM t;",
      "ALTER TABLE t ADD COLUMN n integer; CREATE TYPE b AS ENUM ('x'); CREATE VIEW w AS SELECT id FROM t; CREATE OR REPLACE VIEW v AS SELECT id FROM t;",
    );
    expect(schema.table({ name: "t" })?.columns.map(({ name, isNew }) => [name, isNew])).toEqual([
      ["id", false],
      ["n", true],
    ]);
    expect(["a", "b"].map((name) => schema.enumType({ name })?.isNew)).toEqual([false, true]);
    expect(["v", "w"].map((name) => schema.view({ name })?.isNew)).toEqual([false, true]);
  });
});

describe("a proof that a column holds no NULL", () => {
  it.each<[string, boolean]>([
    ["ALTER TABLE t ALTER COLUMN n SET NOT NULL", true],
    ["ALTER TABLE t ADD CHECK (n IS NOT NULL)", true],
    ["ALTER TABLE t ADD CHECK (n IS NOT NULL AND n > 0)", true],
    ["ALTER TABLE t ADD CHECK (n IS NOT NULL OR n > 0)", false],
    ["ALTER TABLE t ADD CHECK (n > 0)", false],
    ["ALTER TABLE t ADD CONSTRAINT c CHECK (n IS NOT NULL) NOT VALID", false],
    [
      "ALTER TABLE t ADD CONSTRAINT c CHECK (n IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c",
      true,
    ],
    ["ALTER TABLE t ADD CHECK (n IS NOT NULL) NOT ENFORCED", false],
    ["ALTER TABLE t ADD CONSTRAINT c NOT NULL n NOT VALID", false],
    [
      "ALTER TABLE t ADD CONSTRAINT c NOT NULL n NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c",
      true,
    ],
    ["ALTER TABLE t ADD PRIMARY KEY (n)", true],
    [
      "ALTER TABLE t ADD CHECK (n IS NOT NULL); ALTER TABLE t RENAME COLUMN n TO m; ALTER TABLE t ADD COLUMN n integer",
      false,
    ],
  ])("%s", (migration, expected) => {
    const schema = reviewed("CREATE TABLE t (id integer, n integer);", migration);
    expect(schema.provenNotNull({ name: "t" }, "n")).toBe(expected);
  });
});

describe("a copy", () => {
  it("does not see what happens to the schema, nor the schema what happens to it", () => {
    const schema = reviewed(OLD, "");
    const copy = schema.copy();
    for (const operation of operationsOf(
      "ALTER TABLE t ADD COLUMN a integer; CREATE INDEX ON t (a)",
    )) {
      applyOperation(schema, operation, { reviewing: false });
    }
    for (const operation of operationsOf("DROP TABLE t; CREATE TYPE e AS ENUM ('x')")) {
      applyOperation(copy, operation, { reviewing: false });
    }
    expect(schema.column({ name: "t" }, "a")).toBeDefined();
    expect(schema.indexesOf({ name: "t" })).toHaveLength(1);
    expect(schema.enumType({ name: "e" })).toBeUndefined();
    expect(copy.table({ name: "t" })).toBeUndefined();
    expect(copy.enumType({ name: "e" })).toBeDefined();
  });

  it("keeps the transaction that is open", () => {
    const copy = reviewed(OLD, "BEGIN; DROP TABLE t").copy();
    copy.rollback();
    expect(copy.table({ name: "t" })).toBeDefined();
  });
});

describe("any operations in any order", () => {
  const folder = join(import.meta.dirname, "../fixtures/replay");
  const operations = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sql"))
    .flatMap((path) => operationsOf(readFileSync(join(folder, path), "utf8")));

  it("are applied, and their locks told, without throwing, and leave an earlier copy as it was", () => {
    expect(operations.length).toBeGreaterThan(400);
    assert(
      property(array(constantFrom(...operations), { maxLength: 60 }), (sample) => {
        const schema = new Schema();
        const half = Math.floor(sample.length / 2);
        for (const operation of sample.slice(0, half)) {
          applyOperation(schema, operation, { reviewing: true });
        }
        const copy = schema.copy();
        const before = schemaFacts(copy).facts;
        for (const operation of sample.slice(half)) {
          locksOf(operation, schema);
          applyOperation(schema, operation, { reviewing: true });
        }
        expect(schemaFacts(copy).facts).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });
});
