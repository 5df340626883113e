import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { FileChange } from "../sources/files.ts";
import { UserError } from "../core/user-error.ts";
import type { LocalChange } from "./change-set.ts";
import { DiskFiles } from "./disk-files.ts";
import { entriesOf, walk } from "./folder-walk.ts";

/**
 * The change that consists of the files named, without Git. Beside them it shows what their project
 * is told by: the files of their folder, of the folders beside it, and the files of the folders above
 * up to the repository's root.
 */
export function namedFiles(names: readonly string[], cwd: string): LocalChange {
  const files = names.map((name) => resolve(cwd, name));
  for (const [index, file] of files.entries()) {
    if (!existsSync(file)) throw new UserError(`There is no file ${names[index] ?? file}.`);
  }
  const root = rootOf(files, cwd);
  const paths = new Set<string>();
  for (const file of files) {
    paths.add(slashed(relative(root, file)));
    for (const path of around(file, root)) paths.add(slashed(relative(root, path)));
  }
  return {
    root,
    files: new NamedFiles(root, paths),
    changes: new Map(
      files.map((file): [string, FileChange] => [slashed(relative(root, file)), "added"]),
    ),
    since: "files named",
  };
}

class NamedFiles extends DiskFiles {
  readonly below: (folder: string) => readonly string[];

  constructor(root: string, paths: Iterable<string>) {
    super(root, paths);
    this.below = (folder) => {
      const start = join(root, folder);
      if ((start !== root && !isUnder(start, root)) || !isFolder(start, root)) return [];
      return walk(start).map((path) => slashed(relative(root, join(start, path))));
    };
  }
}

/** Whether a path that was named on the command line is a folder. */
export function isFolder(name: string, cwd: string): boolean {
  return statSync(resolve(cwd, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The repository's root, found without Git, or the nearest folder that holds all files. */
function rootOf(files: readonly string[], cwd: string): string {
  const [first = cwd] = files;
  for (const folder of upwards(dirname(first))) {
    if (existsSync(join(folder, ".git")) && files.every((file) => isUnder(file, folder))) {
      return folder;
    }
  }
  if (files.every((file) => isUnder(file, cwd))) return cwd;
  const common = [...upwards(dirname(first))].find((folder) =>
    files.every((file) => isUnder(file, folder)),
  );
  return common ?? dirname(first);
}

/** Names of scripts that stand one in a folder: the folders beside it are the other migrations. */
const IN_A_FOLDER = /^(?:migration|up|down)\.sql$/;

/** Folders that hold the scripts of one direction. */
const HALF = /^(?:up|down)$/;

/** Flyway reads its default location with all folders under it. */
const FLYWAY_LOCATION = /^.*[\\/]db[\\/]migrations?(?=[\\/]|$)/;

function* around(file: string, root: string): Generator<string> {
  const folder = dirname(file);
  if (file.endsWith(".py")) {
    // The order of Django's migrations is a graph over all apps.
    for (const path of walk(root)) yield join(root, path);
    return;
  }
  yield* filesIn(folder);
  if (!isUnder(folder, root) && folder !== root) return;
  if (folder !== root) yield* siblings(file);
  const location = FLYWAY_LOCATION.exec(folder)?.[0];
  if (location !== undefined) for (const path of walk(location)) yield join(location, path);
  for (const above of upwards(dirname(folder))) {
    if (above !== root && !isUnder(above, root)) break;
    yield* filesIn(above);
    yield* filesIn(join(above, ".github"));
  }
  yield* filesIn(join(root, ".github"));
}

/** The files of the folders beside a file's own, where a project is spread over folders. */
function* siblings(file: string): Generator<string> {
  const folder = dirname(file);
  if (!IN_A_FOLDER.test(basename(file)) && !HALF.test(basename(folder))) return;
  for (const entry of entriesOf(dirname(folder))) {
    if (entry.isDirectory()) yield* filesIn(join(dirname(folder), entry.name));
  }
}

function* filesIn(folder: string): Generator<string> {
  if (!existsSync(folder)) return;
  for (const entry of entriesOf(folder)) if (entry.isFile()) yield join(folder, entry.name);
}

function* upwards(folder: string): Generator<string> {
  yield folder;
  if (dirname(folder) !== folder) yield* upwards(dirname(folder));
}

function isUnder(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
