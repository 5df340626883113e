import { describe, expect, it } from "@jest/globals";
import type { ChecklistItem } from "../../src/core/checklist.ts";
import { DEFAULT_CHECKLIST } from "../../src/core/checklist-items.ts";
import { contentOf, isOpen, neededItems, withConfirmation } from "../../src/core/gate.ts";
import type { ReviewedMigration } from "../../src/core/review.ts";
import type { RuleCategory } from "../../src/core/rule.ts";
import type { DownVerdict } from "../../src/core/verification.ts";
import { finding, ORDERS, VERIFICATION } from "../report/review.ts";

const CATEGORIES: Readonly<Record<string, RuleCategory>> = {
  "require-concurrent-index": "blocking-lock",
  "no-drop-column": "data-loss",
  "no-rename-column": "breaks-running-code",
};
const categoryOf = (rule: string): RuleCategory | undefined => CATEGORIES[rule];

/** A migration of which nothing has to be said. */
const PLAIN: ReviewedMigration = {
  id: "1",
  path: "1.up.sql",
  change: "added",
  class: "nothing",
  destructive: false,
  findings: [],
  suppressed: [],
};

function down(verdict: DownVerdict): Partial<ReviewedMigration> {
  return { verification: { ...VERIFICATION, down: { verdict, difference: [] } } };
}

function item(when: string, gate = false): ChecklistItem {
  return {
    id: "x",
    phase: "before",
    title: "x",
    when: [when],
    ...(gate ? { gate: { who: ["write"], notAuthor: true } } : {}),
  };
}

describe("which items a migration needs", () => {
  const suppressed = [{ finding: finding(), reason: "small" }];

  it.each<[string, Partial<ReviewedMigration>, reminder: boolean, gate: boolean]>([
    ["always", {}, true, true],
    ["never", { destructive: true }, false, false],
    ["schema", { class: "schema" }, true, true],
    ["schema", { class: "data" }, false, false],
    ["data", { class: "schema-and-data" }, true, true],
    ["data", { class: "unknown" }, true, true],
    ["destructive", { destructive: true }, true, true],
    ["destructive", {}, false, false],
    ["blocking", { findings: [finding()] }, true, true],
    ["blocking", { findings: [finding({ rule: "no-drop-column" })] }, false, false],
    ["breaking", { findings: [finding({ rule: "no-rename-column" })] }, true, true],
    ["no-drop-column", { findings: [finding({ rule: "no-drop-column" })] }, true, true],
    ["no-drop-column", { findings: [finding()] }, false, false],
    // What a comment in the file silences cannot silence who is asked.
    ["blocking", { suppressed }, false, true],
    ["require-concurrent-index", { suppressed }, false, true],
    // A down that was not run has not been seen to bring anything back.
    ["one-way", { class: "schema" }, false, true],
    ["one-way", { class: "nothing" }, false, false],
    ["one-way", down("exact"), false, false],
    ["one-way", down("cosmetic"), false, false],
    ["one-way", down("partial"), true, true],
    ["one-way", down("missing"), true, true],
    ["one-way", down("not-run"), true, true],
    ["always", { change: "deleted" }, false, false],
  ])("%s of %j: as a reminder %p, as a gate %p", (when, part, reminder, gate) => {
    const needs = (asGate: boolean): boolean =>
      neededItems([item(when, asGate)], [{ ...PLAIN, ...part }], categoryOf).length > 0;
    expect([needs(false), needs(true)]).toEqual([reminder, gate]);
  });

  it("names the migrations and tables, each once, in the order of the checklist", () => {
    const needed = neededItems(DEFAULT_CHECKLIST, [PLAIN, ORDERS, ORDERS], categoryOf);
    expect(needed.map((one) => one.item.id)).toEqual([
      "backup",
      "destructive",
      "rollback",
      "deploy-order",
      "quiet-hours",
      "alerts",
      "lock-timeout",
      "watch-locks",
      "half-made",
      "keep-backup",
      "smoke-test",
    ]);
    expect(needed[0]).toMatchObject({ migrations: [ORDERS, ORDERS], tables: ["orders"] });
  });

  it("asks nothing of a change that does nothing to the database", () => {
    expect(neededItems(DEFAULT_CHECKLIST, [PLAIN], categoryOf)).toEqual([]);
  });
});

describe("the content of a gate", () => {
  const gate = { who: ["write", "@a"], notAuthor: true };
  const backup: ChecklistItem = { id: "backup", phase: "before", title: "t", when: [], gate };
  const other = { ...ORDERS, path: "a.sql", downPath: "b.sql" };
  const content = (
    one: ChecklistItem = backup,
    migrations: readonly ReviewedMigration[] = [ORDERS, other],
    digest = (path: string): string => `hash of ${path}`,
  ): string => contentOf({ item: one, migrations, tables: [] }, digest);
  const withoutDown: ReviewedMigration = JSON.parse(
    JSON.stringify({ ...other, downPath: undefined }),
  );

  it.each([
    ["the order of the migrations", content(backup, [other, ORDERS])],
    [
      "the order of whose word it is",
      content({ ...backup, gate: { ...gate, who: ["@a", "write"] } }),
    ],
    ["the title", content({ ...backup, title: "another" })],
    ["findings", content(backup, [{ ...ORDERS, findings: [] }, other])],
  ])("does not change with %s", (_, changed) => {
    expect(changed).toBe(content());
  });

  it.each([
    [
      "an up script",
      content(backup, undefined, (path) => (path === other.path ? "x" : `hash of ${path}`)),
    ],
    [
      "a down script",
      content(backup, undefined, (path) => (path === "b.sql" ? "x" : `hash of ${path}`)),
    ],
    ["a down script that is gone", content(backup, [ORDERS, withoutDown])],
    ["a migration that comes to it", content(backup, [ORDERS, other, { ...other, path: "c.sql" }])],
    ["one that goes", content(backup, [ORDERS])],
    ["the item", content({ ...backup, id: "staging" })],
    ["whose word it is", content({ ...backup, gate: { ...gate, who: ["admin"] } })],
    ["whether the author's counts", content({ ...backup, gate: { ...gate, notAuthor: false } })],
  ])("changes with %s", (_, changed) => {
    expect(changed).not.toBe(content());
  });
});

describe("a word that was given earlier", () => {
  const gate = {
    item: "backup",
    label: "Backup",
    rule: { who: ["write"], notAuthor: true },
    content: "c",
    since: "2026-11-27T14:02:00Z",
  };
  const given = { item: "backup", by: "maintainer", at: "2026-11-27T15:00:00Z", content: "c" };

  it("holds for the same content, and has fallen for another", () => {
    expect(withConfirmation(gate, given)).toEqual({ ...gate, confirmation: given });
    const old = { ...given, content: "d" };
    expect(withConfirmation(gate, old)).toEqual({ ...gate, fallen: old });
    expect(isOpen(withConfirmation(gate, old))).toBe(true);
    expect(isOpen(withConfirmation(gate, undefined))).toBe(true);
    expect(isOpen(withConfirmation(gate, given))).toBe(false);
  });
});
