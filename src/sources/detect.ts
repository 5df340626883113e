import type { Project } from "../core/migration.ts";
import type { Settings } from "../core/settings.ts";
import { isScriptOf, movedFrom, withDeletions } from "./change.ts";
import type { FileChanges, RepositoryFiles } from "./files.ts";
import { folderTree } from "./folder.ts";
import { locateProjects } from "./locate.ts";
import type { LocatedProject, UnclaimedFile } from "./located.ts";
import type { Source } from "./source.ts";

/** The projects of a repository, and what looks like a migration and belongs to none of them. */
export interface DetectedProjects {
  readonly projects: readonly Project[];
  /** The folders of all projects of the repository, also those that the change does not touch. */
  readonly roots: readonly string[];
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
  sources?: readonly Source[],
): DetectedProjects {
  const located = locateProjects(folderTree(files), settings, sources);
  const touched =
    changes === undefined
      ? located.projects
      : located.projects.filter((project) => isTouched(project, changes));
  const projects = touched.map((project) =>
    changes === undefined
      ? project.read()
      : withDeletions(withMove(project.read(changes), located.projects, changes), changes),
  );
  return {
    projects,
    roots: located.projects.map(({ folder }) => folder.path),
    unclaimed: located.unclaimed,
    readAll: () => located.projects.map((project) => project.read()),
  };
}

function withMove(
  project: Project,
  located: readonly LocatedProject[],
  changes: FileChanges,
): Project {
  // Where an app of Django lies says what it is called.
  if (project.framework === "django") return project;
  const from = movedFrom(project, changes, (path) =>
    located.some(({ framework, folder }) => isScriptOf({ framework, root: folder.path }, path)),
  );
  return from === undefined ? project : { ...project, movedFrom: from };
}

function isTouched({ concerns }: LocatedProject, changes: FileChanges): boolean {
  for (const path of changes.keys()) if (concerns(path)) return true;
  return false;
}
