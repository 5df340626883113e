import type { Job } from "../github/job.ts";
import type { QueuedJob } from "./queue.ts";

/** A job as it is queued for a delivery. */
export function queuedJob(job: Job, delivery?: string): QueuedJob {
  const key = keyOf(job);
  return {
    key,
    id: idOf(job, key, delivery),
    job,
    ...(delivery === undefined ? {} : { delivery }),
  };
}

function keyOf(job: Job): string {
  const { owner, name } = job.repo;
  const repository = `${owner}/${name}`.toLowerCase();
  if ("pull" in job) return `${repository}#${job.pull}`;
  return "head" in job ? `${repository}@${job.head}` : repository;
}

/** A comment holds one command, whoever delivers it; every tick is an edit of its own. */
function idOf(job: Job, key: string, delivery: string | undefined): string {
  switch (job.kind) {
    case "review":
    case "merge-group":
    case "sweep":
      return `${job.kind} ${key}`;
    case "command":
      return `command ${key} ${job.comment}`;
    case "tick":
    case "rerun":
      return `${job.kind} ${key} ${delivery ?? ""}`;
  }
}
