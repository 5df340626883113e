import { describe, expect, it } from "@jest/globals";
import { operationOf, operationsOf, type Brief } from "./brief.ts";

describe("views and queries that make tables", () => {
  it.each<[string, Brief]>([
    [
      "CREATE OR REPLACE VIEW s.v (x) AS SELECT a, b AS c FROM s.t JOIN u USING (id)",
      {
        kind: "create-view",
        view: "s.v",
        orReplace: true,
        columns: ["x", "c"],
        withData: true,
        query: { tables: ["s.t", "u"] },
      },
    ],
    [
      "CREATE TEMP VIEW v AS SELECT * FROM t",
      { kind: "create-view", view: "v", temporary: true, withData: true, query: { tables: ["t"] } },
    ],
    [
      "CREATE RECURSIVE VIEW v (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM v",
      { kind: "create-view", view: "v", columns: ["n"], withData: true },
    ],
    [
      "CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT count(*), now()::date FROM (SELECT 1 FROM z) q WITH NO DATA",
      {
        kind: "create-view",
        view: "m",
        materialized: true,
        ifNotExists: true,
        columns: ["count", "now"],
        query: { tables: ["z"], functions: ["count", "now"] },
      },
    ],
    [
      "REFRESH MATERIALIZED VIEW CONCURRENTLY s.m",
      { kind: "refresh-materialized-view", view: "s.m", concurrently: true, withData: true },
    ],
    ["REFRESH MATERIALIZED VIEW m WITH NO DATA", { kind: "refresh-materialized-view", view: "m" }],
    [
      "CREATE TABLE IF NOT EXISTS x AS SELECT a.b FROM t a",
      {
        kind: "create-table-as",
        table: "x",
        ifNotExists: true,
        persistence: "permanent",
        columns: ["b"],
        withData: true,
        query: { tables: ["t"] },
      },
    ],
    [
      "CREATE TEMP TABLE x (p, q) AS EXECUTE z WITH NO DATA",
      { kind: "create-table-as", table: "x", persistence: "temporary", columns: ["p", "q"] },
    ],
    [
      "SELECT a INTO UNLOGGED s.x FROM t",
      {
        kind: "create-table-as",
        table: "s.x",
        persistence: "unlogged",
        columns: ["a"],
        withData: true,
        query: { tables: ["t"] },
      },
    ],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual(expected);
  });

  it.each<[string, readonly string[] | undefined]>([
    ['a, t.b, s.t.c, d AS e, f "G"', ["a", "b", "c", "e", "G"]],
    ["*", undefined],
    ["a, t.*", undefined],
    ["(r).*", undefined],
    ["(r).x, r[1], f(a), s.f(), count(*)", ["x", "r", "f", "f", "count"]],
    ["a::text, 'x'::text, 1::int::s.mood, f()::date", ["a", "text", "mood", "f"]],
    ["1, a + b, NULL, $1", ["?column?", "?column?", "?column?", "?column?"]],
    [
      "CASE WHEN a THEN b END, CASE WHEN a THEN 1 ELSE b END, CASE WHEN a THEN 1 ELSE 2::int END",
      ["case", "b", "case"],
    ],
    [
      "coalesce(a, b), nullif(a, b), greatest(a, b), least(a, b)",
      ["coalesce", "nullif", "greatest", "least"],
    ],
    [
      "ARRAY[1], ROW(1), EXISTS (SELECT 1), ARRAY(SELECT 1), (SELECT x FROM y), (SELECT 1)",
      ["array", "row", "exists", "array", "x", "?column?"],
    ],
    ['current_timestamp, current_user, a COLLATE "C"', ["current_timestamp", "current_user", "a"]],
    ["1 UNION SELECT a", ["?column?"]],
  ])("names the columns of SELECT %s", (list, expected) => {
    expect(operationOf(`CREATE VIEW v AS SELECT ${list}`)["columns"]).toEqual(expected);
  });
});

describe("sequences", () => {
  it.each<[string, Brief]>([
    [
      "CREATE SEQUENCE IF NOT EXISTS s.q AS smallint INCREMENT BY -2 MINVALUE -9223372036854775808 NO MAXVALUE START 5 CACHE 3 CYCLE OWNED BY s.t.c",
      {
        kind: "create-sequence",
        sequence: "s.q",
        ifNotExists: true,
        options: {
          type: "int2",
          increment: -2n,
          minimum: -9223372036854775808n,
          maximum: "none",
          start: 5n,
          cache: 3n,
          cycle: true,
          ownedBy: { table: "s.t", column: "c" },
        },
      },
    ],
    ["CREATE TEMP SEQUENCE q", { kind: "create-sequence", sequence: "q", temporary: true }],
    [
      "ALTER SEQUENCE q RESTART",
      { kind: "alter-sequence", sequence: "q", options: { restart: "start" } },
    ],
    [
      "ALTER SEQUENCE s.q RESTART WITH 7 MAXVALUE 9 NO MINVALUE OWNED BY NONE",
      {
        kind: "alter-sequence",
        sequence: "s.q",
        options: { restart: 7n, maximum: 9n, minimum: "none", ownedBy: "none" },
      },
    ],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual(expected);
  });
});

