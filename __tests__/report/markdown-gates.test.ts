import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import type { Confirmation, Gate } from "../../src/core/gate.ts";
import { checkOutcome, commentTitle } from "../../src/report/comment-title.ts";
import { gateLabel } from "../../src/report/checklist-item.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { boxesOf, replaceGates, withoutTicks } from "../../src/report/markdown-gates.ts";
import { input, ORDERS, review } from "./review.ts";
import { hostile, reviews } from "./untrusted.ts";

const RULE = { who: ["write"], notAuthor: true };

function gate(item: string, part: Partial<Gate> = {}): Gate {
  return {
    item,
    label: `**${item}**`,
    rule: RULE,
    content: "c",
    since: "2026-11-27T13:00:00Z",
    ...part,
  };
}

const GIVEN: Confirmation = {
  item: "destructive",
  by: "maintainer",
  at: "2026-11-27T14:02:31Z",
  reason: "restore from snapshot, runbook 7",
  content: "c",
};

describe("the boxes of gates", () => {
  it("stand in the comment with what was said, before the reminders", () => {
    const gates = [
      gate("backup"),
      gate("destructive", { confirmation: GIVEN }),
      gate("staging", { fallen: { ...GIVEN, item: "staging", alone: true } }),
    ];
    const notes = ["outsider ticked backup: it needs write access."];
    const text = renderMarkdown(input(), { gates: { gates, notes } });
    expect(text).toContain("; 2 confirmations needed\n");
    expect(text.slice(text.indexOf("<!-- gates -->"), text.indexOf("- **Rollback plan**")))
      .toMatchInlineSnapshot(`
     "<!-- gates -->

     ### Before merging, somebody confirms
     - [ ] **backup** <!-- gate:backup -->
     - [x] **destructive** <!-- gate:destructive --><br>Confirmed by \`maintainer\`, 27 Nov 2026 14:02 UTC: restore from snapshot, runbook 7
     - [ ] **staging** <!-- gate:staging --><br>The migration changed since it was confirmed by \`maintainer\`, the author, as nobody else could, 27 Nov 2026 14:02 UTC: restore from snapshot, runbook 7

     Tick a box, or write \`/migrate-approve backup and why\`. It needs write access, and not the author where somebody else can. A word falls when the migration changes.

     > outsider ticked backup: it needs write access.

     <!-- /gates -->

     ### Before merging
     "
    `);
    expect(text).not.toContain("- **Backup taken**");
  });

  it("are not there where nothing has to be confirmed", () => {
    const text = renderMarkdown(input(), { gates: { gates: [], notes: [] } });
    expect(text).not.toContain("<!--");
    expect(text).not.toContain("- **Backup taken**");
  });

  it("stand even where there is room for nothing else", () => {
    const text = renderMarkdown(input(), {
      gates: { gates: [gate("backup")], notes: [] },
      limit: 500,
    });
    expect(boxesOf(text)).toEqual([{ item: "backup", ticked: false, label: "**backup**" }]);
    expect(text).toContain("There is too much to tell");
  });

  it("are told of the migrations that need them", () => {
    const item = { id: "backup", phase: "before", title: "Backup", when: [], gate: RULE } as const;
    const many = Array.from({ length: 5 }, () => ORDERS);
    expect(gateLabel({ item, migrations: many, tables: [] })).toBe(
      "**Backup** (`000042_orders_customer`, `000042_orders_customer`, `000042_orders_customer` and 2 more)",
    );
  });
});

describe("the section written anew", () => {
  const text = renderMarkdown(input(), { gates: { gates: [gate("backup")], notes: [] } });

  it.each(["\n", "\r\n"])("leaves everything else, with line ends of %j", (end) => {
    const given = { gates: [gate("backup", { confirmation: GIVEN })], notes: ["a note"] };
    const after = replaceGates(text.replaceAll("\n", end), given);
    expect(boxesOf(after)).toEqual([{ item: "backup", ticked: true, label: "**backup**" }]);
    expect(after).toContain("> a note");
    expect(replaceGates(after, { gates: [gate("backup")], notes: [] })).toBe(text);
  });

  it("is not there to be written in a comment without it", () => {
    expect(replaceGates("x\n", { gates: [gate("backup")], notes: [] })).toBe("x\n");
  });
});

