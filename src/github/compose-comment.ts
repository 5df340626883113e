import { createHash } from "node:crypto";
import { contentOf, neededItems, withConfirmation, type Gate } from "../core/gate.ts";
import { gateLabel } from "../report/checklist-item.ts";
import {
  checkOutcome,
  commentTitle,
  type CheckOutcome,
  type MachineVerdict,
} from "../report/comment-title.ts";
import { DEFAULT_CHECKLIST } from "../core/checklist-items.ts";
import { headline } from "../report/headline.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { boxesOf, briefly, replaceGates, type GateList } from "../report/markdown-gates.ts";
import type { MarkdownOptions } from "../report/markdown-page.ts";
import type { ReportInput } from "../report/report-input.ts";
import { seal, type CommentPlace } from "./comment-seal.ts";
import { laterThan, stateBlock, withoutState, type CommentState } from "./comment-state.ts";
import { readTrusted, type FoundComment } from "./trusted-comment.ts";

/** GitHub takes 65,536 characters of a comment. */
const LONGEST = 65_536;
/** The seal's line, and the line breaks before the state. */
const AROUND = 100;

export interface CommentInput {
  readonly report: ReportInput;
  readonly options?: Omit<MarkdownOptions, "gates" | "limit">;
  readonly place: CommentPlace;
  /** SHA of the head that was reviewed. */
  readonly head: string;
  /** The comment that stands there, when there is one. */
  readonly previous?: FoundComment;
  readonly now: Date;
  /** Id of the workflow run whose job is the check, in the Action. */
  readonly run?: number;
}

export interface ComposedComment {
  /** The whole text, to be written as it is. */
  readonly text: string;
  readonly gates: readonly Gate[];
  readonly outcome: CheckOutcome;
  /** When people's words last changed (ISO 8601). */
  readonly wordsAt?: string;
}

/**
 * The checklist comment of a review: words that people gave for the same content hold, others have
 * fallen. What somebody wrote into the earlier comment by hand counts for nothing.
 */
export function composeComment(input: CommentInput): ComposedComment {
  const { report, place, previous } = input;
  const machine: MachineVerdict = {
    verdict: report.review.verdict,
    headline: headline(report.review),
  };
  const known = previous === undefined ? undefined : readTrusted(previous, place);
  const state = known?.state;
  // What does not count any more must not come back with an older text.
  const wordsAt =
    known?.fault === undefined ? state?.wordsAt : laterThan(previous?.wordsAt, input.now);
  const gates = gatesOf(input, state);
  const notes = known?.fault === undefined ? [] : [known.fault];
  const next: CommentState = {
    head: input.head,
    machine,
    gates: gates.map(({ item, rule, content, since }) => ({ item, rule, content, since })),
    confirmations: gates.flatMap(({ confirmation, fallen }) => confirmation ?? fallen ?? []),
    ...(wordsAt === undefined ? {} : { wordsAt }),
    notes,
    ...(input.run === undefined ? {} : { run: input.run }),
  };
  const block = stateBlock(next);
  const limit = LONGEST - AROUND - block.length;
  const text = fitted({ gates, notes }, (list) => {
    const markdown = renderMarkdown(report, { ...input.options, gates: list, limit });
    return seal(`${markdown}\n${block}\n`, place);
  });
  const outcome = checkOutcome(machine, gates);
  return { text, gates, outcome, ...(wordsAt === undefined ? {} : { wordsAt }) };
}

/** What people confirm is told in full where it fits. */
function fitted(list: GateList, render: (list: GateList) => string): string {
  const text = render(list);
  return text.length <= LONGEST ? text : render(briefly(list));
}

function gatesOf({ report, now }: CommentInput, state: CommentState | undefined): readonly Gate[] {
  const categories = new Map(report.rules.map(({ id, category }) => [id, category]));
  const needed = neededItems(
    report.checklist ?? DEFAULT_CHECKLIST,
    report.review.projects.flatMap(({ migrations }) => migrations),
    (rule) => categories.get(rule),
  );
  return needed.flatMap((one) => {
    const { id: item, gate: rule } = one.item;
    if (rule === undefined) return [];
    const content = digest(contentOf(one, (path) => digest(report.texts(path) ?? "")));
    const shown = state?.gates.find((gate) => gate.item === item && gate.content === content);
    const gate = { item, label: gateLabel(one), rule, content };
    return [
      withConfirmation(
        { ...gate, since: shown?.since ?? now.toISOString() },
        state?.confirmations.find((word) => word.item === item),
      ),
    ];
  });
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** A comment with other words in it, and the rest as it stands there: no review is needed for that. */
export function rewriteComment(
  body: string,
  state: CommentState,
  place: CommentPlace,
): ComposedComment {
  const labels = new Map(boxesOf(body).map(({ item, label }) => [item, label]));
  const gates = state.gates.map((gate) =>
    withConfirmation(
      { ...gate, label: labels.get(gate.item) ?? `\`${gate.item}\`` },
      state.confirmations.find(({ item }) => item === gate.item),
    ),
  );
  const title = commentTitle(state.machine, gates);
  const rest = withoutState(body).replace(/^## .*$/m, () => title);
  const text = fitted({ gates, notes: state.notes }, (list) =>
    seal(`${replaceGates(rest, list).trimEnd()}\n\n${stateBlock(state)}\n`, place),
  );
  return { text, gates, outcome: checkOutcome(state.machine, gates) };
}
