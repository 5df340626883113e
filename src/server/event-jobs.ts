import type { Context } from "probot";
import type { Job, RepoRef, ReviewJob } from "../github/job.ts";
import { queuedJob } from "./queued-job.ts";
import type { QueuedJob } from "./queue.ts";

type EventName = ConstructorParameters<typeof Context>[0]["name"];
type Payload<Name extends EventName> = Context<Name>["payload"];

/** A new installation looks back this far for open pull requests, in ms. */
const LOOK_BACK_MS = 30 * 24 * 60 * 60_000;

/** What the App does on each event that it asks GitHub for; an event that asks nothing of it is no job. */
const JOBS: { readonly [Name in EventName]?: (payload: Payload<Name>) => readonly Job[] } = {
  pull_request: (payload) => {
    const { action, pull_request: pull } = payload;
    switch (action) {
      case "opened":
      case "reopened":
      case "ready_for_review":
        return [review(payload, pull, action)];
      case "synchronize":
        return [{ ...review(payload, pull, action), before: payload.before }];
      case "edited":
        // The title is edited too; only another base changes what would be merged.
        return payload.changes.base === undefined ? [] : [review(payload, pull, "base changed")];
      default:
        return [];
    }
  },
  merge_group: (payload) => {
    const { action, repository, installation } = payload;
    if (action !== "checks_requested" || repository === undefined) return [];
    const { base_sha: base, head_sha: head, head_ref: ref } = payload.merge_group;
    const repo = repositoryOf({ repository, installation });
    return [{ kind: "merge-group", repo, base, head, ref }];
  },
  check_run: (payload) => {
    const { head_sha: head } = payload.check_run;
    const repo = repositoryOf(payload);
    const sender = payload.sender.login;
    switch (payload.action) {
      case "rerequested":
        return [{ kind: "rerun", repo, head, sender }];
      case "requested_action": {
        const action = payload.requested_action?.identifier ?? "";
        return [{ kind: "rerun", repo, head, sender, action }];
      }
      default:
        return [];
    }
  },
  check_suite: (payload) => {
    if (payload.action !== "rerequested") return [];
    const repo = repositoryOf(payload);
    const { head_sha: head } = payload.check_suite;
    return [{ kind: "rerun", repo, head, sender: payload.sender.login }];
  },
  issue_comment: commentJobs,
  installation: (payload) =>
    payload.action === "created" ? sweeps(payload.repositories ?? [], payload.installation) : [],
  installation_repositories: (payload) =>
    payload.action === "added" ? sweeps(payload.repositories_added, payload.installation) : [],
};

/** The names of the events that are jobs. */
export const HANDLED_EVENTS = Object.keys(JOBS) as readonly EventName[];

/** What a delivery asks of the App. */
export function jobsOf(event: {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}): readonly QueuedJob[] {
  const jobs = (JOBS as Record<string, ((payload: unknown) => readonly Job[]) | undefined>)[
    event.name
  ];
  return (jobs?.(event.payload) ?? []).map((job) => queuedJob(job, event.id));
}

/** The first word of a line; whether it is a command is read later. */
const MAY_BE_COMMAND = /^[ \t]{0,3}\/migrate-/im;
const MARKER = "<!-- migrate-verify";

function commentJobs(payload: Payload<"issue_comment">): readonly Job[] {
  const { action, issue, comment, sender } = payload;
  // Bots, this App included, neither command nor tick.
  if (issue.pull_request === undefined || sender.type === "Bot") return [];
  const repo = repositoryOf(payload);
  const about = { repo, pull: issue.number, comment: comment.id, sender: sender.login };
  if (action === "created") {
    if (!MAY_BE_COMMAND.test(comment.body)) return [];
    return [{ kind: "command", ...about, text: comment.body }];
  }
  if (action !== "edited") return [];
  const before = payload.changes.body?.from;
  const isChecklist = comment.user?.type === "Bot" && before?.includes(MARKER) === true;
  return isChecklist && before !== comment.body
    ? [{ kind: "tick", ...about, before, after: comment.body }]
    : [];
}

interface About {
  readonly repository: { readonly owner: { readonly login: string } | null; readonly name: string };
  readonly installation?: { readonly id: number } | undefined;
}

function review(
  payload: About,
  pull: { readonly number: number; readonly head: { readonly sha: string } },
  reason: string,
): ReviewJob {
  const repo = repositoryOf(payload);
  return { kind: "review", repo, pull: pull.number, head: pull.head.sha, reason };
}

function sweeps(
  repositories: readonly { readonly full_name: string }[],
  installation: { readonly id: number },
): readonly Job[] {
  const since = new Date(Date.now() - LOOK_BACK_MS).toISOString();
  return repositories.map(({ full_name: fullName }) => {
    const [owner = "", name = ""] = fullName.split("/");
    return { kind: "sweep", repo: { owner, name, installation: installation.id }, since };
  });
}

function repositoryOf({ repository, installation }: About): RepoRef {
  return {
    owner: repository.owner?.login ?? "",
    name: repository.name,
    ...(installation === undefined ? {} : { installation: installation.id }),
  };
}