describe("the boxes of a comment that came back", () => {
  const line = "- [ ] **Backup** of orders <!-- gate:backup -->";

  it.each([
    [line, [["backup", false]]],
    [line.replace("[ ]", "[x]"), [["backup", true]]],
    [line.replace("[ ]", "[X]"), [["backup", true]]],
    [`${line}<br>Confirmed by x`, [["backup", false]]],
    [
      `${line}\r\n${line.replace("backup", "dba")}`,
      [
        ["backup", false],
        ["dba", false],
      ],
    ],
    [`${line}\n${line.replace("[ ]", "[x]")}`, [["backup", false]]],
    [`  ${line}`, []],
    [line.replace("[ ]", "[y]"), []],
    [line.replace("- [ ]", "* [ ]"), []],
    [line.replace(" <!-- gate:backup -->", ""), []],
    [line.replace("gate:backup", "gate:"), []],
  ] as const)("%j", (text, boxes) => {
    expect(boxesOf(text).map(({ item, ticked }) => [item, ticked])).toEqual(boxes);
  });

  it("are empty where ticks do not count, and nothing else is touched", () => {
    const text = `a\r\n${line.replace("[ ]", "[X]")}\r\n- [x] another`;
    expect(withoutTicks(text)).toBe(`a\n${line}\n- [x] another`);
  });
});

describe("untrusted text about gates", () => {
  it("makes no box, closes none and hides nothing, whatever it is", () => {
    fc.assert(
      fc.property(
        reviews,
        hostile,
        hostile,
        fc.constantFrom(500, 4000, 65_000),
        (one, text, name, limit) => {
          const said: Confirmation = { ...GIVEN, by: name, reason: text };
          const migrations = one.projects.flatMap((project) => project.migrations);
          const item = {
            id: "own",
            phase: "before",
            title: text,
            text: ` {tables} ${name}`,
            when: [],
            gate: RULE,
          } as const;
          const label = gateLabel({ item, migrations, tables: [text, name] });
          const gates = [
            gate("backup", { confirmation: said }),
            gate("own", { label, fallen: said, rule: { who: [`@${name}`], notAuthor: true } }),
          ];
          const options = { gates: { gates, notes: [text, name] }, limit };
          const markdown = renderMarkdown(
            { ...input(one), texts: () => text, checklist: [item] },
            options,
          );
          expect(boxesOf(markdown).map((box) => [box.item, box.ticked])).toEqual([
            ["backup", true],
            ["own", false],
          ]);
          expect(boxesOf(markdown)[1]?.label).toBe(label);
          expect(markdown.match(/<!--.*?(?:-->|$)/gs)).toEqual([
            "<!-- gates -->",
            "<!-- gate:backup -->",
            "<!-- gate:own -->",
            "<!-- /gates -->",
          ]);
          expect(replaceGates(markdown, options.gates)).toBe(markdown);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("what the title and the check say", () => {
  const pass = { verdict: "pass", headline: "nothing found in 1 migration" } as const;
  const fail = { verdict: "fail", headline: "1 error in 1 migration" } as const;
  const unverified = {
    verdict: "unverified",
    headline: "nothing found in 1 migration; 1 not verified",
  } as const;
  const open = [gate("backup"), gate("destructive")];
  const given = [gate("backup", { confirmation: GIVEN })];

  it.each([
    [
      pass,
      [],
      "## ✅ Migration checklist: nothing found in 1 migration",
      "success",
      "Nothing found in 1 migration",
    ],
    [
      pass,
      given,
      "## ✅ Migration checklist: nothing found in 1 migration",
      "success",
      "Nothing found in 1 migration",
    ],
    [
      pass,
      open,
      "## ⏳ Migration checklist: nothing found in 1 migration; 2 confirmations needed",
      "failure",
      "Waiting for 2 confirmations: backup, destructive",
    ],
    [
      fail,
      given,
      "## ❌ Migration checklist: 1 error in 1 migration",
      "failure",
      "1 error in 1 migration",
    ],
    [
      fail,
      open,
      "## ❌ Migration checklist: 1 error in 1 migration; 2 confirmations needed",
      "failure",
      "1 error in 1 migration; waiting for 2 confirmations: backup, destructive",
    ],
    [
      unverified,
      [],
      "## ❌ Migration checklist: nothing found in 1 migration; 1 not verified",
      "failure",
      "Nothing found in 1 migration; 1 not verified",
    ],
  ] as const)("of %j with %j", (machine, gates, title, conclusion, check) => {
    expect(commentTitle(machine, gates)).toBe(title);
    expect(checkOutcome(machine, gates)).toEqual({ conclusion, title: check });
  });

  it("is the first line of the comment", () => {
    expect(
      renderMarkdown(input(review({ verdict: "pass" })), { gates: { gates: open, notes: [] } }),
    ).toMatch(/^## ⏳ /);
  });
});
