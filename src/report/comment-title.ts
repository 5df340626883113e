import { isOpen, type Gate } from "../core/gate.ts";
import type { ReviewVerdict } from "../core/review.ts";
import { counted } from "./verification-words.ts";

/** What the machine says of a change, short enough to be kept beside the words of people. */
export interface MachineVerdict {
  readonly verdict: ReviewVerdict;
  /** `headline` of the review; holds no untrusted text. */
  readonly headline: string;
}

/** The first line of the comment. */
export function commentTitle(machine: MachineVerdict, gates: readonly Gate[]): string {
  const open = gates.filter(isOpen).length;
  const sign = machine.verdict !== "pass" ? "❌" : open > 0 ? "⏳" : "✅";
  const needed = open === 0 ? "" : `; ${counted(open, "confirmation")} needed`;
  return `## ${sign} Migration checklist: ${machine.headline}${needed}`;
}

/** How a check ends. */
export interface CheckOutcome {
  /** Never neutral: GitHub lets a required check pass that is. */
  readonly conclusion: "success" | "failure";
  /** Holds no untrusted text. */
  readonly title: string;
}

/** What the check says: the machine's word first, then whom it waits for. */
export function checkOutcome(machine: MachineVerdict, gates: readonly Gate[]): CheckOutcome {
  const open = gates.filter(isOpen);
  const waiting = `waiting for ${counted(open.length, "confirmation")}: ${open.map(({ item }) => item).join(", ")}`;
  if (machine.verdict !== "pass") {
    const title = open.length === 0 ? machine.headline : `${machine.headline}; ${waiting}`;
    return { conclusion: "failure", title: sentence(title) };
  }
  return open.length === 0
    ? { conclusion: "success", title: sentence(machine.headline) }
    : { conclusion: "failure", title: sentence(waiting) };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
