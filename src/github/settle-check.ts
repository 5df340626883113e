import type { Octokit } from "@octokit/core";
import { aboutGroup, isAboutPull } from "./about-check.ts";
import type { CheckedJob } from "./announce-check.ts";
import { CheckReport, checkRunsAt } from "./check-run.ts";
import type { Settlement } from "./surroundings.ts";

/**
 * Brings the completed check of a head in line with what people said since. One that is under way
 * reads their words itself when it ends; only when they changed is kept in it.
 */
export async function settleCheck(
  octokit: Octokit,
  { repo, pull, head, outcome, wordsAt }: Settlement,
): Promise<void> {
  const runs = await checkRunsAt(octokit, repo, head);
  const newest = runs.find(({ about }) => isAboutPull(about, pull));
  if (newest === undefined) return;
  const check = new CheckReport(octokit, repo, newest.id);
  const subject = { about: newest.about, wordsAt };
  if (!newest.isCompleted) return check.keepWords(subject);
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    owner: repo.owner,
    repo: repo.name,
    check_run_id: newest.id,
  });
  const summary = data.output.summary ?? "";
  await check.complete(outcome, { summary, annotations: [] }, subject);
}

/**
 * Ends the check of a head as failed after the work was given up, unless it is complete: nothing may
 * wait for a check that never ends.
 */
export async function failCheck(octokit: Octokit, job: CheckedJob, reason: string): Promise<void> {
  const { repo, head } = job;
  const runs = await checkRunsAt(octokit, repo, head);
  const newest = runs.find(({ about }) =>
    job.kind === "review" ? isAboutPull(about, job.pull) : about === aboutGroup(job.base),
  );
  if (newest?.isCompleted === true) return;
  const check =
    newest === undefined
      ? await CheckReport.queue(octokit, repo, { head, about: "" })
      : new CheckReport(octokit, repo, newest.id);
  await check.giveUp(`Could not verify: ${reason}`);
}
