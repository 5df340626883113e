import type { ProbotOctokit } from "probot";
import type { Job, RerunJob, SweepJob } from "../github/job.ts";
import { rerunJobs } from "./rerun.ts";
import { uncheckedPulls } from "./sweep.ts";

/** Jobs that only find other jobs: the server does them itself. */
export type FindingJob = RerunJob | SweepJob;

export function isFinding(job: Job): job is FindingJob {
  return job.kind === "rerun" || job.kind === "sweep";
}

/** The jobs that stand behind one that looks for work. */
export async function findJobs(
  octokit: ProbotOctokit,
  job: FindingJob,
  check: { readonly appId: number; readonly checkName: string },
): Promise<readonly Job[]> {
  switch (job.kind) {
    case "rerun":
      return rerunJobs(octokit, job);
    case "sweep":
      return uncheckedPulls(octokit, job, check);
  }
}
