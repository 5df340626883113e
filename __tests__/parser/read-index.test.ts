import { describe, expect, it } from "@jest/globals";
import { operationOf, type Brief } from "./brief.ts";

describe("indexes", () => {
  it.each<[string, Brief]>([
    ["CREATE INDEX ON t (a)", { method: "btree", keys: [{ column: "a" }] }],
    // To PostgreSQL a column in parentheses is no expression.
    ["CREATE INDEX ON t ((a))", { method: "btree", keys: [{ column: "a" }] }],
    [
      "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a DESC, b)",
      {
        name: "i",
        method: "btree",
        keys: [{ column: "a", descending: true }, { column: "b" }],
        unique: true,
        concurrently: true,
        ifNotExists: true,
      },
    ],
    [
      "CREATE INDEX i ON ONLY t USING gin (a gin_trgm_ops, (b ->> 'x') COLLATE \"C\", lower(c))",
      {
        name: "i",
        method: "gin",
        keys: [
          { column: "a", operatorClass: "gin_trgm_ops" },
          { expression: "b ->> 'x'", collation: "C" },
          { expression: "lower(c)", expressionName: "lower" },
        ],
        only: true,
      },
    ],
    [
      "CREATE INDEX ON t ((a || ')') text_pattern_ops DESC, coalesce(a, (b)) , c) INCLUDE (d, e)",
      {
        method: "btree",
        keys: [
          { expression: "a || ')'", operatorClass: "text_pattern_ops", descending: true },
          { expression: "coalesce(a, (b))", expressionName: "coalesce" },
          { column: "c" },
        ],
        include: ["d", "e"],
      },
    ],
    [
      "CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE x WHERE (a > 1) AND b -- c",
      {
        method: "btree",
        keys: [{ column: "a" }],
        unique: true,
        nullsNotDistinct: true,
        where: "(a > 1) AND b",
      },
    ],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual({ kind: "create-index", table: "t", ...expected });
  });

  it.each<[string, Brief]>([
    ["REINDEX INDEX CONCURRENTLY s.i", { scope: "index", target: "s.i", concurrently: true }],
    [
      "REINDEX (CONCURRENTLY, VERBOSE) TABLE t",
      { scope: "table", target: "t", concurrently: true },
    ],
    ["REINDEX (CONCURRENTLY false) TABLE t", { scope: "table", target: "t" }],
    ["REINDEX SCHEMA s", { scope: "schema", target: "s" }],
    ["REINDEX DATABASE", { scope: "database" }],
    ["REINDEX SYSTEM d", { scope: "system", target: "d" }],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual({ kind: "reindex", ...expected });
  });
});
