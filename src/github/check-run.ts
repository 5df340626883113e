import type { Octokit } from "@octokit/core";
import type { Annotation } from "../report/annotation.ts";
import type { CheckOutcome } from "../report/comment-title.ts";
import { externalId, isAboutPull, readExternalId } from "./about-check.ts";
import { CHECK_NAME } from "./check-name.ts";
import type { RepoRef } from "./job.ts";
import { statusOf } from "./request-error.ts";

/** GitHub takes so many annotations in one request, and adds those of the next to them. */
const BATCH = 50;

/** More annotations of a run help nobody: the comment counts them all. */
const MOST_ANNOTATIONS = 500;

/** In characters; GitHub takes 65,535. */
export const LONGEST_SUMMARY = 65_000;

/** A run of our check on a commit, as far as it matters here. */
export interface CheckRun {
  readonly id: number;
  readonly isCompleted: boolean;
  /** What it is about: `pull 12 into main`. */
  readonly about: string;
  /** When people's words last changed, as far as it tells (ISO 8601). */
  readonly wordsAt?: string;
}

/** Buttons that the check shows once it is completed. GitHub shows three at most. */
export const CHECK_ACTIONS = [
  { label: "Verify again", description: "Run the migrations once more", identifier: "verify" },
  { label: "Plan", description: "Show how to do it in safe steps", identifier: "plan" },
] as const;

/** A run of our check on one commit, from queued to completed. */
export class CheckReport {
  readonly id: number;
  readonly #octokit: Octokit;
  readonly #repo: RepoRef;

  constructor(octokit: Octokit, repo: RepoRef, id: number) {
    this.#octokit = octokit;
    this.#repo = repo;
    this.id = id;
  }

  /** Adds a run that waits. */
  static async queue(
    octokit: Octokit,
    repo: RepoRef,
    { head, about }: { readonly head: string; readonly about: string },
  ): Promise<CheckReport> {
    const { data } = await octokit.request("POST /repos/{owner}/{repo}/check-runs", {
      owner: repo.owner,
      repo: repo.name,
      name: CHECK_NAME,
      head_sha: head,
      external_id: about,
      status: "queued",
    });
    return new CheckReport(octokit, repo, Number(data.id));
  }

  /** From now on it is about this, whatever it waited for. */
  async start(now: Date, about: string, wordsAt?: string): Promise<void> {
    const startedAt = now.toISOString();
    await this.#update({
      status: "in_progress",
      started_at: startedAt,
      external_id: externalId(about, wordsAt),
    });
  }

  /** Keeps when people's words changed, and leaves the run as it is. */
  async keepWords({ about, wordsAt }: Subject): Promise<void> {
    await this.#update({ external_id: externalId(about, wordsAt) });
  }

  /** The last word of a run. Its annotations go first, so that a completed run is whole. */
  async complete(
    outcome: CheckOutcome,
    { summary, annotations }: CheckBody,
    { about, wordsAt }: Subject,
  ): Promise<void> {
    const told = annotations.slice(0, MOST_ANNOTATIONS).map((one) => checkAnnotation(one));
    const { title } = outcome;
    const rest = [...batches(told)];
    const last = rest.pop() ?? [];
    for (const batch of rest) {
      await this.#update({ output: { title, summary, annotations: batch } });
    }
    await this.#update({
      conclusion: outcome.conclusion,
      external_id: externalId(about, wordsAt),
      output: { title, summary, annotations: last },
      actions: [...CHECK_ACTIONS],
    });
  }

  /** Ends a run whose commit is not the newest head any more. */
  async cancel(why: string): Promise<void> {
    await this.#update({ conclusion: "cancelled", output: { title: "Superseded", summary: why } });
  }

  /** Ends a run that nobody goes on with. It counts as not done: whoever looks again begins anew. */
  async giveUp(title: string): Promise<void> {
    await this.#update({
      conclusion: "failure",
      external_id: GIVEN_UP,
      output: { title, summary: `${title}. Push again, or press “Re-run”.` },
      actions: [...CHECK_ACTIONS],
    });
  }

  async #update(change: CheckChange): Promise<void> {
    await this.#octokit.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      owner: this.#repo.owner,
      repo: this.#repo.name,
      check_run_id: this.id,
      ...change,
    });
  }
}

/** What a run is about, and when people's words on it last changed. */
type Subject = Pick<CheckRun, "about"> & { readonly wordsAt: string | undefined };

/** What a completed run shows beside its title. */
export interface CheckBody {
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/** What a run is about that was given up: nothing. */
const GIVEN_UP = "given up";

interface CheckChange {
  readonly external_id?: string;
  readonly status?: "in_progress";
  readonly started_at?: string;
  readonly conclusion?: "success" | "failure" | "cancelled";
  readonly output?: {
    readonly title: string;
    readonly summary: string;
    readonly annotations?: ReturnType<typeof checkAnnotation>[];
  };
  readonly actions?: { label: string; description: string; identifier: string }[];
}

/** Our runs on a commit, the newest first. */
export async function checkRunsAt(
  octokit: Octokit,
  { owner, name }: RepoRef,
  head: string,
): Promise<CheckRun[]> {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    owner,
    repo: name,
    ref: head,
    check_name: CHECK_NAME,
    filter: "all",
    per_page: 100,
  });
  return data.check_runs.map(({ id, status, conclusion, external_id: told }) => ({
    id: Number(id),
    // A run that was cancelled says nothing of its head: it is taken up again.
    isCompleted: status === "completed" && conclusion !== "cancelled",
    ...readExternalId(told ?? ""),
  }));
}

/** The run that is under way at a commit, announced or left by a crash or an error; else a new one. */
export async function takeUpCheck(
  octokit: Octokit,
  repo: RepoRef,
  at: { readonly head: string; readonly about: string; readonly runs: readonly CheckRun[] },
  isOurs: (run: CheckRun) => boolean,
): Promise<CheckReport> {
  const mine = at.runs.find((run) => !run.isCompleted && isOurs(run));
  return mine === undefined
    ? CheckReport.queue(octokit, repo, at)
    : new CheckReport(octokit, repo, mine.id);
}

/** Cancels the runs about a pull request that are not completed at a commit which was its head. */
export async function cancelRunsAbout(
  octokit: Octokit,
  repo: RepoRef,
  pull: number,
  head: string,
): Promise<void> {
  for (const { id, isCompleted, about } of await checkRunsAt(octokit, repo, head)) {
    if (isCompleted || !isAboutPull(about, pull)) continue;
    await cancelUnlessForeign(new CheckReport(octokit, repo, id), "A newer commit took its place.");
  }
}

/** Another App's run may have our name: GitHub lets nobody but its maker change it. */
async function cancelUnlessForeign(check: CheckReport, why: string): Promise<void> {
  try {
    await check.cancel(why);
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
  }
}

function* batches<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += BATCH) yield items.slice(at, at + BATCH);
}

const LEVELS = { error: "failure", warning: "warning", notice: "notice" } as const;

/** In characters: GitHub takes 64 KB. */
const LONGEST_MESSAGE = 15_000;

function checkAnnotation({ level, title, message, path, place }: Annotation) {
  const line = place?.line ?? 1;
  const endLine = place !== undefined && "endLine" in place ? place.endLine : line;
  return {
    path,
    start_line: line,
    end_line: endLine,
    // Columns are taken only together with one line.
    ...(place !== undefined && "column" in place && line === endLine
      ? { start_column: place.column, end_column: place.endColumn }
      : {}),
    annotation_level: LEVELS[level],
    title,
    message: message.slice(0, LONGEST_MESSAGE),
  };
}
