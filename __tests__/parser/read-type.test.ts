import { describe, expect, it } from "@jest/globals";
import { operationOf, type Brief } from "./brief.ts";

describe("types and domains", () => {
  it.each<[string, Brief]>([
    [
      "CREATE TYPE s.mood AS ENUM ('sad', 'it''s ok')",
      { kind: "create-enum", type: "s.mood", values: ["sad", "it's ok"] },
    ],
    ["CREATE TYPE none AS ENUM ()", { kind: "create-enum", type: "none" }],
    ["ALTER TYPE mood ADD VALUE 'x'", { kind: "add-enum-value", type: "mood", value: "x" }],
    [
      "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'",
      {
        kind: "add-enum-value",
        type: "mood",
        value: "x",
        ifNotExists: true,
        position: { place: "before", value: "y" },
      },
    ],
    [
      "ALTER TYPE mood ADD VALUE 'x' AFTER 'y'",
      {
        kind: "add-enum-value",
        type: "mood",
        value: "x",
        position: { place: "after", value: "y" },
      },
    ],
    [
      "ALTER TYPE mood RENAME VALUE 'x' TO 'y'",
      { kind: "rename-enum-value", type: "mood", value: "x", to: "y" },
    ],
    [
      'CREATE TYPE pair AS (a int, b text COLLATE "C")',
      {
        kind: "create-composite-type",
        type: "pair",
        attributes: [
          { name: "a", type: "int4" },
          { name: "b", type: "text", collation: "C" },
        ],
      },
    ],
    [
      "CREATE TYPE r AS RANGE (subtype = int)",
      { kind: "create-other-type", type: "r", form: "range" },
    ],
    [
      "CREATE TYPE b (input = i, output = o)",
      { kind: "create-other-type", type: "b", form: "base" },
    ],
    ["CREATE TYPE shell", { kind: "create-other-type", type: "shell", form: "shell" }],
    ["ALTER TYPE b SET (send = x)", { kind: "alter-object", object: "type", name: "b" }],
    ["ALTER TYPE t SET SCHEMA s", { kind: "set-type-schema", type: "t", schema: "s" }],
    ["ALTER DOMAIN d SET SCHEMA s", { kind: "set-type-schema", type: "d", schema: "s" }],
    [
      "CREATE DOMAIN s.d AS varchar(10) COLLATE \"C\" DEFAULT 'a' NOT NULL CONSTRAINT c CHECK (VALUE <> '') CHECK (length(VALUE) > 1)",
      {
        kind: "create-domain",
        type: "s.d",
        baseType: "varchar(10)",
        default: "'a'",
        notNull: true,
        constraints: [
          { kind: "check", name: "c", expression: "VALUE <> ''" },
          { kind: "check", expression: "length(VALUE) > 1" },
        ],
      },
    ],
    [
      "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID",
      {
        kind: "alter-domain",
        type: "d",
        action: "add-constraint",
        constraintName: "c",
        constraint: { kind: "check", name: "c", expression: "VALUE > 0", notValid: true },
      },
    ],
    [
      "ALTER DOMAIN d ADD NOT NULL",
      {
        kind: "alter-domain",
        type: "d",
        action: "add-constraint",
        constraint: { kind: "not-null", column: "value" },
      },
    ],
    [
      "ALTER DOMAIN d DROP CONSTRAINT IF EXISTS c",
      {
        kind: "alter-domain",
        type: "d",
        action: "drop-constraint",
        constraintName: "c",
        ifExists: true,
      },
    ],
    [
      "ALTER DOMAIN d VALIDATE CONSTRAINT c",
      { kind: "alter-domain", type: "d", action: "validate-constraint", constraintName: "c" },
    ],
    [
      "ALTER DOMAIN d RENAME CONSTRAINT c TO e",
      {
        kind: "alter-domain",
        type: "d",
        action: "rename-constraint",
        constraintName: "c",
        to: "e",
      },
    ],
    ["ALTER DOMAIN d SET DEFAULT 1", { kind: "alter-domain", type: "d", action: "set-default" }],
    ["ALTER DOMAIN d DROP DEFAULT", { kind: "alter-domain", type: "d", action: "drop-default" }],
    ["ALTER DOMAIN d SET NOT NULL", { kind: "alter-domain", type: "d", action: "set-not-null" }],
    ["ALTER DOMAIN d DROP NOT NULL", { kind: "alter-domain", type: "d", action: "drop-not-null" }],
  ])("%s", (sql, expected) => {
    expect(operationOf(sql)).toEqual(expected);
  });
});
