import { describe, expect, it } from "@jest/globals";
import { displayName } from "../../src/core/name.ts";
import type { Expression } from "../../src/core/expression.ts";
import { parser } from "./brief.ts";

function defaultOf(expression: string): Expression {
  const sql = `ALTER TABLE t ALTER a SET DEFAULT ${expression}`;
  const [operation] = parser.parse(sql).statements[0]?.operations ?? [];
  if (operation?.kind !== "set-column-default") throw new Error(sql);
  return operation.default;
}

describe("facts of an expression", () => {
  it.each<[string, readonly string[]]>([
    ["now()", ["now"]],
    ["CURRENT_TIMESTAMP", ["current_timestamp"]],
    ["current_timestamp(3)", ["current_timestamp"]],
    ["localtime", ["localtime"]],
    ["CURRENT_DATE + f(s.g(1), f(2))", ["current_date", "f", "s.g"]],
    ["now() AT TIME ZONE 'utc'", ["pg_catalog.timezone", "now"]],
    ["extract(year FROM x)", ["pg_catalog.extract"]],
    ["(SELECT max(x) FROM y)", ["max"]],
    ["a || 'x'", []],
    ["'x'::public.mood", []],
  ])("%s calls %j", (expression, functions) => {
    expect(defaultOf(expression).functions.map(displayName)).toEqual(functions);
  });

  it.each<[string, readonly string[]]>([
    ["b", ["b"]],
    ['t.b + s.t."C" + b', ["b", "C"]],
    ["f(b) > (SELECT c FROM u)", ["b"]],
    ["t.*", []],
    ["1", []],
  ])("%s reads %j", (expression, columns) => {
    expect(defaultOf(expression).columns).toEqual(columns);
  });

  it.each<[string, boolean]>([
    ["1", true],
    ["-1", true],
    ["'x'::text COLLATE \"C\"", true],
    ["ARRAY[1, -2]::int[]", true],
    ["NULL", true],
    ["true", true],
    ["B'1'", true],
    ["1 + 1", false],
    ["now()", false],
    ["CURRENT_DATE", false],
    ["ARRAY[b]", false],
    ["(SELECT 1)", false],
  ])("%s is constant: %s", (expression, constant) => {
    expect(defaultOf(expression).constant).toBe(constant);
  });

  it.each<[string, boolean]>([
    ["NULL", true],
    ["NULL::text", true],
    ["CAST(NULL AS int)", true],
    ["'null'", false],
    ["0", false],
  ])("%s is null: %s", (expression, isNull) => {
    expect(defaultOf(expression).null).toBe(isNull);
  });

  it.each<[string, readonly string[]]>([
    ["b IS NOT NULL", ["b"]],
    ["t.b IS NOT NULL AND (c > 0 AND d IS NOT NULL)", ["b", "d"]],
    ["NOT (b IS NULL)", ["b"]],
    ["b IS DISTINCT FROM NULL", ["b"]],
    ["NULL IS DISTINCT FROM b", ["b"]],
    ["b IS NOT NULL OR c IS NOT NULL", []],
    ["b IS NULL", []],
    ["NOT (b IS NOT NULL)", []],
    ["b > 0", []],
    ["f(b) IS NOT NULL", []],
    ["b IS NOT DISTINCT FROM NULL", []],
  ])("%s proves that %j are not null", (expression, columns) => {
    expect(defaultOf(expression).provesNotNull).toEqual(columns);
  });

  it.each<[string, boolean]>([
    ["(SELECT 1)", true],
    ["EXISTS (SELECT 1)", true],
    ["b IN (1, 2)", false],
  ])("%s has a subquery: %s", (expression, hasSubquery) => {
    expect(defaultOf(expression).hasSubquery).toBe(hasSubquery);
  });

  it.each<[string, readonly string[] | undefined]>([
    ["b", []],
    ["t.b", []],
    ["(b)::text", ["text"]],
    ["CAST(b::varchar(20) AS pg_catalog.text)", ["varchar", "text"]],
    ["b::app.word", ["word"]],
    ['(b COLLATE "C")::text', ["text"]],
    ["trim(b)::text", undefined],
    ["b + 1", undefined],
    ["'b'::text", undefined],
  ])("%s casts b to %j", (expression, types) => {
    const { cast } = defaultOf(expression);
    expect(cast?.types.map(({ name }) => name)).toEqual(types);
    expect(cast?.column).toBe(types && "b");
  });

  it("keeps the author's text, comments and all", () => {
    expect(defaultOf(" (1 /* one */ +  2) -- sum").text).toBe("(1 /* one */ +  2)");
  });
});
