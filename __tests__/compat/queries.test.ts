import { describe, expect, it } from "@jest/globals";
import { assert, property, string } from "fast-check";
import { queriesOfFile } from "../../src/compat/query-file.ts";
import { preparable } from "../../src/compat/query-text.ts";
import { queriesOfExport } from "../../src/compat/statements-export.ts";

describe("the parameters of a statement", () => {
  it.each([
    ["PostgreSQL's own", "SELECT * FROM t WHERE a = $1", "SELECT * FROM t WHERE a = $1"],
    [
      "names",
      "SELECT * FROM t WHERE a = :a AND b = :b OR c = :a",
      "SELECT * FROM t WHERE a = $1 AND b = $2 OR c = $1",
    ],
    [
      "sqlc's",
      "SELECT * FROM t WHERE a = sqlc.arg(a) AND b = @b",
      "SELECT * FROM t WHERE a = $1 AND b = $2",
    ],
    [
      "question marks",
      "INSERT INTO t (a, b) VALUES (?, ?)",
      "INSERT INTO t (a, b) VALUES ($1, $2)",
    ],
    ["Python's", "UPDATE t SET a = %(a)s WHERE b = %s", "UPDATE t SET a = $1 WHERE b = $2"],
    [
      "none in a cast",
      "SELECT a::text FROM t WHERE b = :b::int",
      "SELECT a::text FROM t WHERE b = $1::int",
    ],
    ["none in an operator", "SELECT a @> b, a ? 'k' FROM t", "SELECT a @> b, a ? 'k' FROM t"],
    [
      "none in quotes and comments",
      "SELECT ':a', \"x?\" FROM t -- :b ?",
      "SELECT ':a', \"x?\" FROM t -- :b ?",
    ],
    ["none in an array's bounds", "SELECT a[1:n] FROM t", "SELECT a[1:n] FROM t"],
  ])("%s", (_, written, sql) => {
    expect(preparable(written)).toBe(sql);
  });

  it.each(["CREATE TABLE t ()", "BEGIN", "SET x = 1", "", "-- nothing"])(
    "of %j: no server prepares it",
    (text) => {
      expect(preparable(text)).toBeUndefined();
    },
  );

  it("are found in any text without an end", () => {
    expect(() =>
      assert(property(string(), (text) => typeof preparable(`SELECT ${text}`) === "string")),
    ).not.toThrow();
  });
});

describe("a file of queries", () => {
  it("gives each its name and its line", () => {
    const text = `-- name: GetOrder :one
SELECT id, note FROM orders
WHERE id = $1;

-- name: ListOrders :many
SELECT id FROM orders;
CREATE INDEX i ON orders (id);
DELETE FROM orders WHERE id = :id;
`;
    expect(queriesOfFile("q.sql", text).map(({ name, line }) => [name, line])).toEqual([
      ["GetOrder", 2],
      ["ListOrders", 6],
      ["line 8", 8],
    ]);
  });
});

describe("an export of pg_stat_statements", () => {
  it("is a list of texts or of rows", () => {
    const text = JSON.stringify(["SELECT 1", { query: "SELECT $1", calls: 3 }, { q: 1 }, "BEGIN"]);
    expect(queriesOfExport("s.json", text).map(({ sql }) => sql)).toEqual([
      "SELECT 1",
      "SELECT $1",
    ]);
  });

  it.each(["{}", "no JSON", "3"])("and not %j", (text) => {
    expect(() => queriesOfExport("s.json", text)).toThrow("no JSON array of statements");
  });
});