describe("functions", () => {
  it.each<[string, Brief]>([
    [
      "CREATE FUNCTION s.f(a int, OUT b text, VARIADIC c text[] DEFAULT '{}', d int = 5) RETURNS SETOF s.t LANGUAGE sql STABLE SECURITY DEFINER SET search_path = a, pg_temp AS 'TABLE u'",
      {
        function: "s.f",
        parameters: ["int4", "text[]", "int4"],
        defaults: 2,
        returns: "s.t",
        language: "sql",
        volatility: "stable",
        securityDefiner: true,
        searchPath: "a, pg_temp",
        body: { tables: ["u"] },
      },
    ],
    [
      "CREATE OR REPLACE PROCEDURE p(INOUT a int) LANGUAGE SQL AS $$ UPDATE a SET b = 1; SELECT f() $$",
      {
        function: "p",
        procedure: true,
        orReplace: true,
        parameters: ["int4"],
        defaults: 0,
        language: "sql",
        volatility: "volatile",
        body: { tables: ["a"], functions: ["f"] },
      },
    ],
    [
      "CREATE FUNCTION g() RETURNS TABLE (a int, b text) LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT a FROM b; DELETE FROM c; END",
      {
        function: "g",
        defaults: 0,
        returns: "record",
        language: "sql",
        volatility: "immutable",
        standardBody: true,
        body: { tables: ["b", "c"] },
      },
    ],
    [
      "CREATE FUNCTION h() RETURNS int RETURN k(1)",
      {
        function: "h",
        defaults: 0,
        returns: "int4",
        language: "sql",
        volatility: "volatile",
        standardBody: true,
        body: { functions: ["k"] },
      },
    ],
    [
      "CREATE FUNCTION c() RETURNS int LANGUAGE c AS 'lib', 'sym'",
      { function: "c", defaults: 0, returns: "int4", language: "c", volatility: "volatile" },
    ],
    [
      "CREATE FUNCTION e() RETURNS int LANGUAGE sql AS 'SELECT 1 FROM'",
      { function: "e", defaults: 0, returns: "int4", language: "sql", volatility: "volatile" },
    ],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual({ kind: "create-function", ...expected });
  });

  it("reads a PL/pgSQL body: statements, expressions, literals behind EXECUTE", () => {
    const { body } = operationOf(`CREATE FUNCTION f() RETURNS SETOF j LANGUAGE plpgsql AS $$
      DECLARE n int := g(1); r record;
      BEGIN
        IF EXISTS (SELECT FROM a) THEN INSERT INTO b SELECT * FROM c; END IF;
        n := h(n);
        EXECUTE 'DELETE FROM d';
        FOR r IN SELECT * FROM e LOOP PERFORM i(r.id); END LOOP;
        RETURN QUERY SELECT * FROM j;
      END $$`);
    expect(body).toEqual({ tables: ["a", "b", "c", "d", "e", "j"], functions: ["g", "h", "i"] });
  });
});

