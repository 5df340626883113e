import { describe, expect, it } from "@jest/globals";
import type { IdleStatement } from "../../src/core/verification.ts";
import { renderJson } from "../../src/report/json.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { renderText } from "../../src/report/text.ts";
import { input, reviewWith, VERIFICATION } from "./review.ts";

const UPDATE: IdleStatement = { line: 3, command: "UPDATE", table: "orders", rows: 1000 };
const INSERT: IdleStatement = { line: 3, command: "INSERT", table: "orders", rows: 2 };

describe("a statement that changed none of the rows that there were", () => {
  it.each([
    [
      UPDATE,
      "This UPDATE changed none of the 1,000 rows of orders: what it does to rows that match was not seen",
    ],
    [
      INSERT,
      "This INSERT took none of the 2 rows of orders: what it does to rows that match was not seen",
    ],
  ])("is told in every report", (idle, words) => {
    const verification = { ...VERIFICATION, idleStatements: [idle] };
    const review = reviewWith([], { verification });
    const page = input(review);
    const text = renderText(page, { colour: false, width: 200 });
    expect(text).toContain(
      `  warning up  db/migrations/000042_orders_customer.up.sql:3\n  ${words}.`,
    );
    expect(renderMarkdown(page)).toContain(`⚠️ ${words}: `);
    expect(renderJson(review)).toContain('"idleStatements"');
  });
});
