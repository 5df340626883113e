import type { Octokit } from "@octokit/core";
import type { PullRequest } from "./pull.ts";
import { statusOf } from "./request-error.ts";

/**
 * SHA of the head when something was said, so that what is pushed between a command and its run does
 * not run under it. When commits were pushed is GitHub's word: their own dates are whatever their
 * author wrote. Where GitHub does not tell, it is the newest head.
 * https://docs.github.com/en/rest/repos/repos#list-repository-activities
 */
export async function headAt(
  octokit: Octokit,
  { head, branch }: Pick<PullRequest, "head" | "branch">,
  /** ISO 8601, by GitHub's clock. */
  time: string,
): Promise<string> {
  if (branch === undefined) return head;
  try {
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/activity", {
      owner: branch.owner,
      repo: branch.name,
      ref: `refs/heads/${branch.ref}`,
      per_page: 100,
    });
    const pushes = data.toSorted((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp));
    const last = pushes.find(({ timestamp }) => Date.parse(timestamp) <= Date.parse(time));
    const before = last?.after ?? pushes.at(-1)?.before;
    return before === undefined || /^0*$/.test(before) ? head : before;
  } catch (error) {
    if (statusOf(error) === 403 || statusOf(error) === 404) return head;
    throw error;
  }
}
