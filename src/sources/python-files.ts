import type { Folder } from "./folder.ts";

/** Folders of other people's Python: never looked into. */
const FOREIGN = new Set(["site-packages", "venv", ".venv", "env", ".tox", ".nox", "__pycache__"]);

/** A folder and those under it, other people's left out. */
export function* pythonTree(folder: Folder): Generator<Folder> {
  yield folder;
  for (const child of folder.folders.values()) {
    if (!FOREIGN.has(child.name)) yield* pythonTree(child);
  }
}
