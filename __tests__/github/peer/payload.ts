import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { type Account, integration, simpleUser } from "./account.ts";
import { checkRunJson, commentJson, pullJson, repositoryJson, suiteOf } from "./represent.ts";
import type { CheckRun, IssueComment, Pull, Repository, WorkflowRun } from "./repository.ts";
import type { GitHubState } from "./state.ts";

type Json = Record<string, unknown>;

/** What a webhook carries. */
export type Payload = Json & { readonly action: string };

const require = createRequire(import.meta.url);

let examples: { name: string; examples: Json[] }[] | undefined;
const validators = new Map<string, ValidateFunction>();
let ajv: Ajv | undefined;

/** What is wrong with a payload, as GitHub's schemas of webhooks see it; undefined: nothing. */
export function wrongPayload(event: string, payload: Payload): string | undefined {
  if (ajv === undefined) {
    ajv = new Ajv({ strict: false, code: { optimize: false }, inlineRefs: false });
    (addFormats as unknown as (ajv: Ajv) => void)(ajv);
    ajv.addSchema(require("@octokit/webhooks-schemas/schema.json") as object, "webhooks");
  }
  const name = `${event}$${payload.action}`;
  let validate = validators.get(name);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `webhooks#/definitions/${name}` });
    validators.set(name, validate);
  }
  return validate(payload) ? undefined : ajv.errorsText(validate.errors);
}

/** One of GitHub's example payloads, with the parts that all events share put right. */
function sample(
  state: GitHubState,
  repository: Repository,
  event: string,
  action: string,
  sender: Account,
): Payload {
  examples ??= JSON.parse(
    readFileSync(require.resolve("@octokit/webhooks-examples/api.github.com/index.json"), "utf8"),
  ) as NonNullable<typeof examples>;
  const all = examples.find(({ name }) => name === event)?.examples ?? [];
  // The newer examples come last.
  const found = all.findLast((one) => one["action"] === action) ?? all.at(-1);
  const json = structuredClone(found) as Json;
  const whole = repositoryJson(repository, "full-repository-default-response");
  return {
    ...json,
    action,
    repository: repositoryOver(json["repository"], whole),
    sender: simpleUser(sender),
    ...(json["organization"] === undefined
      ? {}
      : { organization: { ...(json["organization"] as Json), login: repository.owner.login } }),
    installation: { id: repository.installation ?? state.id(), node_id: "MDIz" },
  };
}

/** The older examples lack what GitHub added since. */
function repositoryOver(example: unknown, better: Json): Json {
  const added = {
    is_template: false,
    web_commit_signoff_required: false,
    has_discussions: false,
    allow_forking: true,
    visibility: "public",
    topics: [],
    custom_properties: {},
  };
  return over({ ...added, ...(example as Json) }, better);
}

/** The schemas of webhooks do not know the client's id yet. */
function webhookApp(app: unknown): Json {
  const { client_id: _client, ...rest } = app as Json;
  return rest;
}

/** An example object with what the other one knows better. */
function over(example: Json, better: Json): Json {
  const keys = Object.keys(example).filter((key) => better[key] !== undefined);
  return { ...example, ...Object.fromEntries(keys.map((key) => [key, better[key]])) };
}

export function pullPayload(
  state: GitHubState,
  base: Repository,
  pull: Pull,
  options: {
    readonly action: string;
    readonly sender: Account;
    readonly before?: string;
    readonly changes?: Json;
  },
): Payload {
  const json = sample(state, base, "pull_request", options.action, options.sender);
  const example = json["pull_request"] as Json;
  const whole = pullJson(pull, base);
  const side = (name: "head" | "base"): Json => {
    const own = whole[name] as Json;
    const template = example[name] as Json;
    return {
      ...template,
      ...own,
      repo: repositoryOver(template["repo"] ?? json["repository"], own["repo"] as Json),
    };
  };
  return {
    ...json,
    number: pull.number,
    pull_request: {
      ...over(example, whole),
      active_lock_reason: null,
      auto_merge: null,
      head: side("head"),
      base: side("base"),
    },
    ...(options.action === "synchronize" ? { before: options.before, after: pull.head.sha } : {}),
    ...(options.changes === undefined ? {} : { changes: options.changes }),
  };
}

