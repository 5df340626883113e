import type { Direction, DownAbsence, Execution } from "../core/migration.ts";
import { type ProjectDraft, wholeScript } from "./draft.ts";
import type { Folder } from "./folder.ts";

/** A file that holds one direction of a migration. */
export interface ScriptFile {
  readonly folder: Folder;
  readonly file: string;
  /** The name that both directions of one migration share. */
  readonly id: string;
  readonly version: string;
  readonly direction: Direction;
}

/** An up script and the down script that belongs to it. */
export interface ScriptPair {
  readonly up: ScriptFile;
  readonly down: ScriptFile | undefined;
}

/**
 * Pairs the scripts of a folder: by name, and what is left by version, as runners do that keep one
 * table of versions. `key` is equal for versions that the runner takes for one. Down scripts that
 * are left over are named in the draft.
 */
export function pairScripts(
  scripts: readonly ScriptFile[],
  key: (version: string) => string,
  draft: ProjectDraft,
): ScriptPair[] {
  const ups = scripts.filter(({ direction }) => direction === "up");
  const left = new Set(scripts.filter(({ direction }) => direction === "down"));
  const downs = new Map<ScriptFile, ScriptFile>();
  const pairBy = (keyOf: (script: ScriptFile) => string): void => {
    const byKey = new Map([...left].map((down) => [keyOf(down), down] as const));
    for (const up of ups) {
      const down = byKey.get(keyOf(up));
      if (down === undefined || downs.has(up) || !left.delete(down)) continue;
      downs.set(up, down);
    }
  };
  pairBy(({ id }) => id);
  pairBy(({ version }) => key(version));
  for (const { folder, file } of left) {
    draft.passOver(folder.pathOf(file), "it is a down script, and no up script belongs to it");
  }
  return ups.map((up) => ({ up, down: downs.get(up) }));
}

/** Reads pairs, in the order given, into the draft. `execution` says how a script of this text is run. */
export function addPairs(
  pairs: readonly ScriptPair[],
  draft: ProjectDraft,
  execution: (text: string) => Execution,
  absent: DownAbsence,
): void {
  for (const { up, down } of pairs) {
    const text = draft.text(up.folder, up.file);
    if (text === undefined) continue;
    draft.add({
      id: up.id,
      version: up.version,
      up: wholeScript(up.folder.pathOf(up.file), text, execution(text)),
      down: down === undefined ? absent : downScript(down, draft, execution),
    });
  }
}

function downScript(
  { folder, file }: ScriptFile,
  draft: ProjectDraft,
  execution: (text: string) => Execution,
): ReturnType<ProjectDraft["down"]> {
  const read = folder.text(file);
  return draft.down(folder, file, execution("text" in read ? read.text : ""));
}
