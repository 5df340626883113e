import type { Octokit } from "@octokit/core";
import { titled } from "../github/check-words.ts";
import { stateOf } from "../github/comment-state.ts";
import { findChecklist } from "../github/checklist-comment.ts";
import type { ReviewJob } from "../github/job.ts";
import { linksInto, readReviewedPull } from "../github/pull-request.ts";
import { recordTick } from "../github/record-tick.ts";
import { refusalOf } from "../github/publish-comment.ts";
import { type HeadTools, lookAtPull, reviewHead } from "../github/review-head.ts";
import type { PullReview } from "../github/review-pull.ts";
import { runCommand } from "../github/run-command.ts";
import type { Settlement, Surroundings } from "../github/surroundings.ts";
import { writeChecklist } from "../github/write-checklist.ts";
import { loginOf, openClient } from "./client.ts";
import type { ActionEvent } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import { type ActionStreams, escaped } from "./outputs.ts";
import { actionTools } from "./tools.ts";

type CommentEvent = Extract<ActionEvent, { readonly kind: "comment" }>;

/** Answers a command in a new comment, or records the ticks of an edited checklist. Runs no code of the repository but the modules of rules that the workflow names. */
export async function answerEvent(
  event: CommentEvent,
  inputs: Inputs,
  streams: ActionStreams,
): Promise<void> {
  const { repo, pull, comment, sender, text, before } = event;
  if (before === undefined && !/^\s*\/migrate-/m.test(text)) {
    streams.write("Nothing to do: the comment holds no command.\n");
    return;
  }
  const octokit = await openClient(inputs.token);
  const deps = await surroundings(octokit, await actionTools(inputs, streams), streams);
  if (before === undefined) {
    await runCommand(octokit, { kind: "command", repo, pull, comment, sender, text }, deps);
  } else if (event.author === deps.self) {
    const job = { kind: "tick", repo, pull, comment, sender, before, after: text } as const;
    await recordTick(octokit, job, deps);
  } else streams.write("Nothing to do: somebody edited a comment of their own.\n");
}

async function surroundings(
  octokit: Octokit,
  tools: HeadTools,
  streams: ActionStreams,
): Promise<Surroundings> {
  const self = await loginOf(octokit);
  return {
    self,
    now: () => new Date(),
    rules: tools.rules,
    review: (job) => reviewAgain(octokit, job, { tools, self, streams }),
    look: (job) => lookAtPull(octokit, job, tools),
    settle: (settlement) => rerun(octokit, settlement, streams),
  };
}

/** Reviews the newest head, writes the comment, and lets the pull request's own workflow run again. */
async function reviewAgain(
  octokit: Octokit,
  job: ReviewJob,
  {
    tools,
    self,
    streams,
  }: { readonly tools: HeadTools; readonly self: string; readonly streams: ActionStreams },
): Promise<PullReview> {
  const { repo, pull } = job;
  const { base, head, repositoryUrl } = await readReviewedPull(octokit, repo, pull);
  const at = { repo, base, baseName: base, head, mode: job.mode ?? "check" };
  const reviewed = await reviewHead(octokit, at, tools);
  const state = stateOf((await findChecklist(octokit, job, self))?.text ?? "");
  const run = state?.run === undefined ? {} : { run: state.run };
  const { outcome, notes } = await writeChecklist(octokit, reviewed, {
    repo,
    pull,
    head,
    self,
    now: new Date(),
    links: linksInto(repositoryUrl, head),
    ...run,
  });
  for (const note of notes) warn(streams, note);
  const told = titled(outcome, reviewed.review);
  await rerun(octokit, { repo, pull, head, outcome: told, ...run }, streams);
  return { done: "reviewed", head, outcome: told };
}

/**
 * Lets the workflow run whose job is the check run again: what runs for a comment stands on the
 * default branch's commit, and its result never reaches the pull request's head.
 */
async function rerun(
  octokit: Octokit,
  { repo, run }: Settlement,
  streams: ActionStreams,
): Promise<void> {
  if (run === undefined) {
    warn(streams, "The check could not be brought up to date: the comment names no workflow run.");
    return;
  }
  try {
    await octokit.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun", {
      owner: repo.owner,
      repo: repo.name,
      run_id: run,
    });
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
    warn(
      streams,
      `The check could not be brought up to date: run ${run} cannot be started again (it needs the permission actions: write, and a run that has ended).`,
    );
  }
}

function warn({ write }: ActionStreams, text: string): void {
  write(`::warning title=migrate-verify::${escaped(text)}\n`);
}
