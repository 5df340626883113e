import { Octokit } from "@octokit/core";
import type { Review } from "../../src/core/review.ts";
import { composeComment, type ComposedComment } from "../../src/github/compose-comment.ts";
import { findChecklist, foreignEditor, updateComment } from "../../src/github/checklist-comment.ts";
import type { CommandJob, ReviewJob, TickJob } from "../../src/github/job.ts";
import { recordTick } from "../../src/github/record-tick.ts";
import { runCommand } from "../../src/github/run-command.ts";
import type { Settlement, Surroundings } from "../../src/github/surroundings.ts";
import { cleanReview, input, ORDERS_UP, review, RULES } from "../report/review.ts";
import { GitHubPeer } from "./peer/github-peer.ts";
import type { Person } from "./peer/person.ts";
import type { IssueComment, Pull, Repository } from "./peer/repository.ts";

const UP = "db/migrations/000042_orders_customer.up.sql";
const NAME = { owner: "acme", name: "shop" };

/** A review in which the machine finds nothing, and a column is dropped. */
export function destructiveReview(): Review {
  const [project] = review().projects;
  const [migration] = project?.migrations ?? [];
  if (project === undefined || migration === undefined) throw new Error("no migration");
  const migrations = [{ ...migration, findings: [] }];
  return { ...cleanReview(), projects: [{ ...project, migrations }] };
}

/** A pull request whose checklist waits for words, with what was done about it. */
export class GatedPull implements AsyncDisposable {
  readonly peer: GitHubPeer;
  readonly repository: Repository;
  readonly pull: Pull;
  readonly octokit: Octokit;
  readonly self: string;
  /** Reviews that were asked for. */
  readonly reviews: ReviewJob[] = [];
  readonly looks: ReviewJob[] = [];
  readonly settled: Settlement[] = [];
  /** What the machine says, and the text of the up script. */
  review = destructiveReview();
  text = ORDERS_UP;
  /** The head moves while it is reviewed. */
  superseded = false;
  now = new Date("2026-11-27T13:00:00Z");
  readonly key: string | undefined;
  readonly #checklist:
    NonNullable<Parameters<typeof composeComment>[0]["report"]["checklist"]> | undefined;

  private constructor(peer: GitHubPeer, options: GatedOptions) {
    this.peer = peer;
    this.repository = peer.repository("acme/shop", { "README.md": "A shop.\n" });
    const roles: NonNullable<GatedOptions["roles"]> = options.roles ?? {
      mia: "write",
      tom: "triage",
    };
    for (const [login, role] of Object.entries(roles)) {
      this.repository.roles.set(login, role);
      peer.state.account(login);
    }
    this.pull = this.person("alice").openPull(this.repository, { [UP]: ORDERS_UP });
    const isApp = options.action !== true;
    this.key = isApp ? "a secret of the tests" : undefined;
    const token = isApp
      ? peer.appToken(this.repository, { ...peer.state.app.permissions, ...options.permissions })
      : peer.actionsToken({ contents: "read", issues: "write", pull_requests: "write" });
    this.self = isApp ? `${peer.state.app.slug}[bot]` : "github-actions[bot]";
    this.octokit = new Octokit({ auth: token, baseUrl: peer.url });
    this.#checklist = options.checklist;
  }

  static async open(options: GatedOptions = {}): Promise<GatedPull> {
    const gated = new GatedPull(await GitHubPeer.start(), options);
    await gated.publish();
    gated.reviews.length = 0;
    return gated;
  }

  person(login: string): Person {
    return this.peer.person(login);
  }

  get deps(): Surroundings {
    return {
      self: this.self,
      ...(this.key === undefined ? {} : { key: this.key }),
      now: () => this.now,
      rules: RULES,
      review: async (job) => {
        this.reviews.push(job);
        const { outcome } = await this.publish();
        return this.superseded
          ? { done: "superseded", head: job.head }
          : { done: "reviewed", head: job.head, outcome };
      },
      look: async (job) => {
        this.looks.push(job);
        return { report: input(this.review) };
      },
      settle: async (settlement) => {
        this.settled.push(settlement);
      },
    };
  }

