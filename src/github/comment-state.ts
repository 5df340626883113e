import * as z from "zod";
import { ITEM_ID } from "../core/checklist.ts";
import type { Confirmation, Gate } from "../core/gate.ts";
import type { MachineVerdict } from "../report/comment-title.ts";

// A comment is parsed once: compiling a parser for it would take longer than parsing it.
z.config({ jitless: true });

/** What the checklist comment remembers, so that nothing else has to. */
export interface CommentState {
  /** SHA of the head that was reviewed. */
  readonly head: string;
  readonly machine: MachineVerdict;
  readonly gates: readonly Pick<Gate, "item" | "rule" | "content" | "since">[];
  /** The latest word on each item, those that fell included. */
  readonly confirmations: readonly Confirmation[];
  /** When they last changed on our clock (ISO 8601): an older comment of ours has an earlier time. */
  readonly wordsAt?: string;
  /** What became of words and edits that did not count. */
  readonly notes: readonly string[];
  /** Id of the workflow run whose job is the check, in the Action. */
  readonly run?: number;
}

/** A time after another one, which a machine with another clock may have told: now, or right after it. */
export function laterThan(time: string | undefined, now: Date): string {
  const least = time === undefined ? 0 : Date.parse(time) + 1;
  return new Date(Math.max(now.getTime(), least)).toISOString();
}

const item = z.string().regex(ITEM_ID);
const time = z.iso.datetime();
const content = z.string().max(100);

const stateSchema = z.object({
  head: z.string().regex(/^[0-9a-f]{7,64}$/),
  machine: z.object({
    verdict: z.enum(["pass", "fail", "unverified"]),
    headline: z.string().max(300),
  }),
  gates: z
    .array(
      z.object({
        item,
        rule: z.object({ who: z.array(z.string().max(150)).max(1000), notAuthor: z.boolean() }),
        content,
        since: time,
      }),
    )
    .max(50),
  confirmations: z
    .array(
      z.object({
        item,
        by: z.string().max(100),
        at: time,
        reason: z.string().max(500).optional(),
        content,
        alone: z.literal(true).optional(),
      }),
    )
    .max(50),
  wordsAt: time.optional(),
  notes: z.array(z.string().max(500)).max(10),
  run: z.int().positive().optional(),
});

/** Longest state that is read, in characters: a comment has no room for more. */
const LONGEST = 65_536;
const BLOCK = /<!-- migrate-verify-state ([\w-]*) -->\s*$/;

/** The state as the hidden last line of a comment; the same state is the same line. */
export function stateBlock(state: CommentState): string {
  // What could not be read again would be lost: it is not written.
  const checked = stateSchema.parse(state);
  const text = Buffer.from(JSON.stringify(checked), "utf8").toString("base64url");
  return `<!-- migrate-verify-state ${text} -->`;
}

/** The state at the end of a comment; undefined when there is none, or it is not one. */
export function stateOf(body: string): CommentState | undefined {
  const [, block] = BLOCK.exec(body) ?? [];
  if (block === undefined || block.length > LONGEST) return undefined;
  try {
    const parsed = stateSchema.safeParse(
      JSON.parse(Buffer.from(block, "base64url").toString("utf8")),
    );
    return parsed.success ? (parsed.data as CommentState) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The comment without its state. */
export function withoutState(body: string): string {
  return body.replace(BLOCK, "").trimEnd();
}
