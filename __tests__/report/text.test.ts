import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { renderText } from "../../src/report/text.ts";
import { textWidth } from "../../src/report/width.ts";
import { cleanReview, finding, input, ORDERS, review, reviewWith, VERIFICATION } from "./review.ts";
import { reviews } from "./untrusted.ts";

const plain = { colour: false };

describe("the terminal report", () => {
  it("tells what is wrong, where and what to do, and sums up in its last line", () => {
    expect(renderText(input(), plain)).toMatchSnapshot();
  });

  it("is short when there is nothing to tell", () => {
    expect(renderText(input(cleanReview()), plain)).toMatchSnapshot();
  });

  it("has no escapes without colour, and with colour the same text", () => {
    const coloured = renderText(input(), { colour: true });
    expect(coloured).toContain("\u{1b}[31m");
    // eslint-disable-next-line no-control-regex
    expect(coloured.replace(/\u{1b}\[\d+m/gu, "")).toBe(renderText(input(), plain));
  });

  it.each([80, 120])("keeps to %p columns", (width) => {
    for (const line of renderText(input(), { colour: false, width }).split("\n")) {
      expect(textWidth(line)).toBeLessThanOrEqual(width + 10);
    }
  });

  it("shows what a fix moves into a file of its own, and no secret of it", () => {
    const texts = input().texts("db/migrations/000042_orders_customer.up.sql") ?? "";
    const fix = {
      title: "Build it later",
      edits: [{ span: { start: 0, end: texts.length }, text: "" }],
      files: [{ path: "db/43.sql", text: "CREATE ROLE app PASSWORD 'hunter2';\nSELECT 1;\n" }],
    };
    const text = renderText(input(reviewWith([finding({ fix })])), plain);
    expect(text).toContain(
      [
        "    fix: Build it later",
        "      - the statement is taken out here",
        "      + file db/43.sql",
        "      +   CREATE ROLE app PASSWORD '*******';",
        "      +   SELECT 1;",
        "",
      ].join("\n"),
    );
  });

  it("names what is for other databases, and stays green", () => {
    const leftAlone = [
      { path: "db/5_a.mysql.up.sql", reason: "its name says that it is for MySQL" },
    ];
    const text = renderText(input({ ...cleanReview(), leftAlone }), plain);
    expect(text).toContain(
      "Left alone\n  db/5_a.mysql.up.sql: its name says that it is for MySQL\n",
    );
    expect(renderMarkdown(input({ ...cleanReview(), leftAlone }))).toContain(
      "<b>Left alone</b> (1)",
    );
  });

  it("leaves what was not asked out", () => {
    const lintOnly = renderText(input(reviewWith([finding()], {})), plain);
    expect(lintOnly).toContain("require-concurrent-index");
    const { verification: _, ...unverified } = ORDERS;
    const [project] = review().projects;
    const text = renderText(
      input(
        review({
          scope: { lint: true, verify: false, since: "everything" },
          projects: project === undefined ? [] : [{ ...project, migrations: [unverified] }],
        }),
      ),
      plain,
    );
    expect(text).toContain("lint only");
    expect(text).not.toContain("up again");
  });

  it.each([
    ["required", "The down script is missing."],
    ["expected", "– missing"],
  ] as const)("takes a missing down as %s", (down, words) => {
    const verification = {
      ...VERIFICATION,
      down: { verdict: "missing" as const, difference: [] },
      rows: [],
    };
    const one = reviewWith([], { verification });
    const settings = { ...one.settings, down };
    expect(renderText(input({ ...one, settings }), plain)).toContain(words);
  });

  it("tells why a step was skipped", () => {
    const verification = {
      ...VERIFICATION,
      down: { verdict: "not-run" as const, reason: "downs are off", difference: [] },
    };
    expect(renderText(input(reviewWith([], { verification })), plain)).toContain(
      "Not run\n  down of 1 migration: downs are off",
    );
  });

  it("leaves rows without anything to tell out of a long table", () => {
    const [project] = cleanReview().projects;
    const [clean] = project?.migrations ?? [];
    if (project === undefined || clean === undefined) throw new Error("no migration");
    const migrations = [...Array.from({ length: 500 }, () => clean), ORDERS];
    const text = renderText(input(review({ projects: [{ ...project, migrations }] })), plain);
    expect(text).toContain("  500 more migrations");
    expect(text.split("\n").length).toBeLessThan(60);
  });
});

describe("untrusted text in the terminal report", () => {
  it.each([
    ["an escape", "\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"],
    ["a workflow command", "x\n::set-output name=a::b", "x : :set-output"],
    ["an old workflow command", "##[add-path]/tmp", "## [add-path]/tmp"],
    ["a password", "could not connect to postgres://a:hunter2@db", "postgres://a:***@db"],
    ["a right-to-left override", "abc\u{202e}def", "abc\\u{202e}def"],
  ])("%s is not obeyed", (_, message, shown) => {
    const text = renderText(input(reviewWith([finding({ message })])), {
      colour: false,
      width: 200,
    });
    expect(text.replace("x ::set", "x : :set")).toContain(shown);
    expect(text).not.toMatch(/^\s*::/m);
  });

  it("neither acts nor begins a line with a command, whatever it is", () => {
    fc.assert(
      fc.property(reviews, (one) => {
        const text = renderText(input(one), { colour: false, width: 60 });
        expect(text).toMatch(/^(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|\n)*$/u);
        expect(text).not.toMatch(/^\s*::/m);
        expect(text).not.toContain("##[");
      }),
      { numRuns: 300 },
    );
  });
});
