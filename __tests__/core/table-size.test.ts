import { describe, expect, it } from "@jest/globals";
import { severityBySize } from "../../src/core/table-size.ts";
import { findings, type LintCase } from "../rules/lint.ts";

const ORDERS =
  "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\nCREATE INDEX n ON orders (note);";
const INDEX = "CREATE INDEX orders_note ON orders (note, id);";

function severities(part: Omit<LintCase, "before">): Record<string, string> {
  const found = findings({ before: [ORDERS], preset: "recommended", ...part });
  return Object.fromEntries(found.map(({ rule, severity }) => [rule, severity]));
}

function told(rows: number): string | undefined {
  return findings({ before: [ORDERS], migration: INDEX, rows: { orders: rows } }).find(
    ({ rule }) => rule === "require-concurrent-index",
  )?.message;
}

describe("how many rows a table holds", () => {
  it.each([
    [undefined, "error"],
    [0, "warning"],
    [9_999, "warning"],
    [10_000, "error"],
    [5_000_000, "error"],
  ])("%p: building an index on it is an %s", (rows, severity) => {
    const known = rows === undefined ? {} : { rows: { orders: rows } };
    expect(severities({ migration: INDEX, ...known })).toMatchObject({
      "require-concurrent-index": severity,
    });
  });

  it("is told where it made the difference", () => {
    expect(told(320)).toMatch(/ It held about 320 rows, by the statistics\.$/);
    expect(told(20_000)).not.toMatch(/statistics/);
  });

  it("raises what only warned, where every row is read", () => {
    const down = "REINDEX TABLE orders;";
    const scans = { mode: "SHARE", scans: true, rewrites: false } as const;
    expect(severityBySize("warning", scans, 1_000_000)).toBe("error");
    expect(severityBySize("warning", scans, 999_999)).toBe("warning");
    expect(severityBySize("info", scans, 1_000_000)).toBe("info");
    // A down script warns at most.
    expect(severities({ migration: "SELECT 1;", down, rows: { orders: 5_000_000 } })).toMatchObject(
      {
        "require-concurrent-reindex": "warning",
      },
    );
  });

  it.each([
    ["lost values", "ALTER TABLE orders DROP COLUMN note;", "no-drop-column"],
    ["lost rows", "DROP TABLE orders;", "no-drop-table"],
    ["TRUNCATE", "TRUNCATE orders;", "no-truncate"],
    ["DELETE of all", "DELETE FROM orders;", "no-delete-without-filter"],
    ["a new name", "ALTER TABLE orders RENAME note TO text;", "no-rename-column"],
  ])("never lowers %s", (_, migration, rule) => {
    expect(severities({ migration, rows: { orders: 1 } })).toMatchObject({ [rule]: "error" });
  });

  it("leaves a brief lock as it is", () => {
    expect(severities({ migration: "DROP INDEX n;", rows: { orders: 5_000_000 } })).toMatchObject({
      "require-concurrent-index-drop": "warning",
    });
  });
});
