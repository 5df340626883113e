import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import type { Review, ReviewedMigration } from "../../src/core/review.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { cleanReview, finding, input, ORDERS, review, reviewWith } from "./review.ts";
import { hostile, reviews } from "./untrusted.ts";

/** A review of many migrations like one. */
function many(count: number, migration: ReviewedMigration): Review {
  const [project] = review().projects;
  const migrations = Array.from({ length: count }, (_, index) => ({
    ...migration,
    id: `${migration.id}_${index}`,
  }));
  return review({ projects: project === undefined ? [] : [{ ...project, migrations }] });
}

/** The text without its blocks of code, and whether each of them was closed. */
function outside(markdown: string): { text: string; closed: boolean } {
  let open: string | undefined;
  const kept: string[] = [];
  for (const line of markdown.split("\n")) {
    const marks = /^`{3,}/.exec(line)?.[0];
    if (open === undefined && marks !== undefined) open = marks;
    else if (open !== undefined && line === open) open = undefined;
    else if (open === undefined) kept.push(line);
  }
  return { text: kept.join("\n"), closed: open === undefined };
}

describe("the checklist comment", () => {
  it("tells the verdict, what was checked, what to do and, folded, the details", () => {
    expect(renderMarkdown(input())).toMatchSnapshot();
  });

  it("is short when there is nothing to tell", () => {
    expect(renderMarkdown(input(cleanReview()))).toMatchSnapshot();
  });

  it("links files and rules where it is told their addresses", () => {
    const text = renderMarkdown(input(), {
      fileAddress: (path, line) => `https://h.example/${path}#L${line ?? 1}`,
      rulePage: (rule) => `https://r.example/${rule}`,
    });
    expect(text).toContain(
      "[`000042_orders_customer`](https://h.example/db/migrations/000042_orders_customer.up.sql#L1)",
    );
    expect(text).toContain("[`no-drop-column`](https://r.example/no-drop-column)");
  });

  it.each([
    ["schema", false, [], ["Afterwards"], ["Staging run", "Backup", "lock_timeout"]],
    ["data", false, [], ["Staging run", "ANALYZE", "batches"], ["Backup", "indisvalid"]],
    ["schema", true, [], ["Backup", "Order of the deploy"], ["Staging run"]],
    ["schema", false, [finding()], ["lock_timeout", "quiet hours** of orders"], ["Backup"]],
    ["nothing", false, [], [], ["Before merging", "While it runs", "Afterwards"]],
  ] as const)(
    "advises what a change of %s (destructive: %p) needs",
    (kind, destructive, findings, has, lacks) => {
      const part = { class: kind, destructive, findings };
      const { verification: _, ...migration } = { ...ORDERS, ...part };
      const text = renderMarkdown(input(many(1, migration)));
      for (const words of has) expect(text).toContain(words);
      for (const words of lacks) expect(text).not.toContain(words);
    },
  );
});

describe("the rest of the checklist", () => {
  it.each([
    [["src/orders.ts", "__tests__/orders.test.ts"], "✅ 1 file of tests changed with it: "],
    [["a.test.ts", "b_test.go", "c.sql"], "✅ 2 files of tests changed with it: a.test.ts, b"],
    [["src/orders.ts"], "➖ No test comes with it"],
  ])("tells of %j whether tests come with the change", (paths, words) => {
    expect(renderMarkdown({ ...input(), changedPaths: paths })).toContain(words);
  });

  it("says nothing of tests where it is not known what else changed, or nothing concerns them", () => {
    expect(renderMarkdown(input())).not.toContain("test comes");
    const nothing = many(1, { ...ORDERS, class: "nothing" });
    expect(renderMarkdown({ ...input(nothing), changedPaths: ["a.sql"] })).not.toContain("test co");
  });

  it("holds the items of the configuration, and why it asks for less", () => {
    const text = renderMarkdown({
      ...input(),
      checklist: [
        {
          id: "backup",
          phase: "before",
          title: "Backup taken",
          when: ["never"],
          reason: "hourly snapshots",
        },
        {
          id: "dba",
          phase: "before",
          title: "The DBA knows | @all",
          text: "of `{tables}`, <b>",
          when: ["require-concurrent-index"],
        },
      ],
    });
    expect(text).toContain("- **The DBA knows &#124; @&#8203;all** of ");
    expect(text).toContain("- `backup` is not asked for: hourly snapshots");
    expect(text).not.toContain("Staging run");
  });
});

