import { type Answer, inRepository, invalid, NOT_FOUND, paged, type Routes } from "./exchange.ts";
import { commitJson, fileJson, gitCommitJson, repositoryJson } from "./represent.ts";
import type { Repository } from "./repository.ts";

/** GitHub cuts a recursive tree here, and says so. */
const MOST_TREE_ENTRIES = 100_000;

const EXAMPLE = "full-repository-default-response";

export const gitRoutes: Routes = {
  "GET /repos/{owner}/{repo}": inRepository("metadata:read", (repository) => ({
    status: 200,
    body: repositoryJson(repository, EXAMPLE),
  })),

  "GET /repos/{owner}/{repo}/git/ref/{ref}": inRepository(
    "contents:read",
    (repository, { params }) => {
      const ref = params["ref"] ?? "";
      const sha = repository.store.ref(repository.reference(ref));
      return sha === undefined ? NOT_FOUND : { status: 200, body: refJson(repository, ref, sha) };
    },
  ),

  "GET /repos/{owner}/{repo}/git/commits/{commit_sha}": inRepository(
    "contents:read",
    (repository, { params }) => {
      const commit = repository.store.commitInfo(params["commit_sha"] ?? "");
      return commit === undefined
        ? NOT_FOUND
        : { status: 200, body: gitCommitJson(commit, repository) };
    },
  ),

  "GET /repos/{owner}/{repo}/commits/{ref}": inRepository(
    "contents:read",
    (repository, { params }) => {
      const sha = repository.resolve(params["ref"] ?? "");
      const commit = sha === undefined ? undefined : repository.store.commitInfo(sha);
      return commit === undefined
        ? NOT_FOUND
        : { status: 200, body: commitJson(commit, repository) };
    },
  ),

  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": inRepository(
    "contents:read",
    (repository, { params, query, state }) => {
      const sha = params["tree_sha"] ?? "";
      const recursive = query.has("recursive");
      const entries = repository.store.tree(sha, recursive);
      if (entries === undefined) return NOT_FOUND;
      const most = state.limits.treeEntries ?? MOST_TREE_ENTRIES;
      const url = `https://api.github.com/repos/${repository.fullName}/git`;
      return {
        status: 200,
        body: {
          sha: repository.store.commitInfo(sha)?.tree ?? sha,
          url: `${url}/trees/${sha}`,
          tree: entries.slice(0, most).map((entry) => ({
            ...entry,
            url: `${url}/${entry.type}s/${entry.sha}`,
          })),
          truncated: recursive && entries.length > most,
        },
      };
    },
  ),

  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": inRepository(
    "contents:read",
    (repository, { params }) => {
      const sha = params["file_sha"] ?? "";
      const blob = repository.store.blob(sha);
      if (blob === undefined) return NOT_FOUND;
      return {
        status: 200,
        body: {
          sha,
          node_id: `blob${sha}`,
          size: blob.length,
          url: `https://api.github.com/repos/${repository.fullName}/git/blobs/${sha}`,
          content: blob.toString("base64").replaceAll(/.{60}/g, "$&\n"),
          encoding: "base64",
        },
      };
    },
  ),

  "GET /repos/{owner}/{repo}/contents/{path}": inRepository(
    "contents:read",
    (repository, { params, query, accept }) => {
      const path = params["path"] ?? "";
      const sha = repository.resolve(query.get("ref") ?? repository.defaultBranch);
      const entry = repository.store
        .tree(sha ?? "", true)
        ?.find((one) => one.path === path && one.type === "blob");
      const blob = entry === undefined ? undefined : repository.store.blob(entry.sha);
      if (entry === undefined || blob === undefined) return NOT_FOUND;
      if (accept.includes("raw")) return { status: 200, raw: blob };
      const url = `https://api.github.com/repos/${repository.fullName}/contents/${path}`;
      const links = { git: url, self: url, html: url };
      return {
        status: 200,
        body: {
          type: "file",
          encoding: "base64",
          size: blob.length,
          name: path.slice(path.lastIndexOf("/") + 1),
          path,
          content: blob.toString("base64"),
          sha: entry.sha,
          url,
          git_url: url,
          html_url: url,
          download_url: url,
          _links: links,
        },
      };
    },
  ),

  "GET /repos/{owner}/{repo}/compare/{basehead}": inRepository(
    "contents:read",
    (repository, exchange) => {
      const [base = "", head = ""] = (exchange.params["basehead"] ?? "").split("...");
      const from = sideOf(repository, base, exchange.state.repositories.values());
      const to = sideOf(repository, head, exchange.state.repositories.values());
      if (from === undefined || to === undefined) return NOT_FOUND;
      return comparison(repository, from, to, exchange.query);
    },
  ),

  "GET /repos/{owner}/{repo}/git/matching-refs/{ref}": inRepository(
    "contents:read",
    (repository, exchange) => {
      const prefix = exchange.params["ref"] ?? "";
      const own = repository.reference("");
      const refs = repository.store
        .refs(own)
        .map(({ name, sha }) => ({ name: name.slice(own.length), sha }))
        .filter(({ name }) => name.startsWith(prefix));
      return paged(
        exchange,
        refs.map(({ name, sha }) => refJson(repository, name, sha)),
      );
    },
  ),
};

function refJson(repository: Repository, ref: string, sha: string): object {
  const url = `https://api.github.com/repos/${repository.fullName}/git`;
  return {
    ref: `refs/${ref}`,
    node_id: `ref${ref}`,
    url: `${url}/refs/${ref}`,
    object: { type: "commit", sha, url: `${url}/commits/${sha}` },
  };
}

/** One side of a comparison, where `alice:topic` is a branch of her fork. */
function sideOf(
  repository: Repository,
  name: string,
  all: Iterable<Repository>,
): string | undefined {
  const [, owner, branch] = /^([^:]+):(.+)$/.exec(name) ?? [];
  if (owner === undefined || branch === undefined) return repository.resolve(name);
  for (const one of all) {
    const related = one === repository || one.parent === repository || one === repository.parent;
    if (related && one.owner.login === owner) return one.branch(branch);
  }
  return undefined;
}

/** GitHub lists at most 300 files, all on the first page, and commits by page. */
function comparison(
  repository: Repository,
  base: string,
  head: string,
  query: URLSearchParams,
): Answer {
  const { store } = repository;
  const mergeBase = store.mergeBase(base, head);
  if (mergeBase === undefined) return invalid("there isn't anything to compare");
  const ahead = store.commitsBetween(base, head);
  const behind = store.commitsBetween(head, base);
  const page = Number(query.get("page") ?? 1);
  const size = Math.min(Number(query.get("per_page") ?? 250), 250);
  const url = `https://api.github.com/repos/${repository.fullName}/compare/${base}...${head}`;
  const commitOf = (sha: string): object => {
    const commit = store.commitInfo(sha);
    return commit === undefined ? {} : commitJson(commit, repository);
  };
  return {
    status: 200,
    body: {
      url,
      html_url: url,
      permalink_url: url,
      diff_url: url,
      patch_url: url,
      base_commit: commitOf(base),
      merge_base_commit: commitOf(mergeBase),
      status:
        ahead.length === 0
          ? behind.length === 0
            ? "identical"
            : "behind"
          : behind.length === 0
            ? "ahead"
            : "diverged",
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: ahead.slice((page - 1) * size, page * size).map(commitOf),
      files:
        page > 1
          ? []
          : store
              .changedFiles(mergeBase, head)
              .slice(0, 300)
              .map((file) => fileJson(file, repository, head)),
    },
  };
}