  /** Writes the checklist of the review, as a run for the newest head does. */
  async publish(): Promise<ComposedComment> {
    const { octokit, self, key } = this;
    const at = { repo: NAME, pull: this.pull.number };
    const found = await findChecklist(octokit, at, self);
    const editor =
      found === undefined || key !== undefined
        ? undefined
        : await foreignEditor(octokit, found, self);
    const composed = composeComment({
      report: {
        ...input(this.review),
        texts: (path) => (path === UP ? this.text : input().texts(path)),
        ...(this.#checklist === undefined ? {} : { checklist: this.#checklist }),
      },
      place: {
        repository: "acme/shop",
        pull: at.pull,
        ...(key === undefined ? {} : { key }),
      },
      head: this.pull.head.sha,
      now: this.now,
      ...(found === undefined
        ? {}
        : { previous: { text: found.text, ...(editor === undefined ? {} : { editor }) } }),
      ...(key === undefined ? { run: 42 } : {}),
    });
    if (found === undefined) {
      await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        owner: "acme",
        repo: "shop",
        issue_number: at.pull,
        body: composed.text,
      });
    } else if (found.text !== composed.text) {
      await updateComment(octokit, NAME, found.id, composed.text);
    }
    return composed;
  }

  /** The checklist comment as it stands there. */
  get comment(): IssueComment {
    const found = this.repository
      .commentsOn(this.pull.number)
      .find(
        ({ user, body }) => user.login === this.self && !body.includes("migrate-verify-answer"),
      );
    if (found === undefined) throw new Error("there is no checklist");
    return found;
  }

  /** The line of an item's box. */
  box(item: string): string {
    const lines = this.comment.body.split("\n");
    return lines.find((line) => line.includes(`<!-- gate:${item} -->`)) ?? "";
  }

  /** The answers to commands, oldest first. */
  get answers(): string[] {
    return this.repository
      .commentsOn(this.pull.number)
      .filter(({ body }) => body.includes("migrate-verify-answer"))
      .map(({ body }) => body);
  }

  /** The webhook of the last edit of the checklist, as the job that it becomes. */
  lastTick(): TickJob {
    const event = this.peer.events.findLast(
      ({ event: name, payload }) => name === "issue_comment" && payload.action === "edited",
    );
    if (event === undefined) throw new Error("nothing was edited");
    const { changes, comment, sender } = event.payload as unknown as {
      changes: { body: { from: string } };
      comment: { id: number; body: string };
      sender: { login: string };
    };
    return {
      kind: "tick",
      repo: NAME,
      pull: this.pull.number,
      comment: comment.id,
      sender: sender.login,
      before: changes.body.from,
      after: comment.body,
    };
  }

  /** Somebody ticks a box, and it is recorded. */
  async tick(login: string, item: string, ticked = true): Promise<void> {
    this.person(login).tick(this.repository, this.comment, `<!-- gate:${item} -->`, ticked);
    await recordTick(this.octokit, this.lastTick(), this.deps);
  }

  /** Somebody edits the checklist by hand, and the App hears of it. */
  async edit(login: string, change: (body: string) => string): Promise<void> {
    this.person(login).edit(this.repository, this.comment, change(this.comment.body));
    await recordTick(this.octokit, this.lastTick(), this.deps);
  }

  /** Somebody writes a comment, and it is obeyed; gives the reactions that it got. */
  async say(login: string, text: string, part: Partial<CommandJob> = {}): Promise<string[]> {
    const comment = this.person(login).comment(this.repository, this.pull, text);
    const job: CommandJob = {
      kind: "command",
      repo: NAME,
      pull: this.pull.number,
      comment: comment.id,
      sender: login,
      text,
      ...part,
    };
    await runCommand(this.octokit, job, this.deps);
    return comment.reactions.map(({ content }) => content);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.peer[Symbol.asyncDispose]();
  }
}

interface GatedOptions {
  /** Without a secret, under GITHUB_TOKEN. */
  readonly action?: true;
  readonly roles?: Readonly<
    Record<string, "admin" | "maintain" | "write" | "triage" | "read" | "none">
  >;
  readonly permissions?: Readonly<Record<string, "read" | "write">>;
  readonly checklist?: Parameters<typeof composeComment>[0]["report"]["checklist"];
}
