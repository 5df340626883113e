import { createHmac, randomUUID } from "node:crypto";
import type { Permissions } from "./account.ts";
import type { FileEdits } from "./git-store.ts";
import { type Payload, wrongPayload } from "./payload.ts";
import { Person } from "./person.ts";
import type { Repository } from "./repository.ts";
import { ApiServer, type Fault, type SeenRequest } from "./server.ts";
import { type Delivery, GitHubState } from "./state.ts";

/** A webhook that GitHub would send, whether or not somebody takes it. */
export interface SentEvent {
  readonly event: string;
  readonly payload: Payload;
}

/** GitHub waits this long for an answer to a webhook. */
const WEBHOOK_TIMEOUT_MS = 10_000;

/**
 * A GitHub on loopback: it keeps repositories, pull requests, comments, checks and reviews, answers
 * the REST API as GitHub's own OpenAPI description says, and sends signed webhooks. Dispose it: then
 * it throws when anything that was asked or answered broke the description.
 */
export class GitHubPeer implements AsyncDisposable {
  readonly state = new GitHubState();
  readonly webhookSecret = "a secret of the tests";
  /** Everything that GitHub would have told the app, in order. */
  readonly events: SentEvent[] = [];
  /** Where webhooks go; undefined: nowhere. */
  webhookUrl: string | undefined;
  /** Base address of the API. */
  url = "";
  readonly #server: ApiServer;
  readonly #underway = new Set<Promise<unknown>>();

  private constructor() {
    this.#server = new ApiServer(this.state);
    this.state.emit = (event, payload) => this.send(event, payload);
    this.state.redeliver = (delivery) => this.redeliver(delivery);
  }

  static async start(): Promise<GitHubPeer> {
    const peer = new GitHubPeer();
    peer.url = await peer.#server.listen();
    return peer;
  }

  /** A repository whose branch main holds the files. */
  repository(fullName: string, files: FileEdits = {}): Repository {
    const repository = this.state.createRepository(fullName);
    repository.commit("main", files, { message: "Begin" });
    return repository;
  }

  /** A fork of a repository, at its owner's. */
  fork(repository: Repository, owner: string): Repository {
    const fork = this.state.createRepository(`${owner}/${repository.name}`, repository);
    fork.roles.set(owner, "admin");
    return fork;
  }

  /** Somebody who acts on GitHub. */
  person(login: string): Person {
    return new Person(this.state, this.state.account(login));
  }

  /** A token of the app for the repository's installation. */
  appToken(repository: Repository, permissions: Permissions = this.state.app.permissions): string {
    const { app } = this.state;
    return this.state.installationToken(app, repository.installation ?? 0, permissions);
  }

  /** A token like a workflow's GITHUB_TOKEN, with the permissions named. */
  actionsToken(permissions: Permissions): string {
    return this.state.actionsToken(permissions);
  }

  userToken(login: string): string {
    const token = `ghp_${login}${this.state.id()}`;
    this.state.tokens.set(token, { kind: "user", user: this.state.account(login) });
    return token;
  }

  /** Requests that arrived, in order. */
  get requests(): readonly SeenRequest[] {
    return this.#server.requests;
  }

  /** How many requests matched, all by default. */
  count(method?: string, path: string | RegExp = ""): number {
    return this.requests.filter(
      (one) =>
        (method === undefined || one.method === method) &&
        (typeof path === "string" ? one.path.includes(path) : path.test(one.path)),
    ).length;
  }

  forgetRequests(): void {
    this.#server.requests.length = 0;
  }

  /** Lets the next requests that match go wrong; gives what takes it back. */
  fault(fault: Fault): () => void {
    return this.#server.fault(fault);
  }

  /** What broke GitHub's description so far; reading it forgives it. */
  takeViolations(): string[] {
    return this.#server.violations.splice(0);
  }

  /** Sends a webhook, and keeps it. Throws when GitHub would not send such a payload. */
  send(event: string, payload: Payload, guid: string = randomUUID(), redelivery = false): Delivery {
    const wrong = wrongPayload(event, payload);
    if (wrong !== undefined) throw new Error(`${event}.${payload.action}: ${wrong}`);
    this.events.push({ event, payload });
    const delivery: Delivery = {
      id: this.state.id(),
      guid,
      event,
      action: payload.action,
      payload,
      redelivery,
      deliveredAt: this.state.now(),
      duration: 0,
      status: 0,
    };
    if (this.webhookUrl !== undefined) {
      this.state.deliveries.push(delivery);
      const sent = this.#post(this.webhookUrl, delivery).finally(() => this.#underway.delete(sent));
      this.#underway.add(sent);
    }
    return delivery;
  }

  /** Sends a delivery once more, under the same `X-GitHub-Delivery`. */
  redeliver({ event, payload, guid }: Delivery): void {
    this.send(event, payload, guid, true);
  }

  /** Waits until every webhook was answered, those too that were caused meanwhile. */
  async delivered(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }

  async #post(url: string, delivery: Delivery): Promise<void> {
    const body = JSON.stringify(delivery.payload);
    const signature = createHmac("sha256", this.webhookSecret).update(body).digest("hex");
    const startedAt = performance.now();
    try {
      const { status } = await fetch(url, {
        method: "POST",
        body,
        signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
        headers: {
          "content-type": "application/json",
          "user-agent": "GitHub-Hookshot/peer",
          "x-github-delivery": delivery.guid,
          "x-github-event": delivery.event,
          "x-hub-signature-256": `sha256=${signature}`,
        },
      });
      delivery.status = status;
    } catch {
      // What GitHub's list of deliveries shows as no answer.
      delivery.status = 0;
    }
    delivery.duration = performance.now() - startedAt;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.delivered();
    await this.#server.close();
    for (const { parent, store } of this.state.repositories.values()) {
      if (parent === undefined) store[Symbol.dispose]();
    }
    const violations = this.takeViolations();
    if (violations.length > 0) throw new Error(`GitHub would not: ${violations.join("\n")}`);
  }
}
