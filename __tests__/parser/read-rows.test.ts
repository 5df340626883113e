import { describe, expect, it } from "@jest/globals";
import { operationOf, operationsOf, parser, type Brief } from "./brief.ts";

describe("rows", () => {
  it.each<[string, Brief]>([
    [
      "INSERT INTO s.t (a, b) VALUES (1, 2), (3, f()) ON CONFLICT (a) DO UPDATE SET b = (SELECT x FROM y)",
      {
        kind: "insert-rows",
        table: "s.t",
        columns: ["a", "b"],
        rows: 2,
        onConflict: "update",
        reads: { tables: ["y"], functions: ["f"] },
      },
    ],
    [
      "INSERT INTO t DEFAULT VALUES",
      { kind: "insert-rows", table: "t", rows: 1, onConflict: "none" },
    ],
    [
      "INSERT INTO t SELECT * FROM u ON CONFLICT DO NOTHING",
      {
        kind: "insert-rows",
        table: "t",
        onConflict: "nothing",
        query: { tables: ["u"] },
        reads: { tables: ["u"] },
      },
    ],
    [
      "MERGE INTO s.t USING u ON t.id = u.id WHEN MATCHED THEN DELETE",
      { kind: "merge-rows", table: "s.t", reads: { tables: ["u"] } },
    ],
    ["SELECT f(1), now()", { kind: "select-rows", reads: { functions: ["f", "now"] } }],
    ["TABLE s.t", { kind: "select-rows", reads: { tables: ["s.t"] } }],
    ["VALUES (1)", { kind: "select-rows" }],
    [
      "SELECT FROM t FOR NO KEY UPDATE",
      { kind: "select-rows", reads: { tables: ["t"] }, locksRows: true },
    ],
    [
      "COPY s.t (a) FROM '/x'",
      { kind: "copy-rows", table: "s.t", direction: "from", channel: "file" },
    ],
    ["COPY (SELECT 1) TO STDOUT", { kind: "copy-rows", direction: "to", channel: "stdin" }],
    [
      "COPY t TO PROGRAM 'x'",
      { kind: "copy-rows", table: "t", direction: "to", channel: "program" },
    ],
    ["CALL s.p(1)", { kind: "call-procedure", procedure: "s.p" }],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ["SELECT a, t.b, f(c) FROM t WHERE d > 0 ORDER BY a", ["a", "b", "c", "d"]],
    ["SELECT t.* FROM t", ["*"]],
    ["INSERT INTO t (a) SELECT b FROM u", ["b"]],
    ["UPDATE t SET a = b WHERE c IN (SELECT d FROM u)", ["b", "c", "d"]],
  ])("%s reads the columns %j", (sql, columns) => {
    const [operation] = parser.parse(sql).statements[0]?.operations ?? [];
    if (operation === undefined || !("reads" in operation)) throw new Error(sql);
    expect([...(operation.reads.columns ?? [])].toSorted()).toEqual(columns);
  });

  it("reads a SET in set_config()", () => {
    expect(operationsOf("SELECT pg_catalog.set_config('Lock_Timeout', '5s', true)")).toEqual([
      { kind: "select-rows", reads: { functions: ["pg_catalog.set_config"] } },
      { kind: "set-setting", setting: "lock_timeout", value: "5s", values: ["5s"], local: true },
    ]);
  });
});

const narrowed = (sql: string): Brief => {
  const { filter, filterColumns = [], filterIsLiteral, limited } = operationOf(sql);
  return {
    filter,
    columns: filterColumns,
    ...(filterIsLiteral === undefined ? {} : { literal: filterIsLiteral }),
    ...(limited === undefined ? {} : { limited }),
  };
};

