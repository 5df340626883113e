import { type Folder, folderTree, isChangelog, isPythonManifest, isTelling } from "./folder.ts";
import { pythonTree } from "./python-files.ts";

/** Only asked for where Prisma is. */
const PRISMAS = /^(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lock|.*\.prisma)$/;

/**
 * The paths of a repository whose texts a source may ask for, from names alone: SQL, and around it
 * the manifests that tell the framework and its version. For callers that have to fetch texts
 * before they ask.
 */
export function relevantPaths(paths: readonly string[]): string[] {
  const missing = { unreadable: "missing", reason: "not fetched" } as const;
  const folders = [...folderTree({ paths, text: () => missing }).tree()];
  const scripts = folders.filter(({ files }) => files.some(isScript));
  const around = new Set(scripts.flatMap((folder) => [...folder.upwards()]));
  const hasPrisma = scripts.some(({ files }) => files.some(isPrismas));
  const scriptPaths = folders.flatMap((folder) =>
    folder.files
      .filter((file) => isRelevant(file, around.has(folder), hasPrisma))
      .map((file) => folder.pathOf(file)),
  );
  return [...new Set([...scriptPaths, ...djangoPaths(folders[0])])].toSorted();
}

/**
 * Django's migrations with what they are read with: the modules of their apps, the settings, and
 * what states the version. None where no folder looks like one of migrations.
 */
function djangoPaths(root: Folder | undefined): string[] {
  const folders = root === undefined ? [] : [...pythonTree(root)];
  const migrations = folders.filter(({ files }) => files.some((file) => NUMBERED.test(file)));
  if (!migrations.some(({ files }) => files.includes("__init__.py"))) return [];
  const around = new Set(migrations.flatMap((folder) => [...folder.upwards()]));
  const apps = new Set(migrations.map(({ parent }) => parent));
  const isOfApp = (folder: Folder): boolean => apps.has(folder) || apps.has(folder.parent);
  return folders.flatMap((folder) =>
    folder.files
      .filter((file) =>
        file.endsWith(".py")
          ? isOfApp(folder) || /settings|conf/.test(folder.pathOf(file)) || file === "manage.py"
          : around.has(folder) && isPythonManifest(file),
      )
      .map((file) => folder.pathOf(file)),
  );
}

const NUMBERED = /^\d{4}_\w+\.py$/;

function isScript(file: string): boolean {
  return /\.sql$/i.test(file) || file === "migration_lock.toml" || file === "_journal.json";
}

function isPrismas(file: string): boolean {
  return file === "migration.sql" || file === "migration_lock.toml";
}

function isRelevant(file: string, around: boolean, hasPrisma: boolean): boolean {
  if (isChangelog(file)) return true;
  if (!isTelling(file)) return false;
  if (PRISMAS.test(file) && !hasPrisma) return false;
  return around || isScript(file) || /\.prisma$|^flyway\.conf$/.test(file);
}
