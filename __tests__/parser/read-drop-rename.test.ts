import { describe, expect, it } from "@jest/globals";
import { operationOf, operationsOf, type Brief } from "./brief.ts";

describe("DROP", () => {
  it.each<[string, Brief]>([
    [
      "DROP TABLE IF EXISTS s.t CASCADE",
      { kind: "drop-table", table: "s.t", ifExists: true, cascade: true },
    ],
    ["DROP FOREIGN TABLE f", { kind: "drop-table", table: "f", foreign: true }],
    ["DROP VIEW v", { kind: "drop-view", view: "v" }],
    ["DROP MATERIALIZED VIEW s.m", { kind: "drop-view", view: "s.m", materialized: true }],
    [
      "DROP INDEX CONCURRENTLY IF EXISTS s.i",
      { kind: "drop-index", index: "s.i", concurrently: true, ifExists: true },
    ],
    ["DROP SEQUENCE q", { kind: "drop-sequence", sequence: "q" }],
    ['DROP TYPE s."Mood"', { kind: "drop-type", type: "s.Mood" }],
    ["DROP DOMAIN d", { kind: "drop-type", type: "d", domain: true }],
    ["DROP SCHEMA s CASCADE", { kind: "drop-schema", schema: "s", cascade: true }],
    ["DROP EXTENSION IF EXISTS e", { kind: "drop-extension", extension: "e", ifExists: true }],
    [
      "DROP FUNCTION s.f(int, OUT text, VARIADIC text[])",
      { kind: "drop-function", form: "function", function: "s.f", parameters: ["int4", "text[]"] },
    ],
    ["DROP FUNCTION f", { kind: "drop-function", form: "function", function: "f" }],
    [
      "DROP PROCEDURE p(int)",
      { kind: "drop-function", form: "procedure", function: "p", parameters: ["int4"] },
    ],
    ["DROP ROUTINE r", { kind: "drop-function", form: "routine", function: "r" }],
    [
      "DROP AGGREGATE a(int)",
      { kind: "drop-function", form: "aggregate", function: "a", parameters: ["int4"] },
    ],
    [
      "DROP TRIGGER IF EXISTS t ON s.x",
      { kind: "drop-trigger", name: "t", table: "s.x", ifExists: true },
    ],
    ["DROP POLICY p ON x", { kind: "drop-policy", name: "p", table: "x" }],
    ["DROP RULE r ON x CASCADE", { kind: "drop-rule", name: "r", table: "x", cascade: true }],
    ["DROP CAST (int AS text)", { kind: "drop-object", object: "cast" }],
    ["DROP OPERATOR s.+(int, int)", { kind: "drop-object", object: "operator", name: "s.+" }],
    [
      "DROP OPERATOR FAMILY s.o USING btree",
      { kind: "drop-object", object: "operator-family", name: "s.o" },
    ],
    [
      "DROP SERVER IF EXISTS s",
      { kind: "drop-object", object: "server", name: "s", ifExists: true },
    ],
    ["DROP DATABASE d", { kind: "drop-object", object: "database", name: "d" }],
    ["DROP TABLESPACE t", { kind: "drop-object", object: "tablespace", name: "t" }],
    [
      "DROP USER MAPPING FOR u SERVER s",
      { kind: "drop-object", object: "user-mapping", name: "u" },
    ],
    ["DROP SUBSCRIPTION s", { kind: "drop-object", object: "subscription", name: "s" }],
    [
      "DROP OWNED BY a CASCADE",
      { kind: "drop-object", object: "owned-objects", name: "a", cascade: true },
    ],
    ["DROP ROLE IF EXISTS a", { kind: "drop-object", object: "role", name: "a", ifExists: true }],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual(expected);
  });

  it("says of a function without parentheses that its signature is not given", () => {
    expect(operationOf("DROP FUNCTION f")).not.toHaveProperty("parameters");
  });

  it.each([
    ["DROP TABLE a, s.b", ["drop-table", "drop-table"]],
    ["DROP FUNCTION f(int), g", ["drop-function", "drop-function"]],
    ["DROP SCHEMA a, b", ["drop-schema", "drop-schema"]],
    ["DROP ROLE a, b", ["drop-object", "drop-object"]],
  ])("gives one operation for each object of %s", (sql, kinds) => {
    expect(operationsOf(sql).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe("RENAME", () => {
  it.each<[string, Brief]>([
    ["ALTER TABLE s.a RENAME TO b", { kind: "rename-table", table: "s.a", to: "b" }],
    ["ALTER FOREIGN TABLE a RENAME TO b", { kind: "rename-table", table: "a", to: "b" }],
    [
      "ALTER TABLE a RENAME COLUMN b TO c",
      { kind: "rename-column", table: "a", column: "b", to: "c" },
    ],
    [
      "ALTER FOREIGN TABLE a RENAME b TO c",
      { kind: "rename-column", table: "a", column: "b", to: "c" },
    ],
    [
      "ALTER VIEW v RENAME COLUMN a TO b",
      { kind: "rename-object", object: "column", name: "a", table: "v", to: "b" },
    ],
    [
      "ALTER MATERIALIZED VIEW v RENAME COLUMN a TO b",
      { kind: "rename-object", object: "column", name: "a", table: "v", to: "b" },
    ],
    [
      "ALTER TABLE a RENAME CONSTRAINT b TO c",
      { kind: "rename-constraint", table: "a", constraint: "b", to: "c" },
    ],
    ["ALTER INDEX s.i RENAME TO j", { kind: "rename-index", index: "s.i", to: "j" }],
    ["ALTER VIEW v RENAME TO w", { kind: "rename-view", view: "v", to: "w" }],
    [
      "ALTER MATERIALIZED VIEW m RENAME TO n",
      { kind: "rename-view", view: "m", materialized: true, to: "n" },
    ],
    ["ALTER SEQUENCE q RENAME TO r", { kind: "rename-sequence", sequence: "q", to: "r" }],
    ["ALTER TYPE s.t RENAME TO u", { kind: "rename-type", type: "s.t", to: "u" }],
    ["ALTER DOMAIN d RENAME TO e", { kind: "rename-type", type: "d", to: "e" }],
    [
      "ALTER TYPE t RENAME ATTRIBUTE a TO b CASCADE",
      {
        kind: "alter-composite-type",
        type: "t",
        action: "rename-attribute",
        attribute: "a",
        to: "b",
        cascade: true,
      },
    ],
    ["ALTER SCHEMA s RENAME TO t", { kind: "rename-schema", schema: "s", to: "t" }],
    [
      "ALTER TRIGGER a ON s.b RENAME TO c",
      { kind: "rename-trigger", name: "a", table: "s.b", to: "c" },
    ],
    ["ALTER POLICY a ON b RENAME TO c", { kind: "rename-policy", name: "a", table: "b", to: "c" }],
    ["ALTER RULE a ON b RENAME TO c", { kind: "rename-rule", name: "a", table: "b", to: "c" }],
    [
      "ALTER FUNCTION s.f(int) RENAME TO g",
      { kind: "rename-object", object: "function", name: "s.f", to: "g" },
    ],
    ["ALTER ROLE a RENAME TO b", { kind: "rename-object", object: "role", name: "a", to: "b" }],
    [
      "ALTER DATABASE a RENAME TO b",
      { kind: "rename-object", object: "database", name: "a", to: "b" },
    ],
    [
      "ALTER PUBLICATION a RENAME TO b",
      { kind: "rename-object", object: "publication", name: "a", to: "b" },
    ],
    [
      "ALTER OPERATOR CLASS s.o USING btree RENAME TO p",
      { kind: "rename-object", object: "operator-class", name: "s.o", to: "p" },
    ],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual(expected);
  });
});
