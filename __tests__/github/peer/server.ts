import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type Actor, issuerOf } from "./account.ts";
import { apiDescription } from "./description.ts";
import { type Answer, NOT_FOUND, refused, type Route, type Routes } from "./exchange.ts";
import { answerGraphql } from "./graphql.ts";
import { appRoutes } from "./routes-app.ts";
import { checkRoutes } from "./routes-checks.ts";
import { activityRoutes } from "./routes-activity.ts";
import { teamRoutes } from "./routes-teams.ts";
import { commentRoutes } from "./routes-comments.ts";
import { gitRoutes } from "./routes-git.ts";
import { pullRoutes } from "./routes-pulls.ts";
import type { GitHubState } from "./state.ts";

/** What goes wrong with the next requests that match. */
export interface Fault {
  /** `POST`; absent: any. */
  readonly method?: string;
  /** Part of the path. */
  readonly path?: string | RegExp;
  /** How many requests; default 1. */
  readonly times?: number;
  /** Answer this status instead. */
  readonly status?: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Close the connection without an answer. `after-work`: the work is done first. */
  readonly drop?: boolean | "after-work";
  /** Answer late, in ms. */
  readonly delayMs?: number;
  /** Wait for this before answering. */
  readonly until?: Promise<unknown>;
}

export interface SeenRequest {
  readonly method: string;
  /** With its query, as it was sent. */
  readonly path: string;
  status: number;
  readonly body: unknown;
}

interface CompiledRoute extends Route {
  readonly method: string;
  readonly template: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

const ROUTES: Routes = {
  ...appRoutes,
  ...checkRoutes,
  ...activityRoutes,
  ...commentRoutes,
  ...teamRoutes,
  ...gitRoutes,
  ...pullRoutes,
};

/** Paths that GitHub allows to hold slashes. */
const SLASHES = new Set(["path", "basehead"]);

const COMPILED = Object.entries(ROUTES).map(([name, route]): CompiledRoute => {
  const [method = "", template = ""] = name.split(" ");
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const pattern = template.replaceAll(/\{(\w+)\}/g, (_, parameter: string) =>
    SLASHES.has(parameter) || (parameter === "ref" && template.includes("/git/"))
      ? "(.+)"
      : "([^/]+)",
  );
  return { ...route, method, template, names, pattern: new RegExp(`^${pattern}$`) };
});

/** GitHub's REST and GraphQL over HTTP on loopback, in front of a state. */
export class ApiServer {
  readonly requests: SeenRequest[] = [];
  /** Requests and answers that GitHub's description does not allow. */
  readonly violations: string[] = [];
  readonly #faults: { fault: Fault; left: number }[] = [];
  readonly #state: GitHubState;
  readonly #server: Server;

