/** A repository as the App reaches it. */
export interface RepoRef {
  readonly owner: string;
  readonly name: string;
  /** Id of the App's installation that may write there. Absent in the Action. */
  readonly installation?: number;
}

/** Looks at a pull request as it is when the work begins, and reports what is found. */
export interface ReviewJob {
  readonly kind: "review";
  readonly repo: RepoRef;
  readonly pull: number;
  /** SHA that was the head when this was asked for: a hint, deliveries come late and out of order. */
  readonly head: string;
  /** SHA that was the head before, where a push asked for this. */
  readonly before?: string;
  /** Why, for the log: `opened`, `synchronize`, `sweep` … */
  readonly reason: string;
  /** A person asked for it again: a check that is complete is no reason to leave it. */
  readonly again?: boolean;
  readonly mode?: "lint" | "verify" | "check";
}

/** Answers a comment that holds a command. */
export interface CommandJob {
  readonly kind: "command";
  readonly repo: RepoRef;
  readonly pull: number;
  /** Id of the comment. */
  readonly comment: number;
  /** Login of who wrote it. */
  readonly sender: string;
  /** The comment's text, as it was created. */
  readonly text: string;
  /** SHA that was the head when the command was given, where it is known: that one runs. */
  readonly head?: string;
}

/** Someone edited the checklist comment: a box may have been ticked. */
export interface TickJob {
  readonly kind: "tick";
  readonly repo: RepoRef;
  readonly pull: number;
  /** Id of the checklist comment. */
  readonly comment: number;
  /** Login of who edited it: not the comment's author. */
  readonly sender: string;
  /** The comment's text before and after the edit. */
  readonly before: string;
  readonly after: string;
}

/** Reviews what a merge queue is about to merge. */
export interface MergeGroupJob {
  readonly kind: "merge-group";
  readonly repo: RepoRef;
  /** SHAs of the group. */
  readonly base: string;
  readonly head: string;
  /** `refs/heads/gh-readonly-queue/main/pr-12-…` */
  readonly ref: string;
}

/** Someone pressed “Re-run” or a button of the check: what stands behind the commit is found first. */
export interface RerunJob {
  readonly kind: "rerun";
  readonly repo: RepoRef;
  readonly head: string;
  /** Login of who pressed it. */
  readonly sender: string;
  /** Identifier of the check's button; absent for “Re-run”. */
  readonly action?: string;
}

/** Looks for open pull requests of a repository that lack their check: the App came late, or lost work. */
export interface SweepJob {
  readonly kind: "sweep";
  readonly repo: RepoRef;
  /** Pull requests that nothing happened to since then need no look (ISO 8601). */
  readonly since: string;
}

/** One piece of the App's work. Small and serialisable: it is what Redis holds. */
export type Job = ReviewJob | CommandJob | TickJob | MergeGroupJob | RerunJob | SweepJob;
