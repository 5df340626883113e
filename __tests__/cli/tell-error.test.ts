import { describe, expect, it } from "@jest/globals";

import { tellContradictions } from "../../src/cli/tell-error.ts";
import type { Evidence, Finding } from "../../src/core/finding.ts";
import type { Review, ReviewedMigration } from "../../src/core/review.ts";

function told(verdict: Evidence["verdict"]): string {
  const evidence: Evidence = { verdict, text: "PostgreSQL 16.1 held SHARE on `a\u001b[2J`." };
  const finding = { rule: "no-lock", path: "db/1.sql", line: 3, evidence } as Finding;
  const migration = { findings: [finding] } as unknown as ReviewedMigration;
  const review = { projects: [{ migrations: [migration] }] } as unknown as Review;
  let text = "";
  tellContradictions(review, {
    isTTY: false,
    write: (piece: string) => {
      text += piece;
      return true;
    },
  });
  return text;
}

describe("a finding that the database contradicted", () => {
  it("is logged as ours to mend", () => {
    expect(told("contradicted")).toContain(
      "The database contradicted no-lock at db/1.sql:3: PostgreSQL 16.1 held SHARE on",
    );
    expect(told("contradicted")).toContain("Please report it: this is ours to mend.");
    expect(told("contradicted")).not.toContain("\u001b");
  });

  it.each(["confirmed", "not-observed"] as const)("is none where it is %s", (verdict) => {
    expect(told(verdict)).toBe("");
  });
});
