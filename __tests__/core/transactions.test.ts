import { describe, expect, it } from "@jest/globals";
import type { Execution } from "../../src/core/migration.ts";
import { transactionsOf } from "../../src/core/transactions.ts";
import { loadParser } from "../../src/parser/parse-script.ts";

const parser = await loadParser();

const WRAPPED: Execution = { transaction: true, sends: "statements" };
const WHOLE: Execution = { transaction: false, sends: "script" };
const WRAPPED_WHOLE: Execution = { transaction: true, sends: "script" };
const ALONE: Execution = { transaction: false, sends: "statements" };

/** `runner 0`, `explicit 1`, `implicit 0` or `-` for each statement. */
function kinds(sql: string, execution: Execution): string {
  return transactionsOf(parser.parse(sql).statements, { execution })
    .map((transaction) =>
      transaction === undefined ? "-" : `${transaction.kind} ${transaction.id}`,
    )
    .join(", ");
}

describe("the transaction of each statement", () => {
  it.each([
    ["a runner that wraps", "SELECT 1; SELECT 2", WRAPPED, "runner 0, runner 0"],
    ["a runner that sends statements", "SELECT 1; SELECT 2", ALONE, "-, -"],
    ["one query string of one statement", "SELECT 1;", WHOLE, "-"],
    ["one query string of two", "SELECT 1; SELECT 2", WHOLE, "implicit 0, implicit 0"],
    [
      "an explicit transaction",
      "SELECT 0; BEGIN; SELECT 1; COMMIT; SELECT 2",
      ALONE,
      "-, explicit 1, explicit 1, explicit 1, -",
    ],
    [
      "BEGIN takes in what ran before it in the same query string",
      "SELECT 0; BEGIN; SELECT 1; COMMIT; SELECT 2",
      WHOLE,
      "implicit 0, explicit 0, explicit 0, explicit 0, implicit 1",
    ],
    [
      "a COMMIT that ends the runner's transaction early",
      "SELECT 1; COMMIT; SELECT 2",
      WRAPPED,
      "runner 0, runner 0, -",
    ],
    [
      "the same where the script is one query string",
      "SELECT 1; COMMIT; SELECT 2",
      WRAPPED_WHOLE,
      "runner 0, runner 0, implicit 1",
    ],
    [
      "a rollback",
      "BEGIN; SELECT 1; ROLLBACK; SELECT 2",
      ALONE,
      "explicit 1, explicit 1, explicit 1, -",
    ],
    ["nothing", "-- empty", WHOLE, ""],
  ])("%s", (_, sql, execution, expected) => {
    expect(kinds(sql, execution)).toBe(expected);
  });

  it("follows the stretches that a runner's marks enclose", () => {
    const sql = "SELECT 1; SELECT 2; SELECT 3; SELECT 4;";
    const statementSpans = [
      { start: 0, end: 9 },
      { start: 10, end: 29 },
      { start: 30, end: 39 },
    ];
    const { statements } = parser.parse(sql, { statementSpans });
    expect(transactionsOf(statements, { execution: ALONE, statementSpans })).toEqual([
      undefined,
      { id: 0, kind: "implicit" },
      { id: 0, kind: "implicit" },
      undefined,
    ]);
  });
});
