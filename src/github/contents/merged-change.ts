import type { FileChange } from "../../sources/files.ts";
import type { Tree, TreeFile } from "./tree.ts";

/** The files as they will be once a branch is merged, and what that changes on the base branch. */
export interface MergedChange {
  readonly tree: Tree;
  readonly changes: ReadonlyMap<string, FileChange>;
}

/**
 * Merges two trees file by file, as Git does where no file was changed on both sides (there it is
 * the head's that counts). So what others merged meanwhile is seen too: two migrations of one number
 * meet here before they meet on the base branch.
 *
 * @param renames old path by new path, where somebody knows that a file was renamed and edited
 */
export function mergedChange(
  trees: { readonly mergeBase: Tree; readonly base: Tree; readonly head: Tree },
  renames: ReadonlyMap<string, string>,
): MergedChange {
  const { mergeBase, base, head } = trees;
  const tree = new Map(base);
  const changes = new Map<string, FileChange>();
  for (const [path, file] of head) {
    if (mergeBase.get(path)?.sha === file.sha) continue;
    tree.set(path, file);
    const before = base.get(path);
    if (before?.sha === file.sha) continue;
    changes.set(path, before === undefined ? "added" : "modified");
  }
  for (const path of mergeBase.keys()) {
    if (head.has(path) || !base.has(path)) continue;
    tree.delete(path);
    changes.set(path, "deleted");
  }
  tellRenames(changes, sameContent(changes, trees), true);
  tellRenames(changes, renames, false);
  return { tree, changes };
}

function tellRenames(
  changes: Map<string, FileChange>,
  renames: ReadonlyMap<string, string>,
  sameText: boolean,
): void {
  for (const [path, from] of renames) {
    if (changes.get(path) !== "added" || changes.get(from) !== "deleted") continue;
    changes.set(path, { renamedFrom: from, ...(sameText ? { sameText } : {}) });
  }
}

/** Added files with the content of a deleted one, each deleted file once. */
function sameContent(
  changes: ReadonlyMap<string, FileChange>,
  { mergeBase, head }: { readonly mergeBase: Tree; readonly head: Tree },
): Map<string, string> {
  const deleted = new Map<string, string>();
  for (const [path, change] of changes) {
    const file: TreeFile | undefined = mergeBase.get(path);
    if (change === "deleted" && file !== undefined && file.size > 0) deleted.set(file.sha, path);
  }
  const renamed = new Map<string, string>();
  for (const [path, change] of changes) {
    const sha = head.get(path)?.sha ?? "";
    const from = deleted.get(sha);
    if (change !== "added" || from === undefined) continue;
    renamed.set(path, from);
    deleted.delete(sha);
  }
  return renamed;
}
