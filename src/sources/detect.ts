import type { Project } from "../core/migration.ts";
import type { Settings } from "../core/settings.ts";
import { withDeletions } from "./change.ts";
import type { FileChanges, RepositoryFiles } from "./files.ts";
import { folderTree } from "./folder.ts";
import { type LocatedProject, locateProjects, readLocated, type UnclaimedFile } from "./locate.ts";

/** The projects of a repository, and what looks like a migration and belongs to none of them. */
export interface DetectedProjects {
  readonly projects: readonly Project[];
  readonly unclaimed: readonly UnclaimedFile[];
  /** Reads every project of the repository as a whole, also those that the change does not touch. */
  readonly readAll: () => readonly Project[];
}

/**
 * Finds and reads the projects of a repository. With `changes` only those are read that the change
 * touches, and a migration that it deletes is a fault of its project. Throws UserError when the
 * configuration names a folder that holds no migrations.
 */
export function detectProjects(
  files: RepositoryFiles,
  settings: Settings["projects"],
  changes?: FileChanges,
): DetectedProjects {
  const located = locateProjects(folderTree(files), settings);
  const touched =
    changes === undefined
      ? located.projects
      : located.projects.filter((project) => isTouched(project, changes));
  const projects = touched.map((project) =>
    changes === undefined ? readLocated(project) : withDeletions(readLocated(project), changes),
  );
  return {
    projects,
    unclaimed: located.unclaimed,
    readAll: () => located.projects.map(readLocated),
  };
}

function isTouched({ folder }: LocatedProject, changes: FileChanges): boolean {
  if (folder.path === ".") return changes.size > 0;
  for (const path of changes.keys()) {
    if (path.startsWith(`${folder.path}/`)) return true;
  }
  return false;
}
