import { describe, expect, it } from "@jest/globals";

import {
  createdRoles,
  creation,
  missingObject,
  statementsAbout,
} from "../../src/verify/missing-object.ts";
import { scriptRun } from "./scripts.ts";

describe("what an error says is missing", () => {
  it.each([
    ["42704", 'role "app" does not exist', { kind: "role", name: "app" }],
    ["42704", 'role "my "app"" does not exist', { kind: "role", name: 'my "app"' }],
    ["42704", 'type "mood" does not exist', undefined],
    ["P0001", 'role "app" does not exist', undefined],
    ["3D000", 'database "shop" does not exist', { kind: "database", name: "shop" }],
    ["0A000", 'extension "postgis" is not available', { kind: "extension", name: "postgis" }],
    [
      "58P01",
      'could not open extension control file "/usr/share/postgresql/extension/vector.control": No such file or directory',
      { kind: "extension", name: "vector" },
    ],
    [
      "42501",
      'permission denied to create extension "postgis"',
      { kind: "extension", name: "postgis" },
    ],
    [
      "42P01",
      'relation "goose_db_version" does not exist',
      { kind: "runner's table", name: "goose_db_version" },
    ],
    [
      "42P01",
      'relation "public.schema_migrations" does not exist',
      { kind: "runner's table", name: "schema_migrations" },
    ],
    ["42P01", 'relation "orders" does not exist', undefined],
    [undefined, 'role "app" does not exist', undefined],
  ])("%s %s", (code, message, expected) => {
    expect(missingObject({ message, ...(code === undefined ? {} : { code }) })).toEqual(expected);
  });

  it("can be made, but for an extension", () => {
    expect(creation({ kind: "role", name: 'a"b' })).toBe('CREATE ROLE "a""b"');
    expect(creation({ kind: "database", name: "shop" })).toBe('CREATE DATABASE "shop"');
    expect(creation({ kind: "runner's table", name: "pgmigrations" })).toMatch(
      /^CREATE TABLE public."pgmigrations" \(id /,
    );
    expect(creation({ kind: "extension", name: "postgis" })).toBeUndefined();
  });
});

describe("statements about an extension", () => {
  it("are found by what they do, and not inside of a body", () => {
    const { script } =
      scriptRun(`CREATE EXTENSION postgis; SELECT 1; COMMENT ON EXTENSION postgis IS 'x';
      DROP EXTENSION IF EXISTS postgis; ALTER EXTENSION postgis UPDATE; CREATE EXTENSION pg_trgm;
      DO $$ BEGIN CREATE EXTENSION postgis; END $$`);
    expect([...statementsAbout(new Set(["postgis"]), script)]).toEqual([0, 2, 3, 4]);
    expect([...statementsAbout(new Set(), script)]).toEqual([]);
  });
});

describe("roles that scripts create", () => {
  it("are found, also in a DO block", () => {
    const { script } = scriptRun(
      "CREATE ROLE a; CREATE USER b; DO $$ BEGIN CREATE ROLE c; END $$; DROP ROLE d; GRANT a TO e",
    );
    expect([...createdRoles([script])]).toEqual(["a", "b", "c"]);
  });
});
