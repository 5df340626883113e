import type { Actor } from "./account.ts";
import { type Exchange, inRepository, invalid, NOT_FOUND, paged, refused } from "./exchange.ts";
import type { Routes } from "./exchange.ts";
import { checkRunJson } from "./represent.ts";
import type { CheckAnnotation, CheckRun, Repository } from "./repository.ts";

interface CheckBody {
  readonly name?: string;
  readonly head_sha?: string;
  readonly status?: CheckRun["status"];
  readonly conclusion?: string;
  readonly external_id?: string;
  readonly details_url?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary: string;
    readonly text?: string;
    readonly annotations?: readonly CheckAnnotation[];
  };
  readonly actions?: CheckRun["actions"];
}

export const checkRoutes: Routes = {
  "POST /repos/{owner}/{repo}/check-runs": inRepository("checks:write", (repository, exchange) => {
    const { state, actor } = exchange;
    const body = exchange.body as CheckBody;
    const app = appOf(actor);
    if (app === undefined) return refused("You must authenticate via a GitHub App.");
    if (repository.store.commitInfo(body.head_sha ?? "") === undefined) {
      return invalid(`No commit found for SHA: ${body.head_sha}`);
    }
    const check: CheckRun = {
      id: state.id(),
      app,
      name: body.name ?? "",
      headSha: body.head_sha ?? "",
      status: "queued",
      conclusion: null,
      externalId: "",
      detailsUrl: null,
      startedAt: state.now(),
      completedAt: null,
      title: null,
      summary: null,
      text: null,
      annotations: [],
      actions: [],
      states: [],
    };
    change(check, body, state.now());
    repository.checks.push(check);
    return { status: 201, body: checkRunJson(check, repository) };
  }),

  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": inRepository(
    "checks:write",
    (repository, exchange) => {
      const check = checkOf(repository, exchange);
      if (check === undefined) return NOT_FOUND;
      if (appOf(exchange.actor) !== check.app) {
        return refused("Invalid app_id `0` - check run can only be modified by its creator.");
      }
      change(check, exchange.body, exchange.state.now());
      return { status: 200, body: checkRunJson(check, repository) };
    },
  ),

  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}": inRepository(
    "checks:read",
    (repository, exchange) => {
      const check = checkOf(repository, exchange);
      return check === undefined
        ? NOT_FOUND
        : { status: 200, body: checkRunJson(check, repository) };
    },
  ),

  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations": inRepository(
    "checks:read",
    (repository, exchange) => {
      const check = checkOf(repository, exchange);
      if (check === undefined) return NOT_FOUND;
      const blob = `https://github.com/${repository.fullName}/blob/${check.headSha}`;
      return paged(
        exchange,
        check.annotations.map((one) => ({
          start_column: null,
          end_column: null,
          title: null,
          raw_details: null,
          ...one,
          blob_href: `${blob}/${one.path}`,
        })),
      );
    },
  ),

  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": inRepository(
    "checks:read",
    (repository, exchange) => {
      const { query, params } = exchange;
      const sha = repository.resolve(params["ref"] ?? "");
      if (sha === undefined) return NOT_FOUND;
      const app = query.get("app_id");
      const status = query.get("status");
      const checks = repository
        .checksAt(sha, query.get("check_name") ?? undefined)
        .filter((check) => app === null || check.app.id === Number(app))
        .filter((check) => status === null || check.status === status)
        .toReversed();
      const shown =
        query.get("filter") === "all"
          ? checks
          : checks.filter((check, index) => {
              const newer = checks.slice(0, index);
              return !newer.some(({ name, app: other }) => {
                return name === check.name && other === check.app;
              });
            });
      return paged(
        exchange,
        shown.map((check) => checkRunJson(check, repository)),
        "check_runs",
      );
    },
  ),
};

function appOf(actor: Actor) {
  return actor.kind === "installation" ? actor.app : undefined;
}

function checkOf(repository: Repository, { params }: Exchange): CheckRun | undefined {
  return repository.checks.find(({ id }) => id === Number(params["check_run_id"]));
}

/** Annotations are added to those that are there; everything else is written over. */
function change(check: CheckRun, body: CheckBody, now: string): void {
  check.name = body.name ?? check.name;
  check.externalId = body.external_id ?? check.externalId;
  check.detailsUrl = body.details_url ?? check.detailsUrl;
  check.startedAt = body.started_at ?? check.startedAt;
  check.actions = body.actions ?? check.actions;
  if (body.output !== undefined) changeOutput(check, body.output);
  changeStatus(check, body, now);
  check.states.push(check.conclusion ?? check.status);
}

function changeStatus(check: CheckRun, body: CheckBody, now: string): void {
  const status = body.conclusion === undefined ? body.status : "completed";
  if (status === undefined) return;
  check.status = status;
  check.conclusion = body.conclusion ?? null;
  check.completedAt = status === "completed" ? (body.completed_at ?? now) : null;
}

function changeOutput(check: CheckRun, output: NonNullable<CheckBody["output"]>): void {
  check.title = output.title ?? check.title;
  check.summary = output.summary;
  check.text = output.text ?? check.text;
  check.annotations.push(...(output.annotations ?? []));
}
