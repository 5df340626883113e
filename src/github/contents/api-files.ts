import type { Octokit } from "@octokit/core";
import { MOST_BYTES, TOO_LARGE } from "../../sources/decode-text.ts";
import type { FileText, RepositoryFiles } from "../../sources/files.ts";
import { relevantPaths } from "../../sources/relevant.ts";
import type { RepoRef } from "../job.ts";
import { readBlobs } from "./blobs.ts";
import type { ContentCache } from "./content-cache.ts";
import type { Tree } from "./tree.ts";

/** Where and through what a repository's contents are read. */
export interface ContentReader {
  readonly octokit: Octokit;
  readonly repo: RepoRef;
  readonly cache: ContentCache;
}

const NOT_YET: FileText = { unreadable: "missing", reason: "it was not fetched" };
const MISSING: FileText = { unreadable: "missing", reason: "it does not exist" };
const LINK: FileText = {
  unreadable: "denied",
  reason: "it is a symbolic link, and links are not followed here",
};

/** After so many rounds, everything that may ever be asked for is fetched. */
const PATIENT_ROUNDS = 4;

/**
 * Files of a commit that are read through GitHub's API. Reading is synchronous, fetching is not: a
 * text that is not here yet is noted and told as missing, so read in `settled`.
 */
export class ApiFiles implements RepositoryFiles {
  readonly paths: readonly string[];
  readonly #tree: Tree;
  readonly #reader: ContentReader;
  readonly #texts = new Map<string, FileText>();
  readonly #wanted = new Set<string>();
  #rounds = 0;

  constructor(reader: ContentReader, tree: Tree) {
    this.#reader = reader;
    this.#tree = tree;
    this.paths = [...tree.keys()].toSorted();
  }

  text(path: string): FileText {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const file = this.#tree.get(path);
    if (file === undefined) return MISSING;
    if (file.mode === "120000") return LINK;
    if (file.size > MOST_BYTES) return TOO_LARGE;
    this.#wanted.add(path);
    return NOT_YET;
  }

  readonly size = (path: string): number => this.#tree.get(path)?.size ?? 0;

  /**
   * What reading gives once every text that it asks for is here. `read` runs several times, and only
   * its last result, or error, counts.
   */
  async settled<Value>(read: () => Value | Promise<Value>): Promise<Value> {
    for (;;) {
      const outcome = await attempt(read);
      if (this.#wanted.size === 0) {
        if ("error" in outcome) throw outcome.error;
        return outcome.value;
      }
      await this.#fetchWanted();
    }
  }

  async #fetchWanted(): Promise<void> {
    this.#rounds += 1;
    if (this.#rounds === PATIENT_ROUNDS)
      for (const path of relevantPaths(this.paths)) this.text(path);
    const { octokit, repo, cache } = this.#reader;
    const wanted = [...this.#wanted].flatMap((path) => {
      const file = this.#tree.get(path);
      return file === undefined ? [] : [{ path, ...file }];
    });
    this.#wanted.clear();
    const unread = wanted.filter(({ sha }) => cache.text(repo, sha) === undefined);
    const once = [...new Map(unread.map((blob) => [blob.sha, blob])).values()];
    const read = await readBlobs(octokit, repo, once);
    for (const [sha, text] of read) cache.setText(repo, sha, text);
    for (const { path, sha } of wanted) {
      // The cache may be too small for all of them.
      const text = read.get(sha) ?? cache.text(repo, sha);
      if (text === undefined) throw new Error(`${path} was fetched and is not there`);
      this.#texts.set(path, text);
    }
  }
}

async function attempt<Value>(
  read: () => Value | Promise<Value>,
): Promise<{ readonly value: Value } | { readonly error: unknown }> {
  try {
    return { value: await read() };
  } catch (error) {
    return { error };
  }
}
