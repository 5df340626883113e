import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import type { ChecklistItem } from "../../src/core/checklist.ts";
import type { ReviewedMigration } from "../../src/core/review.ts";
import type { Confirmation } from "../../src/core/gate.ts";
import { unsealed } from "../../src/github/comment-seal.ts";
import { stateOf, type CommentState } from "../../src/github/comment-state.ts";
import { composeComment, rewriteComment } from "../../src/github/compose-comment.ts";
import { boxesOf } from "../../src/report/markdown-gates.ts";
import type { ReportInput } from "../../src/report/report-input.ts";
import { finding, input, ORDERS, review } from "../report/review.ts";
import { hostile, reviews } from "../report/untrusted.ts";

/** What GitHub takes, in UTF-16 units. */
const GITHUB = 65_536;
const PLACE = { repository: "acme/shop", pull: 7, key: "a secret" };

function compose(report: ReportInput, previous?: string): { text: string; state: CommentState } {
  const { text } = composeComment({
    report,
    place: PLACE,
    head: "3f9c2e1",
    now: new Date("2026-11-27T13:00:00Z"),
    ...(previous === undefined ? {} : { previous: { text: previous } }),
  });
  const state = stateOf(unsealed(text, PLACE) ?? "");
  if (state === undefined) throw new Error(`no state in\n${text}`);
  return { text, state };
}

/** As many gates as a configuration may have, with the longest texts. */
const MANY_GATES: readonly ChecklistItem[] = Array.from({ length: 14 }, (_, index) => ({
  id: `gate-${"x".repeat(30)}-${index}`,
  phase: "before",
  title: "$".repeat(100),
  text: "& {tables} ".repeat(27),
  when: ["always"],
  gate: { who: ["write", "@somebody", "@organization/team"], notAuthor: true },
}));

function word(item: string, part: Partial<Confirmation> = {}): Confirmation {
  return { item, by: "mia", at: "2026-11-27T13:00:00Z", content: "c", ...part };
}

const migrations = (count: number): readonly ReviewedMigration[] =>
  Array.from({ length: count }, (_, index) => ({
    ...ORDERS,
    id: `${ORDERS.id}_${index}`,
    findings: ORDERS.findings.map((one) =>
      finding({ ...one, table: `${"t|".repeat(40)}${index}` }),
    ),
  }));

describe("a comment of any size", () => {
  const [project] = review().projects;
  const report = (count: number): ReportInput =>
    input(
      review({
        projects: project === undefined ? [] : [{ ...project, migrations: migrations(count) }],
      }),
    );

  it.each([1, 50, 500])("fits with %i migrations, every box in it", (count) => {
    const { text, state } = compose(report(count));
    expect(text.length).toBeLessThanOrEqual(GITHUB);
    expect(boxesOf(text).map(({ item }) => item)).toEqual(["backup", "destructive"]);
    expect(state.gates).toHaveLength(2);
    expect(text).toContain("### What the machine checked");
  });

  it("fits with the most gates, the longest reasons and 500 migrations", () => {
    const one = { ...report(500), checklist: MANY_GATES };
    const { text, state } = compose(one);
    expect(boxesOf(text)).toHaveLength(14);
    expect(text.length).toBeLessThanOrEqual(GITHUB);
    const body = unsealed(text, PLACE) ?? "";
    const confirmations = state.gates.map(({ item, content }) =>
      word(item, { content, reason: "$é".repeat(150), by: "x".repeat(39) }),
    );
    const written = rewriteComment(body, { ...state, confirmations }, PLACE).text;
    expect(written.length).toBeLessThanOrEqual(GITHUB);
    expect(boxesOf(written).every(({ ticked }) => ticked)).toBe(true);
    expect(compose(one, written).text.length).toBeLessThanOrEqual(GITHUB);
  });
});

describe("a comment of untrusted texts", () => {
  it("holds its seal, its state and its boxes, and comes back the same when it is written anew", () => {
    fc.assert(
      fc.property(reviews, hostile, hostile, (one, reason, by) => {
        const checklist = MANY_GATES.slice(0, 2).map((item) => ({
          ...item,
          title: `x${reason}`,
          text: by,
        }));
        const report = { ...input(one), checklist, texts: () => reason };
        const { text, state } = compose(report);
        expect(text.match(/<!-- migrate-verify/g)).toHaveLength(2);
        const confirmations = state.gates.map(({ item, content }) =>
          // As long as GitHub's names and our reasons may be; what is longer is no state of ours.
          word(item, { content, reason: reason.slice(0, 500), by: by.slice(0, 100) }),
        );
        const { text: written } = rewriteComment(
          unsealed(text, PLACE) ?? "",
          { ...state, confirmations },
          PLACE,
        );
        const body = unsealed(written, PLACE);
        expect(stateOf(body ?? "")).toEqual({ ...state, confirmations });
        expect(compose(report, written).text).toBe(written);
        expect(boxesOf(written).map(({ ticked }) => ticked)).toEqual(state.gates.map(() => true));
        // Taken back, it is the comment that it was.
        expect(rewriteComment(body ?? "", state, PLACE).text).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});
