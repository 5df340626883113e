import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { withoutTicks } from "../report/markdown-gates.ts";

/** Where a comment belongs, and what signs it. */
export interface CommentPlace {
  /** `owner/name`. */
  readonly repository: string;
  readonly pull: number;
  /** The App's secret. Without one the seal shows that nobody edited by accident, and no more. */
  readonly key?: string;
}

/** How the checklist comment begins; what follows is the seal. */
export const COMMENT_MARKER = "<!-- migrate-verify ";
const FIRST_LINE = /^<!-- migrate-verify ([\w-]{43}) -->(?:\r\n|\n|\r)/;

/** A comment's text with a first line that tells whether anything but its boxes was changed since. */
export function seal(body: string, place: CommentPlace): string {
  return `${COMMENT_MARKER}${digest(body, place)} -->\n${body}`;
}

/** The text under a seal; undefined when the seal is missing, another's, or broken. */
export function unsealed(text: string, place: CommentPlace): string | undefined {
  const [line = "", found = ""] = FIRST_LINE.exec(text) ?? [];
  if (line === "") return undefined;
  const body = text.slice(line.length);
  const [a, b] = [Buffer.from(found), Buffer.from(digest(body, place))];
  return a.length === b.length && timingSafeEqual(a, b) ? body : undefined;
}

/** Bound to its place, so that a sealed comment means nothing on another pull request. */
function digest(body: string, { repository, pull, key }: CommentPlace): string {
  const text = ["comment", repository.toLowerCase(), pull, withoutTicks(body).trim()].join("\n");
  const hash = key === undefined ? createHash("sha256") : createHmac("sha256", key);
  return hash.update(text).digest("base64url");
}
