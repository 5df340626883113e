import type { Octokit } from "@octokit/core";
import type { CheckOutcome } from "../report/comment-title.ts";
import { CheckReport, checkRunsAt } from "./check-run.ts";
import type { RepoRef } from "./job.ts";

/**
 * Brings the completed check of a head in line with what people said since. One that is under way is
 * left alone: it reads their words itself when it ends.
 */
export async function settleCheck(
  octokit: Octokit,
  {
    repo,
    head,
    outcome,
  }: { readonly repo: RepoRef; readonly head: string; readonly outcome: CheckOutcome },
): Promise<void> {
  const [newest] = await checkRunsAt(octokit, repo, head);
  if (newest?.isCompleted !== true) return;
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    owner: repo.owner,
    repo: repo.name,
    check_run_id: newest.id,
  });
  const summary = data.output.summary ?? "";
  const check = new CheckReport(octokit, repo, newest.id);
  await check.complete(outcome, { summary, annotations: [] });
}

/**
 * Ends the check of a head as failed after the work was given up, unless it is complete: nothing may
 * wait for a check that never ends.
 */
export async function failCheck(
  octokit: Octokit,
  repo: RepoRef,
  head: string,
  reason: string,
): Promise<void> {
  const [newest] = await checkRunsAt(octokit, repo, head);
  if (newest?.isCompleted === true) return;
  const check =
    newest === undefined
      ? await CheckReport.queue(octokit, repo, { head, about: "" })
      : new CheckReport(octokit, repo, newest.id);
  await check.giveUp(`Could not verify: ${reason}`);
}