describe("how an UPDATE or DELETE narrows its rows", () => {
  it.each<[string, string, readonly string[], "literal" | ""]>([
    ["", "none", [], ""],
    ["WHERE true", "always-true", [], ""],
    ["WHERE 1 = 1 AND 'a' = 'a'", "always-true", [], ""],
    ["WHERE 1 = 1 AND a > 0", "some", [], ""],
    ["WHERE a = 1", "some", ["a"], "literal"],
    ["WHERE 1 = t.a", "some", ["a"], "literal"],
    ["WHERE a = 5::bigint AND b IN ('x', 'y')", "some", ["a", "b"], "literal"],
    ["WHERE a = $1", "some", ["a"], "literal"],
    ["WHERE a = ANY ('{1,2}'::int[])", "some", ["a"], "literal"],
    ["WHERE (a, b) = (1, 2)", "some", ["a", "b"], "literal"],
    ["WHERE a = f()", "some", ["a"], ""],
    ["WHERE a = 1 AND b = (SELECT max(x) FROM y)", "some", ["a", "b"], ""],
    ["WHERE a IN (SELECT x FROM y)", "some", ["a"], ""],
    ["WHERE a NOT IN (1, 2)", "some", [], ""],
    ["WHERE a IS NULL", "some", [], ""],
    ["WHERE a = 1 OR b = 2", "some", [], ""],
    ["WHERE u.a = 1", "some", [], ""],
    ["WHERE a BETWEEN 1 AND 5", "some", [], ""],
    ["WHERE CURRENT OF c", "some", [], ""],
  ])("%s", (where, filter, columns, literal) => {
    const expected = { filter, columns, ...(literal === "literal" ? { literal: true } : {}) };
    expect(narrowed(`DELETE FROM t ${where}`)).toEqual(expected);
    expect(narrowed(`UPDATE t SET z = 1 ${where}`)).toEqual(expected);
  });

  it("takes a column of the target by its alias only", () => {
    const sql = "UPDATE t AS x SET a = 1 FROM u WHERE x.id = u.id AND u.k = 5";
    expect(narrowed(sql)).toEqual({ filter: "some", columns: ["id"] });
  });

  it.each([
    ["DELETE FROM t WHERE id IN (SELECT id FROM t LIMIT 1000 FOR UPDATE SKIP LOCKED)", true],
    ["DELETE FROM t WHERE id = ANY (SELECT id FROM t FETCH FIRST 5 ROWS ONLY)", true],
    ["DELETE FROM t WHERE ctid = ANY (ARRAY(SELECT ctid FROM t LIMIT 5))", true],
    ["DELETE FROM t USING (SELECT id FROM t LIMIT 5) q WHERE q.id = t.id", true],
    ["WITH q AS (SELECT id FROM t LIMIT 5) DELETE FROM t USING q WHERE q.id = t.id", true],
    ["WITH q AS (SELECT id FROM t LIMIT 5) DELETE FROM t WHERE id IN (SELECT id FROM q)", true],
    [
      "WITH q AS (SELECT id FROM t LIMIT 5) DELETE FROM t WHERE id IN (SELECT id FROM s.q)",
      undefined,
    ],
    ["DELETE FROM t WHERE id IN (SELECT id FROM t LIMIT ALL)", undefined],
    ["DELETE FROM t WHERE id NOT IN (SELECT id FROM t LIMIT 5)", undefined],
    ["DELETE FROM t WHERE a = (SELECT max(x) FROM y LIMIT 1)", undefined],
    ["DELETE FROM t USING (SELECT id FROM t LIMIT 5) q", undefined],
  ])("%s", (sql, limited) => {
    expect(operationOf(sql)["limited"]).toBe(limited);
  });
});

describe("WITH", () => {
  it("gives the operations of the queries in it first, each at its own place", () => {
    const sql =
      "WITH d AS (DELETE FROM a WHERE x = 1 RETURNING *), i AS NOT MATERIALIZED ( INSERT INTO b SELECT * FROM d ) UPDATE c SET y = d.y FROM d WHERE c.id = d.id";
    const operations = parser.parse(sql).statements[0]?.operations ?? [];
    expect(operations.map(({ kind, span }) => [kind, sql.slice(span.start, span.end)])).toEqual([
      ["delete-rows", "DELETE FROM a WHERE x = 1 RETURNING *"],
      ["insert-rows", "INSERT INTO b SELECT * FROM d"],
      ["update-rows", sql],
    ]);
  });

  it.each<[string, readonly string[]]>([
    ["WITH q AS (SELECT * FROM a) SELECT * FROM q, s.q", ["a", "s.q"]],
    // Without RECURSIVE a query does not see itself.
    ["WITH a AS (SELECT * FROM a) SELECT * FROM a", ["a"]],
    ["WITH RECURSIVE q AS (SELECT * FROM a UNION ALL SELECT * FROM q) SELECT * FROM q", ["a"]],
    ["SELECT * FROM (WITH q AS (SELECT 1) SELECT * FROM q) x, q", ["q"]],
    ["SELECT * FROM a WHERE EXISTS (SELECT FROM b) ORDER BY (SELECT x FROM c)", ["a", "b", "c"]],
    ["(WITH q AS (SELECT 1) SELECT * FROM q) UNION SELECT * FROM q", ["q"]],
  ])("%s reads %j", (sql, tables) => {
    expect(operationOf(sql)["reads"]).toEqual({ tables });
  });

  it("leaves the names of WITH around a query out of what it reads", () => {
    const sql =
      "WITH d AS (DELETE FROM a RETURNING *), i AS (INSERT INTO b SELECT * FROM d) SELECT 1";
    const insert = operationsOf(sql).find(({ kind }) => kind === "insert-rows");
    expect(insert).toEqual({ kind: "insert-rows", table: "b", onConflict: "none" });
  });

  it("sees the LIMIT of a query beside it", () => {
    const sql =
      "WITH q AS (SELECT id FROM t LIMIT 9), u AS (UPDATE t SET a = 1 FROM q WHERE q.id = t.id) SELECT 1";
    expect(operationsOf(sql)[0]).toMatchObject({ kind: "update-rows", limited: true });
  });
});
