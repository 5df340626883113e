import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";

import { parseReply, type Reply } from "../../src/database/messages.ts";

const REPLIES: readonly Reply[] = [
  { kind: "ready", version: "18.6" },
  { kind: "ran", ms: 0.25 },
  { kind: "done" },
  { kind: "rows", rows: [["1", null], []] },
  { kind: "failed", cause: "sql", error: { message: "no" } },
  {
    kind: "failed",
    cause: "crash",
    error: { message: "no", code: "42P01", detail: "d", hint: "h", offset: 0 },
  },
];

const KINDS = new Set(REPLIES.map(({ kind }) => kind));

describe("parseReply", () => {
  it.each(REPLIES)("takes %j", (reply) => {
    expect(parseReply(reply)).toEqual(reply);
  });

  it.each([
    null,
    "ready",
    [],
    {},
    { kind: "unheard" },
    { kind: "ready" },
    { kind: "ran", ms: -1 },
    { kind: "ran", ms: Number.NaN },
    { kind: "ran", ms: "1" },
    { kind: "rows" },
    { kind: "rows", rows: ["ab"] },
    { kind: "rows", rows: [[1]] },
    { kind: "failed", cause: "sql" },
    { kind: "failed", cause: "sql", error: {} },
    // The clock is the parent's.
    { kind: "failed", cause: "timeout", error: { message: "late" } },
  ])("refuses %j", (value) => {
    expect(() => parseReply(value)).toThrow("a reply");
  });

  it("takes over nothing that it does not know", () => {
    const error = { message: "no", code: 7, offset: -1, stack: "at x" };
    expect(parseReply({ kind: "failed", cause: "sql", error, more: 1 })).toEqual({
      kind: "failed",
      cause: "sql",
      error: { message: "no" },
    });
  });

  it("gives a reply or throws, whatever comes", () => {
    const kind = fc.constantFrom<unknown>(...KINDS);
    const anything = fc.oneof(fc.anything(), fc.record({ kind, rows: fc.anything() }));
    fc.assert(
      fc.property(anything, (value) => {
        let reply: Reply;
        try {
          reply = parseReply(value);
        } catch {
          return;
        }
        expect(KINDS).toContain(reply.kind);
      }),
    );
  });
});
