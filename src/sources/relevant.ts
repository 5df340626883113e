import { folderTree, isChangelog, isTelling } from "./folder.ts";

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
  return folders
    .flatMap((folder) =>
      folder.files
        .filter((file) => isRelevant(file, around.has(folder), hasPrisma))
        .map((file) => folder.pathOf(file)),
    )
    .toSorted();
}

function isScript(file: string): boolean {
  return /\.sql$/i.test(file) || file === "migration_lock.toml";
}

function isPrismas(file: string): boolean {
  return file === "migration.sql" || file === "migration_lock.toml";
}

function isRelevant(file: string, around: boolean, hasPrisma: boolean): boolean {
  if (isChangelog(file)) return true;
  if (!isTelling(file)) return false;
  if (PRISMAS.test(file) && !hasPrisma) return false;
  return around || isScript(file) || file.endsWith(".prisma");
}
