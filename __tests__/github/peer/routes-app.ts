import { integration, type Permissions, simpleUser } from "./account.ts";
import { apiDescription } from "./description.ts";
import {
  type Answer,
  type Exchange,
  inRepository,
  NOT_FOUND,
  paged,
  refused,
  type Routes,
} from "./exchange.ts";
import { repositoryJson } from "./represent.ts";
import type { Repository, Role } from "./repository.ts";
import type { Delivery } from "./state.ts";

/** What the field `permission` says of the roles that it does not know. */
const PERMISSION: Record<Role, string> = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
  none: "none",
};

export const appRoutes: Routes = {
  "GET /app": {
    asApp: true,
    answer: ({ state }) => ({
      status: 200,
      body: integration(state.app, { login: "acme", id: 1, type: "Organization" }),
    }),
  },

  "GET /app/installations": {
    asApp: true,
    answer: (exchange) =>
      paged(
        exchange,
        [...exchange.state.installations.keys()].map((id) => installationJson(exchange, id)),
      ),
  },

  "GET /repos/{owner}/{repo}/installation": {
    ...inRepository(undefined, (repository, exchange) =>
      repository.installation === undefined
        ? NOT_FOUND
        : { status: 200, body: installationJson(exchange, repository.installation) },
    ),
    asApp: true,
  },

  "POST /app/installations/{installation_id}/access_tokens": {
    asApp: true,
    answer: ({ state, params, body }) => {
      const id = Number(params["installation_id"]);
      if (!state.installations.has(id)) return NOT_FOUND;
      const permissions = { ...state.app.permissions, ...(body["permissions"] as Permissions) };
      return {
        status: 201,
        body: {
          token: state.installationToken(state.app, id, permissions),
          expires_at: new Date(Date.now() + 3_600_000).toISOString(),
          permissions,
          repository_selection: "all",
        },
      };
    },
  },

  "GET /installation/repositories": {
    needs: "metadata:read",
    answer: (exchange) => {
      const { actor, state } = exchange;
      if (actor.kind !== "installation")
        return refused("You must authenticate with an installation");
      const all = [...state.repositories.values()].filter(
        ({ installation }) => installation === actor.installation,
      );
      return paged(
        exchange,
        all.map((repository) => repositoryJson(repository, "full-repository-default-response")),
        "repositories",
      );
    },
  },

  "GET /app/hook/deliveries": {
    asApp: true,
    answer: (exchange) => {
      const { query, state } = exchange;
      const size = Number(query.get("per_page") ?? 30);
      const start = Number(query.get("cursor") ?? 0);
      const all = state.deliveries.toReversed();
      const next = new URLSearchParams(query);
      next.set("cursor", String(start + size));
      return {
        status: 200,
        body: all.slice(start, start + size).map(deliveryJson),
        headers:
          all.length > start + size ? { link: `<{here}?${next.toString()}>; rel="next"` } : {},
      };
    },
  },

  "GET /app/hook/deliveries/{delivery_id}": {
    asApp: true,
    answer: ({ state, params }) => {
      const delivery = state.deliveries.find(({ id }) => id === Number(params["delivery_id"]));
      return delivery === undefined
        ? NOT_FOUND
        : {
            status: 200,
            body: {
              ...deliveryJson(delivery),
              url: "https://example.test",
              request: { headers: {}, payload: delivery.payload },
              response: { headers: {}, payload: null },
            },
          };
    },
  },

  "POST /app/hook/deliveries/{delivery_id}/attempts": {
    asApp: true,
    answer: ({ state, params }) => {
      const delivery = state.deliveries.find(({ id }) => id === Number(params["delivery_id"]));
      if (delivery === undefined) return NOT_FOUND;
      state.redeliver(delivery);
      return { status: 202, body: {} };
    },
  },

  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": inRepository(
    "metadata:read",
    (repository, { state, params }) => {
      const login = params["username"] ?? "";
      const account = state.accounts.get(login);
      if (account === undefined) return NOT_FOUND;
      const role = repository.roleOf(login);
      const user = (
        apiDescription().example(
          "repository-collaborator-permission-response-if-user-has-admin-permissions",
        ) as { user: object }
      ).user;
      return {
        status: 200,
        body: {
          permission: PERMISSION[role],
          role_name: role,
          user: { ...user, ...simpleUser(account), role_name: role },
        },
      };
    },
  ),

  "GET /repos/{owner}/{repo}/collaborators": inRepository(
    "metadata:read",
    (repository, exchange) => {
      const wanted = exchange.query.get("permission");
      const all = [repository.owner, ...exchange.state.accounts.values()].filter(
        ({ login, type }) => {
          const role = repository.roles.get(login);
          return (
            type === "User" && role !== undefined && (wanted === null || includes(wanted, role))
          );
        },
      );
      return paged(
        exchange,
        all.map((account) =>
          collaboratorJson(simpleUser(account), repository.roleOf(account.login)),
        ),
      );
    },
  ),

  "GET /user": {
    answer: ({ actor }) =>
      actor.kind === "user"
        ? {
            status: 200,
            body: {
              ...(apiDescription().example(
                "private-user-response-with-public-and-private-profile-information",
              ) as object),
              ...simpleUser(actor.user),
              user_view_type: "private",
            },
          }
        : refused("Resource not accessible by integration"),
  },

  "GET /repos/{owner}/{repo}/actions/runs/{run_id}": inRepository(
    "actions:read",
    (repository, { params }) => {
      const run = repository.runs.find(({ id }) => id === Number(params["run_id"]));
      if (run === undefined) return NOT_FOUND;
      return {
        status: 200,
        body: {
          ...(apiDescription().example("workflow-run") as object),
          id: run.id,
          event: run.event,
          head_sha: run.headSha,
          status: "completed",
          conclusion: run.conclusion,
        },
      };
    },
  ),

  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun": inRepository("actions:write", rerun),
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs": inRepository(
    "actions:write",
    rerun,
  ),
};

function rerun(repository: Repository, { params }: Exchange): Answer {
  const run = repository.runs.find(({ id }) => id === Number(params["run_id"]));
  if (run === undefined) return NOT_FOUND;
  run.reruns += 1;
  return { status: 201, body: {} };
}

const ORDER: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];

function includes(wanted: string, role: Role): boolean {
  const names: Record<string, Role> = { pull: "read", push: "write" };
  return ORDER.indexOf(role) >= ORDER.indexOf(names[wanted] ?? (wanted as Role));
}

function collaboratorJson(user: object, role: Role): object {
  const at = ORDER.indexOf(role);
  return {
    ...user,
    role_name: role,
    permissions: {
      pull: at >= 1,
      triage: at >= 2,
      push: at >= 3,
      maintain: at >= 4,
      admin: at >= 5,
    },
  };
}

function installationJson({ state }: Exchange, id: number): object {
  const account = state.installations.get(id);
  return {
    ...(apiDescription().example("installation") as object),
    id,
    account: account === undefined ? null : simpleUser(account),
    app_id: state.app.id,
    app_slug: state.app.slug,
    permissions: state.app.permissions,
    events: state.app.events,
    suspended_at: null,
    suspended_by: null,
  };
}

function deliveryJson(delivery: Delivery): object {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration / 1000,
    status: delivery.status >= 200 && delivery.status < 300 ? "OK" : "Invalid HTTP Response",
    status_code: delivery.status,
    event: delivery.event,
    action: delivery.action,
    installation_id: null,
    repository_id: null,
    throttled_at: null,
  };
}
