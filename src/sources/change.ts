import type { Change, Migration, Project, ProjectFault } from "../core/migration.ts";
import type { FileChanges } from "./files.ts";

/**
 * What a change did to a migration, told from the files of both its scripts. A migration is as new
 * as its up script. Where both stand in one file, an edit of either counts as one of the up script.
 */
export function changeOf(migration: Migration, changes: FileChanges): Change {
  const up = changes.get(migration.up.path);
  if (up === "added" || up === "renamed") return up;
  const down = typeof migration.down === "string" ? undefined : changes.get(migration.down.path);
  if (up !== undefined) return "modified";
  return down === undefined ? "unchanged" : "down-modified";
}

const SCRIPT = /(?:^|\/)(?:v?\d[^/]*|[VUB]\d[^/]*|R__[^/]*|migration|up|down)\.sql$/;

/** Whether a path ends as a migration's script does in one of the frameworks. */
export function isScriptName(path: string): boolean {
  return SCRIPT.test(path);
}

/** A project with a fault for every migration that a change deletes from its folder. */
export function withDeletions(project: Project, changes: FileChanges): Project {
  const faults: ProjectFault[] = [];
  const folder = project.root === "." ? "" : `${project.root}/`;
  for (const [path, change] of changes) {
    if (change !== "deleted" || !path.startsWith(folder) || !isScriptName(path)) continue;
    faults.push({ kind: "deleted-migration", path, message: deletionMessage(path) });
  }
  return faults.length === 0 ? project : { ...project, faults: [...project.faults, ...faults] };
}

/** What a deleted migration means, and what to do. */
export function deletionMessage(path: string): string {
  return `${path} was deleted: databases that ran it keep what it did, new ones never get it. Restore the file, and undo what it did in a new migration.`;
}
