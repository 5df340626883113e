import type { Octokit } from "@octokit/core";
import type { RepoRef } from "../job.ts";
import type { ContentCache } from "./content-cache.ts";

/** A file of a commit. */
export interface TreeFile {
  /** Hash of its content. */
  readonly sha: string;
  /** Git's, `100644`; a symbolic link is `120000`. */
  readonly mode: string;
  /** In bytes. */
  readonly size: number;
}

/** Every file of a commit by its path from the root; submodules are left out. */
export type Tree = ReadonlyMap<string, TreeFile>;

/** Folders whose contents nobody asks for, and that make trees large. */
const NEVER = /(?:^|\/)(?:node_modules|vendor)$/;

/**
 * The files of a commit, told by its hash or by its tree's: one request, or a few more where GitHub
 * cuts the list, which it does beyond 100,000 entries or 7 MB
 * (https://docs.github.com/en/rest/git/trees#get-a-tree).
 */
export async function readTree(
  octokit: Octokit,
  repo: RepoRef,
  sha: string,
  cache: ContentCache,
): Promise<Tree> {
  const known = cache.tree(repo, sha);
  if (known !== undefined) return known;
  const files = new Map<string, TreeFile>();
  await addTree(octokit, repo, { sha, folder: "" }, files);
  cache.setTree(repo, sha, files);
  return files;
}

async function addTree(
  octokit: Octokit,
  repo: RepoRef,
  { sha, folder }: { readonly sha: string; readonly folder: string },
  files: Map<string, TreeFile>,
): Promise<void> {
  const whole = await fetchTree(octokit, repo, sha, true);
  if (!whole.truncated) {
    for (const entry of whole.tree) addFile(entry, folder, files);
    return;
  }
  // Folder by folder: each one may be small enough to be listed whole.
  const { tree } = await fetchTree(octokit, repo, sha, false);
  for (const entry of tree) {
    addFile(entry, folder, files);
    if (entry.type !== "tree" || NEVER.test(entry.path)) continue;
    const inside = { sha: entry.sha, folder: `${folder}${entry.path}/` };
    await addTree(octokit, repo, inside, files);
  }
}

async function fetchTree(octokit: Octokit, repo: RepoRef, sha: string, recursive: boolean) {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    owner: repo.owner,
    repo: repo.name,
    tree_sha: sha,
    // Any value means yes, "0" too.
    ...(recursive ? { recursive: "1" } : {}),
  });
  return data;
}

function addFile(
  entry: {
    readonly type: string;
    readonly path: string;
    readonly sha: string;
    readonly mode: string;
    readonly size?: number;
  },
  folder: string,
  files: Map<string, TreeFile>,
): void {
  if (entry.type !== "blob") return;
  const { sha, mode, size = 0 } = entry;
  files.set(`${folder}${entry.path}`, { sha, mode, size });
}
