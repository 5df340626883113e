import { describe, expect, it } from "@jest/globals";
import { operationOf, operationsOf, type Brief } from "./brief.ts";

describe("settings", () => {
  it.each<[string, Brief]>([
    ["SET lock_timeout = '5s'", { setting: "lock_timeout", value: "5s", values: ["5s"] }],
    [
      "SET LOCAL Statement_Timeout TO 0",
      { setting: "statement_timeout", value: "0", values: ["0"], local: true },
    ],
    ['SET search_path TO a, "B"', { setting: "search_path", value: "a, B", values: ["a", "B"] }],
    ["SET app.level = 1.5", { setting: "app.level", value: "1.5", values: ["1.5"] }],
    ["SET x = on", { setting: "x", value: "on", values: ["on"] }],
    ["SET TIME ZONE 'UTC'", { setting: "timezone", value: "UTC", values: ["UTC"] }],
    ["SET ROLE bob", { setting: "role", value: "bob", values: ["bob"] }],
    ["SET lock_timeout TO DEFAULT", { setting: "lock_timeout" }],
    ["RESET lock_timeout", { setting: "lock_timeout" }],
    ["RESET ALL", { setting: "all" }],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual({ kind: "set-setting", ...expected });
  });

  it.each(["SET TRANSACTION READ ONLY", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"])(
    "%s sets no parameter",
    (sql) => {
      expect(operationOf(sql)).toEqual({ kind: "session-statement", statement: "VariableSetStmt" });
    },
  );
});

describe("transactions, locks and maintenance", () => {
  it.each<[string, Brief]>([
    ["BEGIN", { kind: "begin" }],
    ["START TRANSACTION", { kind: "begin" }],
    ["COMMIT", { kind: "commit" }],
    ["END", { kind: "commit" }],
    ["ROLLBACK", { kind: "rollback" }],
    ["SAVEPOINT a", { kind: "savepoint", savepoint: "a" }],
    ["RELEASE a", { kind: "release-savepoint", savepoint: "a" }],
    ["ROLLBACK TO a", { kind: "rollback-to-savepoint", savepoint: "a" }],
    ["PREPARE TRANSACTION 'x'", { kind: "prepare-transaction" }],
    ["COMMIT PREPARED 'x'", { kind: "commit-prepared" }],
    ["ROLLBACK PREPARED 'x'", { kind: "rollback-prepared" }],
    ["LOCK s.t", { kind: "lock-table", table: "s.t", mode: "ACCESS EXCLUSIVE" }],
    ["LOCK TABLE t IN ACCESS SHARE MODE", { kind: "lock-table", table: "t", mode: "ACCESS SHARE" }],
    [
      "LOCK TABLE t IN SHARE ROW EXCLUSIVE MODE NOWAIT",
      { kind: "lock-table", table: "t", mode: "SHARE ROW EXCLUSIVE" },
    ],
    ["VACUUM", { kind: "vacuum" }],
    ["VACUUM (FULL, ANALYZE) a, s.b (c)", { kind: "vacuum", full: true, tables: ["a", "s.b"] }],
    ["VACUUM FULL a", { kind: "vacuum", full: true, tables: ["a"] }],
    ["VACUUM (FULL false) a", { kind: "vacuum", tables: ["a"] }],
    ["ANALYZE", { kind: "analyze" }],
    ["ANALYZE s.a (b)", { kind: "analyze", tables: ["s.a"] }],
    ["CLUSTER", { kind: "cluster-table" }],
    ["CLUSTER t USING i", { kind: "cluster-table", table: "t" }],
    ["DISCARD ALL", { kind: "session-statement", statement: "DiscardStmt" }],
    [
      "SET CONSTRAINTS ALL DEFERRED",
      { kind: "session-statement", statement: "ConstraintsSetStmt" },
    ],
    ["EXPLAIN DELETE FROM t", { kind: "session-statement", statement: "ExplainStmt" }],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual(expected);
  });

  it("gives one lock for each table", () => {
    expect(operationsOf("LOCK a, b IN SHARE MODE").map(({ table, mode }) => [table, mode])).toEqual(
      [
        ["a", "SHARE"],
        ["b", "SHARE"],
      ],
    );
  });

  it("reads what EXPLAIN ANALYZE runs", () => {
    const kinds = operationsOf("EXPLAIN (ANALYZE, BUFFERS) DELETE FROM t").map(({ kind }) => kind);
    expect(kinds).toEqual(["session-statement", "delete-rows"]);
  });
});
