import type { Account } from "./account.ts";
import type { FileEdits } from "./git-store.ts";
import {
  checkRunPayload,
  checkSuitePayload,
  installationPayload,
  mergeGroupPayload,
  pullPayload,
  workflowRunPayload,
} from "./payload.ts";
import type {
  Activity,
  CheckRun,
  IssueComment,
  Pull,
  Repository,
  WorkflowRun,
} from "./repository.ts";
import type { GitHubState } from "./state.ts";

/** Somebody on GitHub. What they do changes the state and sends the webhooks that GitHub would send. */
export class Person {
  readonly account: Account;
  readonly #state: GitHubState;

  constructor(state: GitHubState, account: Account) {
    this.#state = state;
    this.account = account;
  }

  /** Commits files to a new branch, of a fork where one is given, and opens a pull request. */
  openPull(
    base: Repository,
    files: FileEdits,
    options: {
      readonly branch?: string;
      readonly fork?: Repository;
      readonly title?: string;
      readonly draft?: boolean;
      readonly into?: string;
    } = {},
  ): Pull {
    const repository = options.fork ?? base;
    const number = base.pulls.length + 1;
    const branch = options.branch ?? `change-${number}`;
    const into = options.into ?? base.defaultBranch;
    const tip = base.branch(into) ?? "";
    const sha = repository.commit(branch, files, { from: repository.branch(branch) ?? tip });
    const pull: Pull = {
      id: this.#state.id(),
      number,
      user: this.account,
      title: options.title ?? `Change ${number}`,
      body: "",
      draft: options.draft ?? false,
      state: "open",
      merged: false,
      head: { repository, branch, sha },
      base: { branch: into, sha: tip },
      createdAt: this.#state.now(),
      updatedAt: this.#state.now(),
    };
    base.pulls.push(pull);
    this.#pushed(pull, "0".repeat(40), "branch_creation");
    this.#setPullRefs(base, pull);
    this.#pullEvent(base, pull, "opened");
    return pull;
  }

  /** Commits to the pull request's branch. */
  push(base: Repository, pull: Pull, files: FileEdits): string {
    const before = pull.head.sha;
    const sha = pull.head.repository.commit(pull.head.branch, files);
    this.#moveHead(base, pull, { sha, before, type: "push" });
    return sha;
  }

  /** Puts other commits in the place of the branch's, on top of the base as it is now. */
  forcePush(base: Repository, pull: Pull, files: FileEdits): string {
    const before = pull.head.sha;
    const from = base.branch(pull.base.branch) ?? "";
    const sha = pull.head.repository.commit(pull.head.branch, files, { from });
    this.#moveHead(base, pull, { sha, before, type: "force_push" });
    return sha;
  }

  /** Commits to the base branch, without a pull request. */
  pushToBase(base: Repository, files: FileEdits, branch = base.defaultBranch): string {
    const sha = base.commit(branch, files);
    for (const pull of base.pulls) {
      if (pull.state === "open" && pull.base.branch === branch) {
        pull.base.sha = sha;
        this.#setPullRefs(base, pull);
      }
    }
    return sha;
  }

  close(base: Repository, pull: Pull): void {
    pull.state = "closed";
    this.#pullEvent(base, pull, "closed");
  }

  reopen(base: Repository, pull: Pull): void {
    pull.state = "open";
    this.#pullEvent(base, pull, "reopened");
  }

  markReady(base: Repository, pull: Pull): void {
    pull.draft = false;
    this.#pullEvent(base, pull, "ready_for_review");
  }

