import { describe, expect, it } from "@jest/globals";
import type { Volatility } from "../../src/core/expression.ts";
import { applyOperation } from "../../src/core/replay.ts";
import { Schema } from "../../src/core/schema.ts";
import { loadParser } from "../../src/parser/parse-script.ts";

const parser = await loadParser();

const FUNCTIONS = `
CREATE FUNCTION pure(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 1; END';
CREATE FUNCTION calm() RETURNS integer LANGUAGE plpgsql STABLE AS 'BEGIN RETURN 1; END';
CREATE FUNCTION wild() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE FUNCTION twin(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 1; END';
CREATE FUNCTION twin(text) RETURNS integer LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';
CREATE SCHEMA own;
CREATE FUNCTION own.lower(text) RETURNS text LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';
`;

describe("the volatility of a default", () => {
  it.each<[string, Volatility]>([
    ["1", "constant"],
    ["'{}'::jsonb", "constant"],
    ["ARRAY[1, 2]", "constant"],
    ["1 + 1", "immutable"],
    ["lower('A')", "immutable"],
    ["coalesce(1, 2)", "immutable"],
    ["pg_catalog.now()", "stable"],
    ["CURRENT_TIMESTAMP", "stable"],
    ["current_setting('x')", "stable"],
    ["date_trunc('day', transaction_timestamp())", "stable"],
    ["clock_timestamp()", "volatile"],
    ["gen_random_uuid()", "volatile"],
    ["public.uuid_generate_v4()", "volatile"],
    ["extensions.gen_random_bytes(4)", "volatile"],
    ["nextval('s')", "volatile"],
    ["random()", "volatile"],
    ["abs(random())", "volatile"],
    ["pure(1)", "immutable"],
    ["calm()", "stable"],
    ["wild()", "volatile"],
    ["twin(1)", "volatile"],
    ["own.lower('A')", "volatile"],
    ["nobody_knows(1)", "unknown"],
    ["nobody_knows(random())", "volatile"],
  ])("%s", (expression, expected) => {
    const schema = new Schema();
    const sql = `${FUNCTIONS} CREATE TABLE t (c text DEFAULT ${expression});`;
    for (const { operations } of parser.parse(sql).statements) {
      for (const operation of operations) applyOperation(schema, operation, { reviewing: false });
    }
    expect(schema.column({ name: "t" }, "c")?.defaultVolatility).toBe(expected);
  });
});