export function commentPayload(
  state: GitHubState,
  repository: Repository,
  comment: IssueComment,
  options: {
    readonly action: "created" | "edited";
    readonly sender: Account;
    readonly before: string | undefined;
  },
): Payload {
  const json = sample(state, repository, "issue_comment", options.action, options.sender);
  const pull = repository.pull(comment.issue);
  const html = `https://github.com/${repository.fullName}/pull/${comment.issue}`;
  return {
    ...json,
    issue: {
      ...(json["issue"] as Json),
      number: comment.issue,
      title: pull?.title ?? "",
      body: pull?.body ?? "",
      state: pull?.state ?? "open",
      user: simpleUser(pull?.user ?? comment.user),
      html_url: html,
      pull_request: { url: html, html_url: html, diff_url: html, patch_url: html },
    },
    comment: over(json["comment"] as Json, {
      ...commentJson(comment, repository),
      author_association: "NONE",
      performed_via_github_app:
        comment.app === undefined ? null : webhookApp(integration(comment.app, repository.owner)),
    }),
    ...(options.action === "edited" ? { changes: { body: { from: options.before ?? "" } } } : {}),
  };
}

export function checkRunPayload(
  state: GitHubState,
  repository: Repository,
  check: CheckRun,
  options: { readonly action: string; readonly sender: Account; readonly identifier?: string },
): Payload {
  const json = sample(state, repository, "check_run", options.action, options.sender);
  const example = json["check_run"] as Json;
  const own = checkRunJson(check, repository);
  const suite = { ...(example["check_suite"] as Json), id: suiteOf(check) };
  return {
    ...json,
    check_run: {
      ...over(example, own),
      app: webhookApp(own["app"]),
      check_suite: {
        ...suite,
        app: webhookApp(own["app"]),
        head_sha: check.headSha,
        head_branch: null,
        pull_requests: [],
      },
    },
    ...(options.identifier === undefined
      ? {}
      : { requested_action: { identifier: options.identifier } }),
  };
}

export function checkSuitePayload(
  state: GitHubState,
  repository: Repository,
  check: CheckRun,
  options: { readonly action: string; readonly sender: Account },
): Payload {
  const json = sample(state, repository, "check_suite", options.action, options.sender);
  const own = checkRunJson(check, repository);
  return {
    ...json,
    check_suite: {
      ...(json["check_suite"] as Json),
      id: suiteOf(check),
      head_sha: check.headSha,
      head_branch: null,
      pull_requests: own["pull_requests"],
      app: webhookApp(own["app"]),
    },
  };
}

export function mergeGroupPayload(
  state: GitHubState,
  repository: Repository,
  group: { readonly head: string; readonly base: string; readonly ref: string },
  sender: Account,
): Payload {
  const json = sample(state, repository, "merge_group", "checks_requested", sender);
  return {
    ...json,
    merge_group: {
      ...(json["merge_group"] as Json),
      head_sha: group.head,
      head_ref: group.ref,
      base_sha: group.base,
      base_ref: `refs/heads/${repository.defaultBranch}`,
    },
  };
}

export function installationPayload(
  state: GitHubState,
  repository: Repository,
  action: string,
  sender: Account,
): Payload {
  const json = sample(state, repository, "installation", action, sender);
  const { repository: _repository, ...rest } = json;
  return {
    ...rest,
    action,
    installation: {
      ...(examples?.find(({ name }) => name === "installation")?.examples.at(-1)?.[
        "installation"
      ] as Json),
      id: repository.installation,
      account: simpleUser(repository.owner),
      app_id: state.app.id,
      repository_selection: "all",
    },
    repositories: [
      {
        id: repository.id,
        node_id: "MDEw",
        name: repository.name,
        full_name: repository.fullName,
        private: false,
      },
    ],
  };
}

export function workflowRunPayload(
  state: GitHubState,
  repository: Repository,
  run: WorkflowRun,
  sender: Account,
): Payload {
  const json = sample(state, repository, "workflow_run", "completed", sender);
  const example = json["workflow_run"] as Json;
  const head = repositoryJson(run.headRepository, "full-repository-default-response");
  return {
    ...json,
    workflow_run: {
      ...example,
      id: run.id,
      event: run.event,
      head_sha: run.headSha,
      head_branch: run.headBranch,
      conclusion: run.conclusion,
      // Empty for forks, as GitHub leaves it.
      pull_requests: [],
      repository: over(example["repository"] as Json, json["repository"] as Json),
      head_repository: over(example["head_repository"] as Json, head),
    },
  };
}
