import { filesOf, type Migration, type Project } from "../core/migration.ts";
import type { FileChanges, RepositoryFiles } from "../sources/files.ts";
import { searchedFiles } from "../usage/searched-files.ts";

/** What takes a name away, in SQL and in Django. */
const TAKES_AWAY =
  /\b(?:drop|rename)\b|\b(?:RemoveField|DeleteModel|Rename(?:Field|Model)|AlterModelTable)\b/i;

/**
 * Reads what is searched for names that migrations take away, where a changed one may do so: what has
 * to be fetched first is fetched then.
 */
export function readSearched(
  files: RepositoryFiles,
  projects: readonly Project[],
  changes: FileChanges,
): void {
  if (files.size === undefined) return;
  const takes = projects.some(({ framework, migrations }) =>
    migrations.some(
      (migration) =>
        changes.has(migration.up.path) &&
        TAKES_AWAY.test(upText(migration, framework === "django" ? files : undefined)),
    ),
  );
  if (takes) searchedFiles(files, isMigrationOf(projects));
}

/** As its author wrote it. A Django migration is not compiled for this. */
function upText({ up }: Migration, files: RepositoryFiles | undefined): string {
  if (files === undefined) return up.text.slice(up.span.start, up.span.end);
  const read = files.text(up.path);
  return "text" in read ? read.text : "";
}

/** Whether a file belongs to the migrations of a project. */
export function isMigrationOf(projects: readonly Project[]): (path: string) => boolean {
  const roots = projects.map(({ root }) => `${root}/`);
  const own = new Set(projects.flatMap(({ migrations }) => migrations.flatMap(filesOf)));
  return (path) => own.has(path) || roots.some((root) => root !== "./" && path.startsWith(root));
}
