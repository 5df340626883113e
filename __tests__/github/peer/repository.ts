import type { Account, App } from "./account.ts";
import { type FileEdits, GitStore } from "./git-store.ts";

export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly user: Account;
  title: string;
  body: string;
  draft: boolean;
  state: "open" | "closed";
  merged: boolean;
  readonly head: { readonly repository: Repository; readonly branch: string; sha: string };
  base: { branch: string; sha: string };
  readonly createdAt: string;
  updatedAt: string;
}

export interface Reaction {
  readonly id: number;
  readonly user: Account;
  readonly content: string;
}

export interface IssueComment {
  readonly id: number;
  readonly issue: number;
  readonly user: Account;
  /** The app whose token wrote it. */
  readonly app?: App;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: Reaction[];
  /** How often its body was written over, and by whom the last time. */
  edits: number;
  editor?: Account;
}

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface CheckRun {
  readonly id: number;
  readonly app: App;
  name: string;
  readonly headSha: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  externalId: string;
  detailsUrl: string | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: CheckAnnotation[];
  actions: readonly { label: string; description: string; identifier: string }[];
  /** Every state that it was in, in order: `queued`, `in_progress`, `success`. */
  readonly states: string[];
}

export interface ReviewComment {
  readonly id: number;
  readonly review: number;
  readonly path: string;
  readonly line: number;
  readonly startLine?: number;
  readonly side: string;
  readonly body: string;
  readonly commit: string;
  readonly user: Account;
  readonly createdAt: string;
}

export interface Review {
  readonly id: number;
  readonly pull: number;
  readonly user: Account;
  readonly body: string;
  readonly state: string;
  readonly commit: string;
  readonly submittedAt: string;
  readonly comments: readonly ReviewComment[];
}

export interface WorkflowRun {
  readonly id: number;
  readonly event: string;
  readonly headSha: string;
  readonly headRepository: Repository;
  readonly headBranch: string;
  readonly conclusion: "success" | "failure";
  /** How often it was asked to run again. */
  reruns: number;
}

/** What moved a branch. */
export interface Activity {
  readonly before: string;
  readonly after: string;
  readonly ref: string;
  timestamp: string;
  readonly type: "push" | "force_push" | "branch_creation";
  readonly actor: Account;
}

/** A repository of the peer: its Git store and everything around it. */
export class Repository {
  readonly owner: Account;
  readonly name: string;
  readonly id: number;
  readonly store: GitStore;
  readonly parent: Repository | undefined;
  readonly defaultBranch = "main";
  readonly roles = new Map<string, Role>();
  readonly pulls: Pull[] = [];
  readonly comments: IssueComment[] = [];
  readonly checks: CheckRun[] = [];
  readonly reviews: Review[] = [];
  readonly runs: WorkflowRun[] = [];
  /** Oldest first. */
  readonly activity: Activity[] = [];
  /** The installation of the app under test; undefined: it is not installed here. */
  installation: number | undefined;

  /** A fork shares its parent's objects, as on GitHub. */
  constructor(owner: Account, name: string, id: number, parent?: Repository) {
    this.owner = owner;
    this.name = name;
    this.id = id;
    this.parent = parent;
    this.store = parent?.store ?? new GitStore();
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  /** The store's reference for one of this repository's, `heads/main`. */
  reference(name: string): string {
    return this.parent === undefined ? `refs/${name}` : `refs/forks/${this.owner.login}/${name}`;
  }

  branch(name: string): string | undefined {
    return this.store.ref(this.reference(`heads/${name}`));
  }

  /** Commits to a branch; one that is new starts at the default branch. */
  commit(branch: string, files: FileEdits, options: { message?: string; from?: string } = {}) {
    const tip = options.from ?? this.branch(branch) ?? this.tip();
    return this.store.commit(this.reference(`heads/${branch}`), files, {
      ...(tip === undefined ? {} : { parents: [tip] }),
      ...(options.message === undefined ? {} : { message: options.message }),
    });
  }

  /** What a name stands for: a hash, a branch, or a full reference. */
  resolve(name: string): string | undefined {
    if (/^[0-9a-f]{40}$/.test(name)) return this.store.commitInfo(name)?.sha;
    const short = name.replace(/^refs\//, "");
    return this.branch(short) ?? this.store.ref(this.reference(short));
  }

  pull(number: number): Pull | undefined {
    return this.pulls.find((pull) => pull.number === number);
  }

  commentsOn(pull: number): IssueComment[] {
    return this.comments.filter(({ issue }) => issue === pull);
  }

  /** The runs of one name at a commit, newest last. */
  checksAt(sha: string, name?: string): CheckRun[] {
    return this.checks.filter(
      (check) => check.headSha === sha && (name === undefined || check.name === name),
    );
  }

  roleOf(login: string): Role {
    return this.owner.login === login ? "admin" : (this.roles.get(login) ?? "read");
  }

  private tip(): string | undefined {
    const own = this.branch(this.defaultBranch);
    return own ?? this.parent?.branch(this.defaultBranch);
  }
}