describe("a comment that would be too long", () => {
  const long = {
    ...ORDERS,
    findings: Array.from({ length: 20 }, () => finding({ message: "x".repeat(1500) })),
  };

  it.each([
    [1, ORDERS],
    [100, ORDERS],
    [500, ORDERS],
    [5000, ORDERS],
    [1, long],
    [500, long],
    [500, { ...ORDERS, id: "|".repeat(300) }],
  ])("fits with %p migrations", (count, migration) => {
    const text = renderMarkdown(input(many(count, migration)));
    expect(text.length).toBeLessThanOrEqual(65_000);
    expect(text).toContain("### What the machine checked");
  });

  it.each([500, 1000, 3000, 10_000, 30_000])("fits into %p characters", (limit) => {
    for (const one of [review(), many(500, long), many(3, long)]) {
      expect(renderMarkdown(input(one), { limit }).length).toBeLessThanOrEqual(limit);
    }
  });

  it("tells less, and says so", () => {
    const full = renderMarkdown(input(many(3, ORDERS)));
    const half = renderMarkdown(input(many(3, ORDERS)), { limit: 5000 });
    const least = renderMarkdown(input(many(3, ORDERS)), { limit: 500 });
    expect(full).not.toContain("Not everything fits");
    expect(half).toContain("Not everything fits");
    expect(half).toContain("❌ `require-concurrent-index`");
    expect(least).toMatch(/^## ❌ Migration checklist: 1 error/);
    expect(least).toContain("There is too much to tell");
  });

  it("keeps the findings that matter", () => {
    const warnings = Array.from({ length: 300 }, () =>
      finding({ severity: "warning", message: "w".repeat(300) }),
    );
    const text = renderMarkdown(input(reviewWith([...warnings, finding({ line: 1, endLine: 1 })])));
    expect(text.indexOf("**error**")).toBeLessThan(text.indexOf("**warning**"));
    expect(text).toContain("and 201 more");
  });
});

describe("untrusted text in the comment", () => {
  it("breaks out of nothing, whatever it is", () => {
    fc.assert(
      fc.property(reviews, hostile, fc.constantFrom(500, 4000, 65_000), (one, sql, limit) => {
        const markdown = renderMarkdown({ ...input(one), texts: () => sql }, { limit });
        expect(markdown.length).toBeLessThanOrEqual(limit);
        expect(markdown).not.toContain("<!--");
        expect(markdown).toMatch(/^(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|\n|\t)*$/u);
        const { text, closed } = outside(markdown);
        expect(closed).toBe(true);
        expect(tags(text)).toEqual([]);
        const shown = text.replace(/(?<!\\)`[^`\n]+`/g, "").replace(/&#\d+;/g, "\0");
        expect(shown).not.toMatch(/@[\w-]|#\d|GH-\d|https?:\/\/|www\.|(?<!\\)\]\(/i);
        for (const row of text.split("\n").filter((line) => line.startsWith("| "))) {
          expect(row).toMatch(/^\|(?: [^|]* \|)+$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Tags that the comment does not write itself, or that are not closed in order. */
function tags(text: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, slash, name = ""] of text.matchAll(/<(\/?)(\w*)[^>]*>?/g)) {
    if (!/^<\/?(?:details|summary|b|code|span)>$|^<br>$/.test(tag)) wrong.push(tag);
    else if (name === "br") continue;
    else if (slash === "") open.push(name);
    else if (open.pop() !== name) wrong.push(tag);
  }
  return [...wrong, ...open];
}
