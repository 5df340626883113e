import type { Folder } from "./folder.ts";

/** Folders of other people's Python: never looked into. */
const FOREIGN = new Set(["site-packages", "venv", ".venv", "env", ".tox", ".nox", "__pycache__"]);

/** Folders of tests, whose apps no database of a team's has. */
const TESTS = /^(?:_*tests?_*|testing|testapps?|testproject|test_\w+|testdata|fixtures|conftest)$/i;

/** Whether a folder is called like those of tests. */
export function isNameOfTests(name: string): boolean {
  return TESTS.test(name);
}

/** Whether a path, from the project's root, leads through a folder of tests. */
export function isPathOfTests(path: string): boolean {
  return path.split("/").slice(0, -1).some(isNameOfTests);
}

/**
 * A file that Django imports as a migration: whatever its name, hyphens and all, but for `_` and `~`
 * at the start (django/db/migrations/loader.py).
 */
export function isMigrationModule(file: string): boolean {
  return /^[^_~.][^.]*\.py$/.test(file);
}

/** A folder and those under it, other people's left out. */
export function* pythonTree(folder: Folder): Generator<Folder> {
  yield folder;
  for (const child of folder.folders.values()) {
    if (!FOREIGN.has(child.name)) yield* pythonTree(child);
  }
}

/** Whether Python takes a folder for a package. */
export function isPackage(folder: Folder): boolean {
  return folder.files.includes("__init__.py");
}

/** The dotted name of a package, from the highest folder around it that is one. */
export function dottedName(folder: Folder): string {
  const names: string[] = [];
  for (const above of folder.upwards()) {
    if (above.parent === undefined || (names.length > 0 && !isPackage(above))) break;
    names.unshift(above.name);
  }
  return names.join(".");
}
