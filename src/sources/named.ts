import { filesOf, type Migration, type Project } from "../core/migration.ts";
import type { Settings } from "../core/settings.ts";
import type { DetectedProjects } from "./detect.ts";
import type { RepositoryFiles } from "./files.ts";
import { type Folder, folderTree } from "./folder.ts";
import { type Located, located as locatedIn, locateProjects, SOURCES } from "./locate.ts";
import type { LocatedProject, UnclaimedFile } from "./located.ts";
import type { Source } from "./source.ts";
import { readLoneFile } from "./sql.ts";
import { readSqlName } from "./sql-name.ts";
import { compareNumbers } from "./version.ts";

/**
 * The projects that named files belong to, each up to the last migration that was named: those
 * before it in its folder are its history, and those after it are not there yet. A file in a folder
 * that is no project is one with the files numbered before it; a file without a number, one by
 * itself. A named file that is not read as a migration is in `unclaimed` with the reason.
 */
export function projectsOfFiles(
  files: RepositoryFiles,
  named: readonly string[],
  settings: Settings["projects"],
  sources?: readonly Source[],
): DetectedProjects {
  const root = folderTree(files);
  const located = locateProjects(root, settings, sources);
  const projects = new Map<Folder, { readonly project: Project; readonly paths: Set<string> }>();
  const lone: Project[] = [];
  const unclaimed: UnclaimedFile[] = [];
  for (const path of named) {
    const folder = folderOf(root, path);
    const refused = located.unclaimed.find((file) => file.path === path);
    if (refused !== undefined && refused.unordered !== true) unclaimed.push(asked(refused));
    else if (folder === undefined || !/\.(?:sql|py)$/.test(path)) {
      unclaimed.push({ path, reason: "it is not an SQL file" });
    } else {
      const owner = ownerOf(folder, path, located) ?? numberedAround(folder, path);
      if (owner === undefined && path.endsWith(".py")) {
        unclaimed.push({
          path,
          reason: "it is not an SQL file and no migration of a Django project",
        });
      } else if (owner === undefined) lone.push(readLoneFile(folder, nameOf(path)));
      else {
        const known = projects.get(owner.folder) ?? {
          project: owner.read(),
          paths: new Set<string>(),
        };
        projects.set(owner.folder, known);
        known.paths.add(path);
      }
    }
  }
  const cut = [...projects.values()].map(({ project, paths }) => upTo(project, paths));
  const whole = [...projects.values()].map(({ project }) => project);
  const readAll = (): readonly Project[] => [
    ...located.projects.map((one) => one.read()),
    ...whole,
    ...lone,
  ];
  const roots = located.projects.map(({ folder }) => folder.path);
  return { projects: [...cut, ...lone], roots, unclaimed, readAll };
}

function folderOf(root: Folder, path: string): Folder | undefined {
  const slash = path.lastIndexOf("/");
  const folder = root.at(slash === -1 ? "." : path.slice(0, slash));
  return folder?.files.includes(nameOf(path)) === true ? folder : undefined;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The project that a file lies in: of the folder itself, of the folder that `up` and `down` lie in, or of a tree around it. */
function ownerOf(folder: Folder, path: string, { projects }: Located): LocatedProject | undefined {
  if (path.endsWith(".py")) return projects.find(({ has }) => has(folder));
  for (const above of folder.upwards()) {
    const project = projects.find((one) => one.folder === above && one.framework !== "django");
    if (project === undefined) continue;
    if (project.has(folder)) return project;
    const half = above === folder.parent && /^(?:up|down)$/.test(folder.name);
    return half && path.endsWith(".sql") ? project : undefined;
  }
  return undefined;
}

/** A folder that nothing else tells to be a project, when the named file's name has a number: its marks decide the source. */
function numberedAround(folder: Folder, path: string): LocatedProject | undefined {
  if (!path.endsWith(".sql") || readSqlName(nameOf(path)).order === undefined) return undefined;
  const source = SOURCES.find((one) => one.takes === "folder" && one.detect(folder) === true);
  const plain = SOURCES.find(({ framework }) => framework === "sql");
  const found = source ?? plain;
  return found === undefined ? undefined : locatedIn(folder, found);
}

/** Whether a file that was not read has a higher number than a migration: no part of its history then. */
function isAfter(path: string, migration: Migration | undefined): boolean {
  const number = /(?:^|\/)[VUB]?(\d+)[^/]*(?:\/[^/\d][^/]*)?$/.exec(path)?.[1];
  const version = /^\d+/.exec(migration?.version ?? "")?.[0];
  return number !== undefined && version !== undefined && compareNumbers(number, version) > 0;
}

/** Whoever names a file asks for it: it is not left alone, but not read. */
function asked<File extends { readonly leftAlone?: true }>(file: File): Omit<File, "leftAlone"> {
  const { leftAlone: _, ...rest } = file;
  return rest;
}

/** A project without the migrations after the last named one. Repeatable ones stay only when they are named. */
function upTo(project: Project, paths: ReadonlySet<string>): Project {
  const isNamed = (migration: Migration): boolean =>
    filesOf(migration).some((path) => paths.has(path));
  const last = project.migrations.findLastIndex(isNamed);
  const migrations = project.migrations
    .slice(0, last + 1)
    .filter((one) => one.version !== undefined || isNamed(one));
  const kept = new Set(migrations.map(({ up }) => up.path));
  return {
    ...project,
    migrations,
    ignored: project.ignored
      .filter(
        ({ path, gap }) => paths.has(path) || (gap === true && !isAfter(path, migrations.at(-1))),
      )
      .map(asked),
    faults: project.faults.filter(({ path }) => kept.has(path) || path.endsWith(".toml")),
  };
}