  constructor(state: GitHubState) {
    this.#state = state;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.violations.push(`${request.method} ${request.url}: ${String((error as Error).stack)}`);
        response.writeHead(500).end();
      });
    });
  }

  async listen(): Promise<string> {
    // A client that was kept waiting would find its idle connection closed.
    this.#server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Lets something go wrong; gives what takes it back. */
  fault(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? 1 };
    this.#faults.push(entry);
    return () => {
      entry.left = 0;
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "GET";
    // GitHub Enterprise Server has its API under /api.
    const path = (request.url ?? "/").replace(/^\/api\/(?:v3\/?)?/, "/");
    const text = await bodyOf(request);
    const body = text === "" ? undefined : (JSON.parse(text) as unknown);
    const seen: SeenRequest = { method, path, body, status: 0 };
    this.requests.push(seen);
    const fault = this.#faultFor(method, path);
    if (fault?.delayMs !== undefined) await delay(fault.delayMs);
    await fault?.until;
    if (fault?.drop === true) {
      response.destroy();
      return;
    }
    const answer = faulty(fault) ?? this.#answer(request, method, path, body);
    seen.status = answer.status;
    if (fault?.drop === "after-work") response.destroy();
    else send(response, answer, `http://${request.headers.host}${path.split("?")[0]}`);
  }

  #faultFor(method: string, path: string): Fault | undefined {
    const entry = this.#faults.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.method === undefined || fault.method === method) &&
        (fault.path === undefined ||
          (typeof fault.path === "string" ? path.includes(fault.path) : fault.path.test(path))),
    );
    if (entry !== undefined) entry.left -= 1;
    return entry?.fault;
  }

  #answer(request: IncomingMessage, method: string, path: string, body: unknown): Answer {
    const url = new URL(path, "http://localhost");
    const actor = this.#actorOf(request);
    if (actor === undefined) return refused("Bad credentials", 401);
    if (url.pathname === "/graphql") {
      const { query, variables } = body as { query: string; variables?: Record<string, unknown> };
      if (!allowed(actor, "contents:read"))
        return refused("Resource not accessible by integration");
      return {
        status: 200,
        body: answerGraphql(this.#state, query, variables ?? {}, this.#state.authorOf(actor)),
      };
    }
    for (const route of COMPILED) {
      const match = route.method === method ? route.pattern.exec(url.pathname) : null;
      if (match === null) continue;
      const params = Object.fromEntries(
        route.names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")]),
      );
      return this.#answerRoute(route, { request, actor, params, query: url.searchParams, body });
    }
    this.violations.push(`the peer has no ${method} ${url.pathname}`);
    return NOT_FOUND;
  }

  #answerRoute(
    route: CompiledRoute,
    exchange: {
      readonly request: IncomingMessage;
      readonly actor: Actor;
      readonly params: Record<string, string>;
      readonly query: URLSearchParams;
      readonly body: unknown;
    },
  ): Answer {
    const { actor, params, query, body, request } = exchange;
    const method = route.method.toLowerCase();
    if (route.asApp === true && actor.kind !== "app") {
      return refused("A JSON web token could not be decoded", 401);
    }
    if (route.needs !== undefined && !allowed(actor, route.needs)) {
      return refused("Resource not accessible by integration");
    }
    const wrong = apiDescription().wrongRequest(method, route.template, query, body);
    if (wrong !== undefined) {
      this.violations.push(`request ${route.method} ${route.template}: ${wrong}`);
      return refused(`Invalid request. ${wrong}`, 422);
    }
    const answer = route.answer({
      state: this.#state,
      actor,
      params,
      query,
      body: (body ?? {}) as Record<string, unknown>,
      accept: request.headers.accept ?? "",
    });
    if (answer.raw !== undefined) return answer;
    const { status } = answer;
    const bad = apiDescription().wrongAnswer(method, route.template, status, answer.body);
    if (bad !== undefined) {
      this.violations.push(`answer ${status} to ${route.method} ${route.template}: ${bad}`);
    }
    return answer;
  }

  #actorOf(request: IncomingMessage): Actor | undefined {
    const token = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const known = this.#state.tokens.get(token);
    if (known !== undefined) return known;
    if (token.split(".").length !== 3) return undefined;
    const { app } = this.#state;
    return issuerOf(token, app.publicKey) === String(app.id) ? { kind: "app", app } : undefined;
  }
}

function faulty(fault: Fault | undefined): Answer | undefined {
  if (fault?.status === undefined) return undefined;
  const { body } = refused(fault.message ?? "A fault of the test", fault.status);
  return { status: fault.status, body, headers: fault.headers ?? {} };
}

/** Whether a token may; alternatives are divided by `|`. */
function allowed(actor: Actor, needs: string): boolean {
  if (actor.kind === "user") return true;
  if (actor.kind === "app") return false;
  return needs.split("|").some((need) => {
    const [name = "", level] = need.split(":");
    const has = actor.permissions[name];
    return has === "write" || has === level || need === "metadata:read";
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, answer: Answer, here: string): void {
  const headers = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, value]) => [
      name,
      value.replace("{here}", here),
    ]),
  );
  response.writeHead(answer.status, {
    "content-type":
      answer.raw === undefined ? "application/json; charset=utf-8" : "application/octet-stream",
    "x-github-request-id": "PEER:1",
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 3600),
    ...headers,
  });
  if (answer.raw !== undefined) response.end(answer.raw);
  else response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
}
