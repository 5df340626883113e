import { describe, expect, it } from "@jest/globals";
import type { ChecklistItem } from "../../src/core/checklist.ts";
import { DEFAULT_CHECKLIST } from "../../src/core/checklist-items.ts";
import { UserError } from "../../src/core/user-error.ts";
import { parseConfig } from "../../src/config/parse-config.ts";
import { RULES } from "./rules.ts";

const checklist = (text: string) => parseConfig(text, "migrate-verify.yml", RULES).checklist;

function item(text: string, id: string): ChecklistItem | undefined {
  return checklist(text).find((one) => one.id === id);
}

describe("the checklist of a configuration", () => {
  it("is the default one where nothing is said", () => {
    expect(checklist("gates: {}\nchecklist: {}")).toEqual(DEFAULT_CHECKLIST);
  });

  it.each([
    ["gates: { backup: {} }", "backup", { gate: { who: ["write"], notAuthor: true } }],
    ["gates: { backup: { who: admin } }", "backup", { gate: { who: ["admin"], notAuthor: true } }],
    [
      "gates: { backup: { who: ['@octocat', '@org/dba'] } }",
      "backup",
      { gate: { who: ["@octocat", "@org/dba"], notAuthor: true } },
    ],
    [
      "gates: { backup: { not-author: false, reason: two of us } }",
      "backup",
      { gate: { who: ["write"], notAuthor: false }, reason: "two of us" },
    ],
    [
      "gates: { backup: { when: never, reason: hourly snapshots } }",
      "backup",
      { when: ["never"], reason: "hourly snapshots" },
    ],
    ["gates: { staging: {} }", "staging", { when: ["data"], gate: { notAuthor: true } }],
    ["gates: { half-made: {} }", "half-made", { phase: "before" }],
    [
      "gates: { dba: { title: The DBA knows, when: [need-lock-timeout, blocking] } }",
      "dba",
      { phase: "before", title: "The DBA knows", when: ["require-lock-timeout", "blocking"] },
    ],
    ["checklist: { staging: { when: never } }", "staging", { when: ["never"] }],
    ["checklist: { staging: { phase: after } }", "staging", { phase: "after" }],
    [
      "checklist: { announce: { title: Announce it, text: 'in #ops', when: always } }",
      "announce",
      { phase: "before", title: "Announce it", text: "in #ops", when: ["always"] },
    ],
    ["checklist: { staging: {} }\ngates: { staging: {} }", "staging", { gate: { who: ["write"] } }],
  ])("%s", (text, id, part) => {
    expect(item(text, id)).toMatchObject(part);
  });

  it("does not put an own title before the text of another", () => {
    expect(item("gates: { backup: { title: Snapshot } }", "backup")).not.toHaveProperty("text");
  });

  it("keeps the order of the known items, and puts own ones behind them", () => {
    const ids = checklist("gates: { own: { title: x, when: data }, staging: {} }").map(
      (one) => one.id,
    );
    expect(ids).toEqual([...DEFAULT_CHECKLIST.map(({ id }) => id), "own"]);
  });
});

describe("a checklist that is wrong", () => {
  it.each([
    ["gates: { backup: { when: never } }", "gates.backup: a gate that asks for less"],
    ["gates: { backup: { when: [never] } }", "gates.backup: a gate that asks for less"],
    ["gates: { backup: { not-author: false } }", "gates.backup: a gate that asks for less"],
    [
      "gates:\n  bakup: {}",
      'none of the known items, and needs a title and a when of its own; did you mean "backup"?',
    ],
    ["gates: { own: { title: x } }", "gates.own: is none of the known items"],
    [
      "gates: { own: { title: x, when: destructiv } }",
      'found "destructiv"; did you mean "destructive"?',
    ],
    ["gates: { own: { title: x, when: no-drop-tabel } }", 'did you mean "no-drop-table"?'],
    ["gates: { backup: { who: read } }", "expected write, maintain, admin, @login or @org/team"],
    ["gates: { backup: { who: [] } }", "expected write, maintain"],
    ["gates: { backup: { who: '@-x' } }", "expected write, maintain"],
    [
      `gates: { backup: { who: [${Array.from({ length: 11 }, (_, n) => `"@p${n}"`).join()}] } }`,
      "at most 10 names; name a team instead",
    ],
    ["gates: { Backup: {} }", "expected an id of small letters"],
    ["checklist: { backup: {} }", "checklist.backup: is a gate: set it under gates"],
    ["checklist: { own: {} }", "checklist.own: is none of the known items"],
    ["checklist: { staging: { phase: later } }", "expected before, during or after"],
    [`checklist: { staging: { text: "${"x".repeat(301)}" } }`, "at most 300 characters"],
    [
      `gates: {${Array.from({ length: 13 }, (_, n) => `g${n}: { title: x, when: data }`).join()}}`,
      "at most 12 gates",
    ],
  ])("%s", (text, message) => {
    expect(() => checklist(text)).toThrow(UserError);
    expect(() => checklist(text)).toThrow(message);
  });
});
