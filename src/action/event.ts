import { readFileSync } from "node:fs";
import * as z from "zod";
import { UserError } from "../core/user-error.ts";
import type { RepoRef } from "../github/job.ts";

/** What happened, as far as the Action answers it. */
export type ActionEvent =
  | PullEvent
  | {
      readonly kind: "group";
      readonly repo: RepoRef;
      readonly base: string;
      readonly head: string;
      readonly ref: string;
    }
  | {
      readonly kind: "workflow-run";
      readonly repo: RepoRef;
      readonly run: number;
      /** `pull_request` */
      readonly event: string;
      readonly head: string;
      readonly headRepository: string;
      readonly headBranch: string;
    }
  | {
      readonly kind: "comment";
      readonly repo: RepoRef;
      readonly pull: number;
      readonly comment: number;
      readonly author: string;
      readonly sender: string;
      readonly text: string;
      /** The text before an edit; absent: it is new. */
      readonly before?: string;
    }
  /** An event that names no change: only `since` or `all` tell one. */
  | {
      readonly kind: "other";
      readonly repo: RepoRef;
      readonly name: string;
      readonly before?: string;
    };

export interface PullEvent {
  readonly kind: "pull";
  readonly repo: RepoRef;
  readonly pull: number;
  readonly head: string;
  readonly base: { readonly name: string; readonly sha: string };
  /** Address of the repository, for the links. */
  readonly repositoryUrl: string;
}

const sha = z.string().regex(/^[0-9a-f]{40,64}$/);

const pullPayload = z.object({
  number: z.int(),
  pull_request: z.object({
    head: z.object({ sha }),
    base: z.object({ ref: z.string(), sha, repo: z.object({ html_url: z.string() }) }),
  }),
});

const groupPayload = z.object({
  merge_group: z.object({ base_sha: sha, head_sha: sha, head_ref: z.string() }),
});

const runPayload = z.object({
  workflow_run: z.object({
    id: z.int(),
    event: z.string(),
    head_sha: sha,
    head_branch: z.string().nullable(),
    head_repository: z.object({ full_name: z.string() }),
  }),
});

const commentPayload = z.object({
  action: z.string(),
  issue: z.object({ number: z.int(), pull_request: z.unknown().optional() }),
  comment: z.object({ id: z.int(), body: z.string(), user: z.object({ login: z.string() }) }),
  changes: z.object({ body: z.object({ from: z.string() }).optional() }).optional(),
  sender: z.object({ login: z.string() }),
});

/**
 * Reads the event that started the workflow, which the runner keeps in a file. Undefined for one that
 * is none of ours: a comment on an issue, or one that was deleted. Throws UserError outside of a
 * workflow.
 */
export function readEvent(env: NodeJS.ProcessEnv): ActionEvent | undefined {
  const [owner = "", name = ""] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
  const path = env["GITHUB_EVENT_PATH"];
  const event = env["GITHUB_EVENT_NAME"];
  if (owner === "" || name === "" || path === undefined || event === undefined) {
    throw new UserError("This program runs in a workflow of GitHub Actions.", {
      hint: "Elsewhere use the command line: npx migrate-verify check",
    });
  }
  const payload = JSON.parse(readFileSync(path, "utf8")) as unknown;
  const repo = { owner, name };
  switch (event) {
    case "pull_request":
    case "pull_request_target":
      return pullEvent(payload, repo);
    case "merge_group": {
      const {
        base_sha: base,
        head_sha: head,
        head_ref: ref,
      } = groupPayload.parse(payload).merge_group;
      return { kind: "group", repo, base, head, ref };
    }
    case "workflow_run": {
      const run = runPayload.parse(payload).workflow_run;
      return {
        kind: "workflow-run",
        repo,
        run: run.id,
        event: run.event,
        head: run.head_sha,
        headRepository: run.head_repository.full_name,
        headBranch: run.head_branch ?? "",
      };
    }
    case "issue_comment":
      return commentEvent(payload, repo);
    default:
      return { kind: "other", repo, name: event, ...before(payload) };
  }
}

function pullEvent(payload: unknown, repo: RepoRef): PullEvent {
  const { number, pull_request: pull } = pullPayload.parse(payload);
  return {
    kind: "pull",
    repo,
    pull: number,
    head: pull.head.sha,
    base: { name: pull.base.ref, sha: pull.base.sha },
    repositoryUrl: pull.base.repo.html_url,
  };
}

function commentEvent(payload: unknown, repo: RepoRef): ActionEvent | undefined {
  const { action, issue, comment, changes, sender } = commentPayload.parse(payload);
  if (issue.pull_request === undefined) return undefined;
  const from = changes?.body?.from;
  if (action !== "created" && (action !== "edited" || from === undefined)) return undefined;
  return {
    kind: "comment",
    repo,
    pull: issue.number,
    comment: comment.id,
    author: comment.user.login,
    sender: sender.login,
    text: comment.body,
    ...(action === "edited" && from !== undefined ? { before: from } : {}),
  };
}

/** The commit that a branch stood at before a push; a new branch had none. */
function before(payload: unknown): { readonly before?: string } {
  const pushed = z.object({ before: sha }).safeParse(payload);
  if (!pushed.success || /^0+$/.test(pushed.data.before)) return {};
  return { before: pushed.data.before };
}
