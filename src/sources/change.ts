import {
  type Change,
  filesOf,
  type Migration,
  type Project,
  type ProjectFault,
} from "../core/migration.ts";
import type { FileChange, FileChanges } from "./files.ts";
import { readFlywayName } from "./flyway-name.ts";
import { isPathOfTests } from "./python-files.ts";
import { rememberedName } from "./remembered-name.ts";
import { scriptsForPostgres } from "./scripts-for-postgres.ts";

/**
 * What a change did to a migration of a project, told from the files of both its scripts. A migration
 * is as new as its up script: one that was renamed is new where its old path was none of the
 * project's, and the same as before where the runner knows it by the same name still. Where both
 * stand in one file, an edit of either counts as one of the up script.
 */
export function changeOf(project: Project, migration: Migration, changes: FileChanges): Change {
  const up = changes.get(migration.up.path);
  if (up === "added") return "added";
  if (typeof up === "object") {
    if (!isScriptOf(project, up.renamedFrom)) return "added";
    if (!isRememberedAs(project, up.renamedFrom, migration.up.path)) return "renamed";
  }
  const isChanged = (path: string): boolean => !isAsBefore(project, path, changes.get(path));
  if (isChanged(migration.up.path)) return "modified";
  return filesOf(migration).some(isChanged) ? "down-modified" : "unchanged";
}

/** Whether nothing of a file changed, or nothing but a name that its runner does not keep. */
function isAsBefore(project: Project, path: string, change: FileChange | undefined): boolean {
  if (typeof change !== "object") return change === undefined;
  return change.sameText === true && isRememberedAs(project, change.renamedFrom, path);
}

function isRememberedAs({ framework }: Project, before: string, path: string): boolean {
  return rememberedName(framework, before) === rememberedName(framework, path);
}

/**
 * The folder that a change moved a project from: its files have their names within the project still,
 * and no project is where they were. Undefined where it was not moved.
 */
export function movedFrom(
  { root, migrations }: Project,
  changes: FileChanges,
  isOfProject: (path: string) => boolean,
): string | undefined {
  for (const path of migrations.flatMap(filesOf)) {
    const change = changes.get(path);
    if (typeof change !== "object" || isOfProject(change.renamedFrom)) continue;
    const inside = root === "." ? path : path.slice(root.length + 1);
    const before = change.renamedFrom;
    if (before === inside) return ".";
    if (before.endsWith(`/${inside}`)) return before.slice(0, -inside.length - 1);
  }
  return undefined;
}

const SCRIPT =
  /(?:^|\/)(?:v?\d[^/]*|[VUB]\d[^/]*|R__[^/]*|migration|up|down)\.sql$|(?:^|\/)migrations\/\d{4}_\w+\.py$/;

/** Whether a path ends as a migration's script does in one of the frameworks. */
export function isScriptName(path: string): boolean {
  return SCRIPT.test(path);
}

/** Paths of scripts, from the project's folder; the other frameworks keep their files side by side. */
const IN_FOLDERS = new Map<Project["framework"], RegExp>([
  ["prisma", /^[^/]+\/(?:migration|down)\.sql$/],
  ["drizzle", /^\d[^/]*(?:\/migration)?\.sql$/],
  ["diesel", /^\d[^/]*\/(?:up|down)\.sql$/],
]);
/** Django's migrations lie in many folders, those of its apps. */
const DJANGO = /(?:^|\/)(?:migrations\/(?![_~])\w+|\d{4}_\w+)\.py$/;
const SIDE_BY_SIDE = /^(?:(?:up|down)\/)?v?\d[^/]*\.sql$/;

/** Whether a project would read a migration's script at a path, for files that are not there any more. */
export function isScriptOf(
  { root, framework, movedFrom: before }: Pick<Project, "root" | "framework" | "movedFrom">,
  path: string,
): boolean {
  if (before !== undefined && isScriptOf({ root: before, framework }, path)) return true;
  const folder = root === "." ? "" : `${root}/`;
  if (!path.startsWith(folder)) return false;
  const inside = path.slice(folder.length);
  if (framework === "flyway") {
    return readFlywayName(inside.slice(inside.lastIndexOf("/") + 1)) !== undefined;
  }
  if (framework === "django") return DJANGO.test(inside) && !isPathOfTests(inside);
  return (IN_FOLDERS.get(framework) ?? SIDE_BY_SIDE).test(inside);
}

/** A project with a fault for every migration that a change deletes, or moves out of its sight. */
export function withDeletions(project: Project, changes: FileChanges): Project {
  const deleted = deletedScripts(project, changes);
  const ups = new Set(deleted.filter((path) => !isDown(path)).map(migrationOf));
  // A down script that goes with its up script is no deletion of its own.
  const told = deleted.filter((path) => !isDown(path) || !ups.has(migrationOf(path)));
  if (told.length === 0) return project;
  const faults = told.map((path): ProjectFault => {
    return { kind: "deleted-migration", path, message: deletionMessage(path) };
  });
  return { ...project, faults: [...project.faults, ...faults] };
}

function deletedScripts(project: Project, changes: FileChanges): string[] {
  if (![...changes.values()].includes("deleted")) return [];
  const scripts = new Set(project.migrations.flatMap(filesOf));
  // Within the project, the migration under its new name tells of it.
  const renamed = new Set<string>();
  for (const [path, change] of changes) {
    if (typeof change === "object" && scripts.has(path)) renamed.add(change.renamedFrom);
  }
  const replaced = new Set(project.migrations.flatMap(({ replaces = [] }) => replaces));
  const deleted = [...changes].flatMap(([path, change]) =>
    change === "deleted" && !renamed.has(path) && !replaced.has(path) && isScriptOf(project, path)
      ? [path]
      : [],
  );
  if (deleted.length === 0) return deleted;
  // Those for other databases were never read.
  const { left } = scriptsForPostgres([...scripts, ...deleted].map(nameOf));
  return deleted.filter((path) => !left.some(({ file }) => file === nameOf(path)));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const DIRECTION = /(?:[._-](?:up|do|down|undo|rollback|revert)|\/(?:up|down|migration))\.sql$/i;
const DOWN =
  /(?:[._/-](?:down|undo|rollback|revert)\.sql|\/down\/[^/]+|(?:^|\/)(?:U\d|\d+\.undo\.)[^/]*)$/i;

function isDown(path: string): boolean {
  return DOWN.test(path);
}

/** What the runner called a deleted migration. */
export function deletedId(path: string): string {
  return nameOf(migrationOf(path));
}

/** What the paths of both scripts of one migration have in common. */
function migrationOf(path: string): string {
  return path
    .replace(DIRECTION, "")
    .replace(/\/(?:up|down)(?=\/[^/]+$)/, "")
    .replace(/(^|\/)U(?=\d[^/]*$)/, "$1V")
    .replace(/(^|\/)(\d+)\.(?:do|undo)\.(?=[^/]*$)/, "$1$2.")
    .replace(/\.(?:sql|py)$/, "");
}

/** What a deleted migration, or down script, means, and what to do. */
export function deletionMessage(path: string): string {
  return isDown(path)
    ? `${path} was deleted: its migration cannot be undone any more. Restore the file.`
    : `${path} was deleted: databases that ran it keep what it did, new ones never get it. Restore the file, and undo what it did in a new migration.`;
}
