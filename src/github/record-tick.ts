import type { Octokit } from "@octokit/core";
import type { GateRule } from "../core/checklist.ts";
import type { Confirmation } from "../core/gate.ts";
import { shortened } from "../report/plain.ts";
import { foreignEditor, readComment, updateComment } from "./checklist-comment.ts";
import type { IssueComment } from "./checklist-comment.ts";
import type { CommentPlace } from "./comment-seal.ts";
import { laterThan, stateOf, type CommentState } from "./comment-state.ts";
import { rewriteComment } from "./compose-comment.ts";
import { giveWords, type Answer, type Speaker } from "./give-words.ts";
import type { TickJob } from "./job.ts";
import { nobodyElse, personOf } from "./people.ts";
import { readPull } from "./pull.ts";
import { recordedWords } from "./recorded-words.ts";
import type { Surroundings } from "./surroundings.ts";
import { readEdit } from "./tick.ts";
import { readTrusted, type TrustedComment } from "./trusted-comment.ts";

/** Notes that a comment keeps, the latest ones. */
const MOST_NOTES = 5;
/** In UTF-16 units. */
const LONGEST_NOTE = 300;

/**
 * Records what somebody ticked in the checklist comment, and puts back what they may not have
 * changed. The actor is the event's sender: the comment's author stays who we are. What the words are
 * added to is the comment as it is now, so that events that come together lose none.
 */
export async function recordTick(
  octokit: Octokit,
  job: TickJob,
  deps: Surroundings,
): Promise<void> {
  if (job.sender === deps.self) return;
  const comment = await readComment(octokit, job.repo, job.comment);
  // Anybody may write our mark into a comment of their own, or delete ours.
  if (comment === undefined || comment.author !== deps.self) return;
  const place = placeOf(job, deps);
  const { author, head } = await readPull(octokit, job.repo, job.pull);
  const base = await baseOf(octokit, job, { comment, place, self: deps.self, head });
  if (base.body === undefined || base.state === undefined) {
    await deps.review(reviewAgain(job, "the comment was edited by hand"));
    return;
  }
  const kept = withoutForged(base.state, job, deps);
  const { flips, other } = readEdit(job.before, job.after);
  const wishes = flips.map(({ item, ticked }) => ({ item, given: ticked }));
  const { state, answers } =
    wishes.length === 0
      ? { state: kept, answers: [] }
      : await giveWords(kept, wishes, await speakerOf(octokit, { ...job, author }, kept, deps));
  const notes = [...base.state.notes, ...notesOf(answers, job.sender, other)].slice(-MOST_NOTES);
  const composed = rewriteComment(base.body, { ...state, notes }, place);
  if (composed.text !== comment.text) {
    await updateComment(octokit, job.repo, comment.id, composed.text);
  }
  await settleIfChanged(job, { before: base.state, after: state, outcome: composed.outcome }, deps);
}

/**
 * The comment that the words are added to: as it is now where we wrote it after the edit, and else as
 * it stood before, as the event tells. What somebody put there may be an older comment of ours, with
 * words that were taken back since: its seal alone is no proof. The App's check tells.
 */
async function baseOf(
  octokit: Octokit,
  job: TickJob,
  { comment, place, self, head }: TickedComment,
): Promise<TrustedComment> {
  const { before, after } = job;
  const isLater = comment.text !== after && comment.text !== before;
  if (isLater && (await foreignEditor(octokit, comment, self)) === undefined) {
    const now = readTrusted({ text: comment.text }, place);
    if (now.state !== undefined) return now;
  }
  const state = stateOf(before);
  if (place.key === undefined || state === undefined || state.confirmations.length === 0) {
    return readTrusted({ text: before }, place);
  }
  const wordsAt =
    (await recordedWords(octokit, job, head)) ?? (await recordedWords(octokit, job, state.head));
  return readTrusted({ text: before, ...(wordsAt === undefined ? {} : { wordsAt }) }, place);
}

interface TickedComment {
  readonly comment: IssueComment;
  readonly place: CommentPlace;
  readonly self: string;
  /** SHA of the pull request's head. */
  readonly head: string;
}

/** Without words that an edit by hand brought in, which is heard of after a tick that was built upon it. */
function withoutForged(
  state: CommentState,
  { before, after }: TickJob,
  { now }: Surroundings,
): CommentState {
  if (!readEdit(before, after).other) return state;
  const known = wordsIn(before);
  const forged = wordsIn(after).filter((word) => !known.includes(word));
  const confirmations = state.confirmations.filter((word) => !forged.includes(wordOf(word)));
  return confirmations.length === state.confirmations.length
    ? state
    : { ...state, confirmations, wordsAt: laterThan(state.wordsAt, now()) };
}

function wordsIn(text: string): readonly string[] {
  return (stateOf(text)?.confirmations ?? []).map((word) => wordOf(word));
}

function wordOf({ item, by, at }: Confirmation): string {
  return [item, by, at].join("\n");
}

function reviewAgain({ repo, pull }: TickJob, reason: string) {
  return { kind: "review", repo, pull, head: "", reason, again: true } as const;
}

export function placeOf(
  { repo, pull }: Pick<TickJob, "repo" | "pull">,
  { key }: Surroundings,
): CommentPlace {
  const repository = `${repo.owner}/${repo.name}`;
  return { repository, pull, ...(key === undefined ? {} : { key }) };
}

/** Who speaks, as the gates of the comment have to know them. */
export async function speakerOf(
  octokit: Octokit,
  { repo, sender, author }: Pick<TickJob, "repo" | "sender"> & { readonly author: string },
  state: CommentState,
  { now }: Surroundings,
): Promise<Speaker> {
  const rules = state.gates.map(({ rule }) => rule);
  return {
    person: await personOf(octokit, repo, { login: sender, author }, rules),
    nobodyElse: (rule: GateRule) => nobodyElse(octokit, repo, rule, author),
    now: now(),
  };
}

function notesOf(answers: readonly Answer[], sender: string, other: boolean): string[] {
  const refused = answers.flatMap(({ item, given, permission }) =>
    permission.allowed
      ? []
      : [
          `Put back: ${sender} ${given ? "ticked" : "emptied the box of"} ${item}; ${permission.why}.`,
        ],
  );
  const notes = other ? [...refused, `Put back: ${sender} edited this comment by hand.`] : refused;
  return notes.map((note) => shortened(note, LONGEST_NOTE));
}

/** The check waits for words: it is told when they change. */
export async function settleIfChanged(
  { repo, pull }: Pick<TickJob, "repo" | "pull">,
  change: {
    readonly before: CommentState;
    readonly after: CommentState;
    readonly outcome: Parameters<Surroundings["settle"]>[0]["outcome"];
  },
  { settle }: Surroundings,
): Promise<void> {
  const { before, after, outcome } = change;
  if (before.confirmations === after.confirmations) return;
  const { head, run, wordsAt } = after;
  await settle({
    repo,
    pull,
    head,
    outcome,
    ...(run === undefined ? {} : { run }),
    ...(wordsAt === undefined ? {} : { wordsAt }),
  });
}
