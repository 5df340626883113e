import { relative, resolve, sep } from "node:path";
import type { Project } from "../core/migration.ts";
import type { Settings } from "../core/settings.ts";
import { UserError } from "../core/user-error.ts";
import { openChange, type LocalChange } from "../git/change-set.ts";
import { isFolder, namedFiles } from "../git/named-files.ts";
import type { Unverified } from "../core/review.ts";
import { detectProjects, type DetectedProjects } from "../sources/detect.ts";
import { projectsOfFiles } from "../sources/named.ts";
import type { Source } from "../sources/source.ts";
import type { Arguments } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

/** What the command line asks to look at. */
export interface Target {
  readonly change: LocalChange;
  /** Whether files were named, not folders. */
  readonly named: boolean;
  /** Folders that were named, from the root; empty: the whole repository. */
  readonly folders: readonly string[];
}

/** Finds the change that the operands speak of. Throws UserError for a path that is not there, and when the change cannot be known. */
export async function openTarget(args: Arguments, terminal: Terminal): Promise<Target> {
  const cwd = terminal.cwd();
  const folders = args.operands.filter((operand) => isFolder(operand, cwd));
  if (folders.length === 0 && args.operands.length > 0) {
    if (args.since !== undefined || args.all) {
      throw new UserError(
        "--since and --all are not for files: a file named is itself the change.",
        {
          hint: "Name a folder, or leave the option out.",
        },
      );
    }
    return { change: namedFiles(args.operands, cwd), named: true, folders: [] };
  }
  if (folders.length < args.operands.length) {
    throw new UserError("Files and folders cannot be named together.", {
      hint: "A file named is itself the change; a folder narrows what changed to it.",
    });
  }
  const baseBranch = terminal.env["GITHUB_BASE_REF"];
  const change = await openChange(resolve(cwd, folders[0] ?? "."), {
    all: args.all,
    ...(args.since === undefined ? {} : { since: args.since }),
    ...(baseBranch === undefined ? {} : { baseBranch }),
  });
  const inRoot = folders.map((folder) => fromRoot(change.root, resolve(cwd, folder), folder));
  return { change: narrowed(change, inRoot), named: false, folders: inRoot };
}

function fromRoot(root: string, folder: string, name: string): string {
  const path = relative(root, folder);
  if (path.startsWith("..")) {
    throw new UserError(`${name} is not in the same repository as the first folder.`, {
      hint: "Check one repository at a time.",
    });
  }
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

function narrowed(change: LocalChange, folders: readonly string[]): LocalChange {
  if (folders.length === 0 || folders.includes("")) return change;
  const changes = new Map(
    [...change.changes].filter(([path]) => folders.some((folder) => path.startsWith(`${folder}/`))),
  );
  const unread = change.unread?.filter(({ path }) => folders.some((folder) => isIn(path, folder)));
  return { ...change, changes, ...(unread === undefined ? {} : { unread }) };
}

/** The projects of a target, with what was found and is not read. Throws UserError when everything was asked for and there is nothing. */
export function projectsOf(
  target: Target,
  args: Arguments,
  settings: Settings,
  sources: readonly Source[],
): DetectedProjects {
  const { change } = target;
  const named = [...change.changes.keys()];
  const projects = [...settings.projects, ...stated(target, args)];
  if (target.named) return projectsOfFiles(change.files, named, projects, sources);
  const detected = detectProjects(change.files, projects, change.changes, sources);
  if (args.all && isNothing(detected, change)) {
    throw noMigrations(target.folders.length === 0 ? change.root : target.folders.join(", "));
  }
  const empty = target.folders.find((folder) => isWithoutMigrations(folder, detected, change));
  if (empty !== undefined) throw noMigrations(empty);
  return detected;
}

function noMigrations(where: string): UserError {
  return new UserError(`No migrations were found in ${where}.`, {
    hint: "Name their folder, and what they belong to: --framework NAME FOLDER",
  });
}

function isIn(path: string, above: string): boolean {
  return above === "" || above === "." || path === above || path.startsWith(`${above}/`);
}

/** Whether a folder that was named lies in no project and holds none: a slip must not pass for a folder without changes. */
function isWithoutMigrations(
  folder: string,
  { roots, unclaimed }: DetectedProjects,
  { changes }: LocalChange,
): boolean {
  return !(
    roots.some((root) => isIn(root, folder) || isIn(folder, root)) ||
    unclaimed.some(({ path }) => isIn(path, folder)) ||
    [...changes].some(([path, change]) => change === "deleted" && isIn(path, folder))
  );
}

function isNothing({ projects, unclaimed }: DetectedProjects, change: LocalChange): boolean {
  const some = projects.some(
    ({ migrations, ignored }: Project) => migrations.length + ignored.length > 0,
  );
  return !some && !unclaimed.some(({ path }: Unverified) => change.changes.has(path));
}

/** The project that `--framework` states. */
function stated(target: Target, { framework }: Arguments): Settings["projects"] {
  if (framework === undefined) return [];
  const folders = target.named
    ? [...new Set([...target.change.changes.keys()].map((path) => path.replace(/\/?[^/]*$/, "")))]
    : target.folders;
  if (folders.length === 0) {
    throw new UserError("--framework needs the folder that it is about.", {
      hint: `migrate-verify check --framework ${framework} FOLDER`,
    });
  }
  return folders.map((folder) => ({
    path: folder === "" ? "." : folder,
    framework,
    placeholders: {},
  }));
}
