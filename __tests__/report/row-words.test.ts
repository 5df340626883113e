import { describe, expect, it } from "@jest/globals";
import type { TableFate } from "../../src/core/verification.ts";
import { lossesOf } from "../../src/report/row-words.ts";

const ORDERS: TableFate = {
  table: "orders",
  before: 10,
  lost: 2,
  added: 0,
  columns: [
    { column: "placed", fate: "lost", rows: 8, cause: { line: 3 } },
    { column: "note", fate: "changed", rows: 4, cause: { line: 4 } },
    { column: "age", fate: "kept", to: "years", rows: 10 },
  ],
  examples: ["id 5", "id 8"],
  cause: { line: 5, foreignKey: "orders_customer_id_fkey" },
};

describe("what up takes away", () => {
  it.each<{ what: string; fate: TableFate; words: readonly string[] }>([
    {
      what: "rows, and the values of a column that other rows had",
      fate: ORDERS,
      words: [
        "2 of 10 rows of orders, line 5, through the foreign key orders_customer_id_fkey",
        "orders.placed with 8 values, line 3",
      ],
    },
    {
      what: "a column alone",
      fate: { ...ORDERS, lost: 0 },
      words: ["orders.placed with 8 values, line 3"],
    },
    { what: "nothing", fate: { ...ORDERS, lost: 0, columns: [] }, words: [] },
  ])("is told: $what", ({ fate, words }) => {
    expect(lossesOf({ tables: 1, rows: 10, fates: [fate] })).toEqual(words);
  });
});
