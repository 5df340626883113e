import { type Account, type Actor, type App, makeApp, type Permissions } from "./account.ts";
import { type IssueComment, Repository } from "./repository.ts";
import { commentPayload, type Payload } from "./payload.ts";

export interface Delivery {
  readonly id: number;
  /** `X-GitHub-Delivery`: the same when it is sent again. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly payload: Payload;
  readonly redelivery: boolean;
  readonly deliveredAt: string;
  /** ms until it was answered. */
  duration: number;
  /** 0: no connection, or no answer in time. */
  status: number;
}

/** Everything that the peer holds, apart from HTTP. */
export class GitHubState {
  readonly accounts = new Map<string, Account>();
  readonly repositories = new Map<string, Repository>();
  /** Logins by `org/team`. */
  readonly teams = new Map<string, readonly string[]>();
  readonly tokens = new Map<string, Actor>();
  readonly deliveries: Delivery[] = [];
  /** The app under test. */
  readonly app: App;
  /** What GITHUB_TOKEN speaks for. */
  readonly actions: App;
  readonly installations = new Map<number, Account>();
  /** Smaller limits than GitHub's, where a test sets them. */
  readonly limits: { treeEntries?: number } = {};
  /** Sends a webhook; the peer sets both. */
  emit: (event: string, payload: Payload) => void = () => undefined;
  redeliver: (delivery: Delivery) => void = () => undefined;
  #next = 1000;

  constructor() {
    this.app = makeApp({
      id: 4242,
      slug: "migrate-verify",
      permissions: {
        checks: "write",
        contents: "read",
        issues: "write",
        merge_queues: "read",
        metadata: "read",
        pull_requests: "write",
      },
      events: ["check_run", "check_suite", "issue_comment", "merge_group", "pull_request"],
    });
    const actions = makeApp({ id: 15_368, slug: "github-actions", permissions: {}, events: [] });
    this.actions = { ...actions, bot: { ...actions.bot, id: 41_898_282 } };
  }

  /** A number that nothing else has. */
  id(): number {
    this.#next += 1;
    return this.#next;
  }

  /** An account; it is made when it is first named. */
  account(login: string, type: Account["type"] = "User"): Account {
    const known = this.accounts.get(login);
    if (known !== undefined) return known;
    const account = { login, id: this.id(), type };
    this.accounts.set(login, account);
    return account;
  }

  repository(fullName: string): Repository | undefined {
    return this.repositories.get(fullName.toLowerCase());
  }

  /** Makes an empty repository, with the app installed on its owner. */
  createRepository(fullName: string, parent?: Repository): Repository {
    const [owner = "", name = ""] = fullName.split("/");
    const account = this.account(owner, parent === undefined ? "Organization" : "User");
    const repository = new Repository(account, name, this.id(), parent);
    if (parent === undefined) repository.installation = this.install(account);
    this.repositories.set(fullName.toLowerCase(), repository);
    return repository;
  }

  install(account: Account): number {
    for (const [id, owner] of this.installations) if (owner === account) return id;
    const id = this.id();
    this.installations.set(id, account);
    return id;
  }

  /** A token for one installation of an app. */
  installationToken(app: App, installation: number, permissions: Permissions): string {
    const token = `ghs_${app.slug}${this.id()}`;
    this.tokens.set(token, { kind: "installation", app, installation, permissions });
    return token;
  }

  /** A token like GITHUB_TOKEN. */
  actionsToken(permissions: Permissions): string {
    return this.installationToken(this.actions, 0, { metadata: "read", ...permissions });
  }

  /** Writes over a comment, as whoever; that sends a webhook. */
  editComment(repository: Repository, comment: IssueComment, body: string, sender: Account): void {
    const before = comment.body;
    comment.body = body;
    comment.updatedAt = this.now();
    comment.edits += 1;
    comment.editor = sender;
    this.commented(repository, comment, sender, "edited", before);
  }

  /** Tells the app that somebody wrote or edited a comment. */
  commented(
    repository: Repository,
    comment: IssueComment,
    sender: Account,
    action: "created" | "edited",
    before?: string,
  ): void {
    this.emit(
      "issue_comment",
      commentPayload(this, repository, comment, { sender, action, before }),
    );
  }

  now(): string {
    return new Date().toISOString().replace(/\.\d+Z$/, "Z");
  }

  /** The account under which an actor writes. */
  authorOf(actor: Actor): Account {
    return actor.kind === "user" ? actor.user : actor.app.bot;
  }
}
