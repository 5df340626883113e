import type { Settings } from "../core/settings.ts";
import type { Folder } from "./folder.ts";
import type { LocatedProject, UnclaimedFile } from "./located.ts";
import type { Source, SpreadProject } from "./source.ts";

/** The projects whose files lie in many folders, and the files of those that cannot be read. */
export function spreadProjects(
  root: Folder,
  sources: readonly Source[],
  settings: Settings["projects"],
): { projects: LocatedProject[]; unclaimed: UnclaimedFile[] } {
  const projects: LocatedProject[] = [];
  const unclaimed: UnclaimedFile[] = [];
  for (const source of sources) {
    for (const project of source.takes === "spread" ? source.find(root) : []) {
      // What a person configures is read, whatever else there is.
      const isConfigured = settings.some(
        (one) => one.framework === source.framework && root.at(pathOf(one)) === project.root,
      );
      if (project.refusal === undefined || isConfigured) projects.push(located(source, project));
      else unclaimed.push(...refusedFiles(project, project.refusal));
    }
  }
  return { projects, unclaimed };
}

function located({ framework }: Source, project: SpreadProject): LocatedProject {
  return {
    framework,
    folder: project.root,
    has: (folder) => project.folders.has(folder),
    concerns: (path) => project.concerns(path),
    read: (changes) => project.read(changes),
  };
}

function refusedFiles({ folders }: SpreadProject, reason: string): UnclaimedFile[] {
  return [...folders].flatMap((folder) =>
    folder.files
      .filter((file) => file !== "__init__.py")
      .map((file) => ({ path: folder.pathOf(file), reason })),
  );
}

/** The path of a configured project, as folders know it. */
export function pathOf({ path }: Settings["projects"][number]): string {
  return path.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "") || ".";
}