  /** Changes the branch that the pull request goes into. */
  retarget(base: Repository, pull: Pull, branch: string): void {
    const from = { ref: { from: pull.base.branch }, sha: { from: pull.base.sha } };
    pull.base = { branch, sha: base.branch(branch) ?? "" };
    this.#setPullRefs(base, pull);
    const payload = pullPayload(this.#state, base, pull, {
      action: "edited",
      sender: this.account,
      changes: { base: from },
    });
    this.#state.emit("pull_request", payload);
  }

  comment(base: Repository, pull: Pull, body: string): IssueComment {
    const comment: IssueComment = {
      id: this.#state.id(),
      issue: pull.number,
      user: this.account,
      body,
      createdAt: this.#state.now(),
      updatedAt: this.#state.now(),
      reactions: [],
      edits: 0,
    };
    base.comments.push(comment);
    this.#state.commented(base, comment, this.account, "created");
    return comment;
  }

  edit(base: Repository, comment: IssueComment, body: string): void {
    this.#state.editComment(base, comment, body, this.account);
  }

  /** Ticks, or unticks, the box on the first line that holds the words. */
  tick(base: Repository, comment: IssueComment, words: string, ticked = true): void {
    const lines = comment.body.split("\n");
    const at = lines.findIndex((line) => /^\s*- \[[ x]\]/.test(line) && line.includes(words));
    if (at === -1) throw new Error(`there is no box with “${words}” in\n${comment.body}`);
    lines[at] = (lines[at] ?? "").replace(/\[[ x]\]/, ticked ? "[x]" : "[ ]");
    this.edit(base, comment, lines.join("\n"));
  }

  /** The button “Re-run” of a check. */
  rerequest(base: Repository, check: CheckRun): void {
    const options = { action: "rerequested", sender: this.account };
    this.#state.emit("check_run", checkRunPayload(this.#state, base, check, options));
  }

  /** The button “Re-run all checks”. */
  rerequestSuite(base: Repository, check: CheckRun): void {
    const options = { action: "rerequested", sender: this.account };
    this.#state.emit("check_suite", checkSuitePayload(this.#state, base, check, options));
  }

  /** A button that the check shows. */
  press(base: Repository, check: CheckRun, label: string): void {
    const identifier = check.actions.find((action) => action.label === label)?.identifier;
    if (identifier === undefined) throw new Error(`the check has no button ${label}`);
    const options = { action: "requested_action", sender: this.account, identifier };
    this.#state.emit("check_run", checkRunPayload(this.#state, base, check, options));
  }

  /** Puts pull requests into the merge queue as one group, and asks for its checks. */
  queue(base: Repository, pulls: readonly Pull[]): { head: string; base: string; ref: string } {
    const tip = base.branch(base.defaultBranch) ?? "";
    let head = tip;
    for (const pull of pulls) {
      const merged = base.store.merge(head, pull.head.sha);
      if (merged === undefined) throw new Error(`#${pull.number} conflicts`);
      head = merged;
    }
    const last = pulls.at(-1);
    const name = `gh-readonly-queue/${base.defaultBranch}/pr-${last?.number}-${tip}`;
    base.store.setRef(base.reference(`heads/${name}`), head);
    const group = { head, base: tip, ref: `refs/heads/${name}` };
    this.#state.emit("merge_group", mergeGroupPayload(this.#state, base, group, this.account));
    return group;
  }

  install(repository: Repository): void {
    const payload = installationPayload(this.#state, repository, "created", this.account);
    this.#state.emit("installation", payload);
  }

  /** A workflow run of a pull request that ended. */
  workflowRan(base: Repository, pull: Pull, event = "pull_request"): WorkflowRun {
    const run: WorkflowRun = {
      id: this.#state.id(),
      event,
      headSha: pull.head.sha,
      headRepository: pull.head.repository,
      headBranch: pull.head.branch,
      conclusion: "failure",
      reruns: 0,
    };
    base.runs.push(run);
    this.#state.emit("workflow_run", workflowRunPayload(this.#state, base, run, this.account));
    return run;
  }

  #moveHead(
    base: Repository,
    pull: Pull,
    { sha, before, type }: { sha: string; before: string; type: Activity["type"] },
  ): void {
    pull.head.sha = sha;
    this.#pushed(pull, before, type);
    pull.updatedAt = this.#state.now();
    // GitHub looks at the base branch again when the head moves.
    pull.base.sha = base.branch(pull.base.branch) ?? pull.base.sha;
    this.#setPullRefs(base, pull);
    const options = { action: "synchronize", sender: this.account, before };
    this.#state.emit("pull_request", pullPayload(this.#state, base, pull, options));
  }

  #pushed({ head }: Pull, before: string, type: Activity["type"]): void {
    head.repository.activity.push({
      before,
      after: head.sha,
      ref: `refs/heads/${head.branch}`,
      timestamp: this.#state.now(),
      type,
      actor: this.account,
    });
  }

  #setPullRefs(base: Repository, pull: Pull): void {
    base.store.setRef(`refs/pull/${pull.number}/head`, pull.head.sha);
    const merged = base.store.merge(pull.base.sha, pull.head.sha);
    if (merged !== undefined) base.store.setRef(`refs/pull/${pull.number}/merge`, merged);
  }

  #pullEvent(base: Repository, pull: Pull, action: string): void {
    pull.updatedAt = this.#state.now();
    const options = { action, sender: this.account };
    this.#state.emit("pull_request", pullPayload(this.#state, base, pull, options));
  }
}
