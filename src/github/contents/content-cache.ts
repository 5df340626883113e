import type { FileText } from "../../sources/files.ts";
import type { RepoRef } from "../job.ts";
import type { Tree } from "./tree.ts";

/** Text units and tree entries that are kept; a tree entry counts for a hundred. */
const MOST_UNITS = 128 * 1024 * 1024;
const UNITS_OF_ENTRY = 100;

/**
 * What was read of repositories, by the hash of the content: it never changes, so it is never asked
 * for again while it is kept. Bounded; what was not asked for longest goes first. One repository never
 * sees what was read of another.
 */
export class ContentCache {
  readonly #kept = new Map<string, { readonly value: FileText | Tree; readonly units: number }>();
  readonly #most: number;
  #units = 0;

  /** @param most units to keep: of text in UTF-16 units, of trees in entries of a hundred each */
  constructor(most: number = MOST_UNITS) {
    this.#most = most;
  }

  text(repo: RepoRef, sha: string): FileText | undefined {
    return this.#get(`text ${keyOf(repo)} ${sha}`) as FileText | undefined;
  }

  setText(repo: RepoRef, sha: string, text: FileText): void {
    this.#set(`text ${keyOf(repo)} ${sha}`, text, "text" in text ? text.text.length : 1);
  }

  tree(repo: RepoRef, sha: string): Tree | undefined {
    return this.#get(`tree ${keyOf(repo)} ${sha}`) as Tree | undefined;
  }

  setTree(repo: RepoRef, sha: string, tree: Tree): void {
    this.#set(`tree ${keyOf(repo)} ${sha}`, tree, tree.size * UNITS_OF_ENTRY);
  }

  #get(key: string): FileText | Tree | undefined {
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    // A Map keeps the order in which its keys were set.
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }

  #set(key: string, value: FileText | Tree, units: number): void {
    if (this.#kept.has(key)) return;
    this.#kept.set(key, { value, units });
    this.#units += units;
    for (const [oldest, { units: freed }] of this.#kept) {
      if (this.#units <= this.#most || oldest === key) return;
      this.#kept.delete(oldest);
      this.#units -= freed;
    }
  }
}

function keyOf({ owner, name }: RepoRef): string {
  return `${owner}/${name}`.toLowerCase();
}
