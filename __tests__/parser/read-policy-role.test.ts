import { describe, expect, it } from "@jest/globals";
import { operationOf } from "./brief.ts";

describe("policies, and what is stated of roles, databases and functions", () => {
  it.each([
    [
      "CREATE POLICY p ON s.t USING (true)",
      {
        kind: "create-policy",
        policy: "p",
        table: "s.t",
        command: "all",
        roles: ["public"],
        using: "always-true",
        check: "none",
      },
    ],
    [
      "CREATE POLICY p ON t AS RESTRICTIVE FOR INSERT TO x, CURRENT_USER WITH CHECK (a = 1)",
      {
        kind: "create-policy",
        policy: "p",
        table: "t",
        command: "insert",
        restrictive: true,
        roles: ["x", "current_user"],
        using: "none",
        check: "some",
        checkColumns: ["a"],
      },
    ],
    [
      "CREATE PUBLICATION p FOR TABLE t (a, b) WHERE (c > 1), ONLY s.u, TABLES IN SCHEMA x WITH (publish = 'insert, update')",
      {
        kind: "create-object",
        object: "publication",
        name: "p",
        publication: {
          action: "set",
          statesObjects: true,
          tables: [
            { table: "t", columns: ["a", "b", "c"] },
            { table: "s.u", only: true },
          ],
          schemas: ["x"],
          publish: ["insert", "update"],
        },
      },
    ],
    [
      "ALTER PUBLICATION p SET (publish = '')",
      {
        kind: "alter-object",
        object: "publication",
        name: "p",
        publication: {
          action: "add",
          publish: [""],
        },
      },
    ],
    [
      "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'create trigger On_It after insert on t'; EXECUTE format('CREATE POLICY %I ON t', x); END $$",
      {
        kind: "create-function",
        function: "f",
        defaults: 0,
        returns: "void",
        language: "plpgsql",
        volatility: "volatile",
        makes: ["on_it", "%"],
        body: { functions: ["format"] },
      },
    ],
    [
      "ALTER POLICY p ON t TO x",
      {
        kind: "alter-policy",
        policy: "p",
        table: "t",
        roles: ["x"],
        using: "none",
        check: "none",
      },
    ],
    [
      "CREATE ROLE r SUPERUSER NOCREATEDB PASSWORD 'x'",
      { kind: "create-object", object: "role", name: "r", states: ["superuser", "password"] },
    ],
    [
      "ALTER ROLE r SET Search_Path = x",
      { kind: "alter-object", object: "role", name: "r", states: ["search_path"] },
    ],
    [
      "ALTER DATABASE d RESET ALL",
      { kind: "alter-object", object: "database", name: "d", states: ["all"] },
    ],
    ["ALTER SYSTEM SET fsync = off", { kind: "alter-object", object: "system", states: ["fsync"] }],
    [
      "ALTER FUNCTION f() SECURITY DEFINER SET search_path = ''",
      {
        kind: "alter-object",
        object: "function",
        name: "f",
        states: ["security", "search_path"],
      },
    ],
    [
      "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'a', password 'b')",
      {
        kind: "create-object",
        object: "user-mapping",
        name: "u",
        states: ["user", "password"],
      },
    ],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual(expected);
  });
});
