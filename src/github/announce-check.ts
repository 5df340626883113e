import type { Octokit } from "@octokit/core";
import { cancelRunsAbout, CheckReport, checkRunsAt } from "./check-run.ts";
import type { MergeGroupJob, ReviewJob } from "./job.ts";
import { readReviewedPull } from "./pull-request.ts";
import { aboutGroup, aboutPull, isAboutPull } from "./about-check.ts";

/** What a check can wait for. */
export type CheckedJob = ReviewJob | MergeGroupJob;

/**
 * Has the check of a head appear as queued, where it has none yet: a merge must not look possible while
 * its review waits for its turn. The review takes this run up; what waited at the head before is ended.
 */
export async function announceCheck(octokit: Octokit, job: CheckedJob): Promise<void> {
  const { repo } = job;
  if (job.kind === "merge-group") {
    const runs = await checkRunsAt(octokit, repo, job.head);
    const about = aboutGroup(job.base);
    if (runs.some((run) => run.about === about)) return;
    await CheckReport.queue(octokit, repo, { head: job.head, about });
    return;
  }
  const { head, base, isOpen } = await readReviewedPull(octokit, repo, job.pull);
  if (!isOpen) return;
  const about = aboutPull(job.pull, base);
  const runs = await checkRunsAt(octokit, repo, head);
  const isThere = runs.some((run) =>
    run.isCompleted ? job.again !== true && run.about === about : isAboutPull(run.about, job.pull),
  );
  if (!isThere) await CheckReport.queue(octokit, repo, { head, about });
  if (job.before !== undefined && job.before !== head)
    await cancelRunsAbout(octokit, repo, job.pull, job.before);
}
