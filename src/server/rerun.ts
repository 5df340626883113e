import type { ProbotOctokit } from "probot";
import { planAnswer } from "../github/command-help.ts";
import type { Job, RerunJob } from "../github/job.ts";

/** GitHub's branch for a merge group; it ends with the commit that the group is based on. */
const QUEUE_REF = /^refs\/heads\/gh-readonly-queue\/.+-([0-9a-f]{40})$/;

/**
 * The jobs behind “Re-run” on a commit: the pull requests whose newest head it is, or the merge group
 * that waits for it. Pull requests from forks are not in the event, so GitHub is asked. The button
 * “Plan” is answered here.
 */
export async function rerunJobs(octokit: ProbotOctokit, job: RerunJob): Promise<readonly Job[]> {
  const { repo, head } = job;
  const place = { owner: repo.owner, repo: repo.name };
  const { data: pulls } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    ...place,
    commit_sha: head,
  });
  const current = pulls.filter((pull) => pull.state === "open" && pull.head.sha === head);
  if (job.action === "plan") {
    for (const { number } of current) {
      await octokit.rest.issues.createComment({
        ...place,
        issue_number: number,
        body: planAnswer(),
      });
    }
    return [];
  }
  if (current.length > 0) {
    return current.map(({ number }): Job => ({
      kind: "review",
      repo,
      pull: number,
      head,
      reason: `asked for by ${job.sender}`,
      again: true,
    }));
  }
  const { data: refs } = await octokit.rest.git.listMatchingRefs({
    ...place,
    ref: "heads/gh-readonly-queue/",
  });
  return refs.flatMap(({ ref, object }): Job[] => {
    const base = QUEUE_REF.exec(ref)?.[1];
    if (object.sha !== head || base === undefined) return [];
    return [{ kind: "merge-group", repo, base, head, ref }];
  });
}
