import type { Octokit } from "@octokit/core";
import { statusOf } from "./request-error.ts";
import type { Settlement } from "./surroundings.ts";

/**
 * The Action's check is the job itself, of a run that began before the words were given: it is run
 * again, and then reads them from the comment. A run that goes on, or that GitHub keeps no more, cannot
 * be run again; the token needs `actions: write`. Gives whether it runs again.
 * https://docs.github.com/en/rest/actions/workflow-runs#re-run-failed-jobs-from-a-workflow-run
 */
export async function rerunJob(
  octokit: Octokit,
  { repo, run, outcome }: Settlement,
): Promise<boolean> {
  if (run === undefined) return false;
  const at = { owner: repo.owner, repo: repo.name, run_id: run };
  try {
    // A job that was green has to become red when a word is taken back.
    await (outcome.conclusion === "success"
      ? octokit.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs", at)
      : octokit.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun", at));
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status === 403 || status === 404 || status === 409) return false;
    throw error;
  }
}