describe("other objects", () => {
  it.each<[string, Brief]>([
    [
      "CREATE CONSTRAINT TRIGGER t AFTER INSERT OR UPDATE OF a, b ON s.t FOR EACH ROW EXECUTE FUNCTION s.f()",
      {
        kind: "create-trigger",
        trigger: "t",
        table: "s.t",
        function: "s.f",
        timing: "after",
        events: ["insert", "update"],
        columns: ["a", "b"],
        forEachRow: true,
        constraint: true,
      },
    ],
    [
      "CREATE OR REPLACE TRIGGER t BEFORE TRUNCATE OR DELETE ON t EXECUTE PROCEDURE f('a')",
      {
        kind: "create-trigger",
        trigger: "t",
        table: "t",
        orReplace: true,
        function: "f",
        timing: "before",
        events: ["delete", "truncate"],
      },
    ],
    [
      "CREATE TRIGGER t INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION f()",
      {
        kind: "create-trigger",
        trigger: "t",
        table: "v",
        function: "f",
        timing: "instead-of",
        events: ["update"],
        forEachRow: true,
      },
    ],
    [
      "CREATE RULE r AS ON INSERT TO s.t DO INSTEAD NOTHING",
      { kind: "create-rule", rule: "r", table: "s.t" },
    ],
    ["CREATE SCHEMA IF NOT EXISTS s", { kind: "create-schema", schema: "s", ifNotExists: true }],
    ["CREATE SCHEMA AUTHORIZATION joe", { kind: "create-schema", schema: "joe" }],
    [
      'CREATE EXTENSION IF NOT EXISTS "uuid-ossp" SCHEMA x CASCADE',
      {
        kind: "create-extension",
        extension: "uuid-ossp",
        schema: "x",
        ifNotExists: true,
        cascade: true,
      },
    ],
    ["COMMENT ON TABLE s.t IS 'x'", { kind: "comment", object: "table", name: "s.t" }],
    [
      "COMMENT ON COLUMN s.t.c IS NULL",
      { kind: "comment", object: "column", name: "c", table: "s.t" },
    ],
    [
      "COMMENT ON CONSTRAINT c ON t IS ''",
      { kind: "comment", object: "constraint", name: "c", table: "t" },
    ],
    [
      "COMMENT ON CONSTRAINT c ON DOMAIN s.d IS ''",
      { kind: "comment", object: "constraint", name: "c" },
    ],
    ["COMMENT ON FUNCTION s.f(int) IS ''", { kind: "comment", object: "function", name: "s.f" }],
    ["COMMENT ON CAST (int AS text) IS ''", { kind: "comment", object: "cast" }],
    [
      "COMMENT ON OPERATOR CLASS s.o USING btree IS ''",
      { kind: "comment", object: "operator-class", name: "s.o" },
    ],
    ["COMMENT ON LARGE OBJECT 42 IS ''", { kind: "comment", object: "large-object" }],
    [
      "SECURITY LABEL FOR x ON TABLE t IS 'y'",
      { kind: "security-label", object: "table", name: "t" },
    ],
    [
      "ALTER FUNCTION f(int) OWNER TO bob",
      { kind: "change-owner", object: "function", name: "f", to: "bob" },
    ],
    [
      "ALTER SCHEMA s OWNER TO CURRENT_USER",
      { kind: "change-owner", object: "schema", name: "s", to: "current_user" },
    ],
    ["REASSIGN OWNED BY a TO b", { kind: "change-owner", object: "owned-objects", to: "b" }],
    [
      "ALTER VIEW s.v SET SCHEMA x",
      { kind: "set-object-schema", object: "view", name: "s.v", to: "x" },
    ],
    [
      "ALTER EXTENSION e SET SCHEMA x",
      { kind: "set-object-schema", object: "extension", name: "e", to: "x" },
    ],
    [
      "ALTER TRIGGER t ON x DEPENDS ON EXTENSION e",
      { kind: "alter-object", object: "trigger", name: "t", table: "x" },
    ],
    ["ALTER INDEX i DEPENDS ON EXTENSION e", { kind: "alter-object", object: "index", name: "i" }],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual(expected);
  });

  it("creates what CREATE SCHEMA holds in that schema", () => {
    const sql =
      "CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1 AS x CREATE INDEX ON t (a)";
    expect(operationsOf(sql).map(({ kind, table, view }) => [kind, table ?? view])).toEqual([
      ["create-schema", undefined],
      ["create-table", "s.t"],
      ["create-view", "s.v"],
      ["create-index", "s.t"],
    ]);
  });

  it.each<[string, Brief]>([
    [
      "GRANT SELECT, INSERT (a) ON s.t, u TO bob, PUBLIC WITH GRANT OPTION",
      {
        kind: "grant",
        object: "table",
        names: ["s.t", "u"],
        privileges: ["select", "insert"],
        roles: ["bob", "public"],
        withGrantOption: true,
      },
    ],
    [
      "REVOKE ALL ON ALL TABLES IN SCHEMA a, b FROM x",
      {
        kind: "revoke",
        object: "schema",
        allOf: "table",
        names: ["a", "b"],
        privileges: ["all"],
        roles: ["x"],
      },
    ],
    [
      "GRANT EXECUTE ON FUNCTION f(int) TO x",
      { kind: "grant", object: "function", names: ["f"], privileges: ["execute"], roles: ["x"] },
    ],
    [
      "GRANT ALL ON LARGE OBJECT 1 TO x",
      { kind: "grant", object: "large-object", names: ["1"], privileges: ["all"], roles: ["x"] },
    ],
    [
      "GRANT a, b TO c WITH ADMIN OPTION",
      { kind: "grant", object: "role", names: ["a", "b"], roles: ["c"], withGrantOption: true },
    ],
    ["REVOKE a FROM b", { kind: "revoke", object: "role", names: ["a"], roles: ["b"] }],
    [
      "ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO x",
      { kind: "grant", object: "default-privileges", privileges: ["select"], roles: ["x"] },
    ],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual(expected);
  });
});
