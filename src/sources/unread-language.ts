import { foreignMark } from "./foreign-mark.ts";
import { type Folder, isChangelog, isProgram } from "./folder.ts";
import { sampleTexts } from "./manifest.ts";

const LANGUAGES: readonly (readonly [ending: RegExp, language: string])[] = [
  [/[jt]s$/, "JavaScript and TypeScript"],
  [/py$/, "Python that belong to no Django project"],
  [/rb$/, "Ruby"],
  [/php$/, "PHP"],
  [/go$/, "Go"],
  [/rs$/, "Rust"],
  [/cs$/, "C#"],
  [/exs$/, "Elixir"],
  [/(?:java|kts?)$/, "Java and Kotlin"],
];

const FOLDER = /^(?:[^/]*[-_.])?(?:migrations?|migrate)$/i;
const OTHER = /^(?:_*tests?_*|testdata|spec|e2e|fixtures|examples?|seeds?|seeders?)$/i;
const LIQUIBASE = /(?:^|\/)(?:liquibase|db[-_.]?change(?:log|set)s?|change(?:log|set)s?)(?:\/|$)/i;

/** A file that is a migration and is not read, and why. */
export interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

/**
 * Migrations in other languages than SQL of a folder that is no project: numbered programs in a
 * folder called `migrations`, in `db/migrate` or under one of them, and Liquibase's changelogs.
 *
 * @param isPythonRead whether the Python of the folder belongs to a project
 */
export function migrationsInOtherLanguages(folder: Folder, isPythonRead: boolean): UnreadFile[] {
  const named = (files: readonly string[], reason: (file: string) => string): UnreadFile[] =>
    files.map((file) => ({ path: folder.pathOf(file), reason: reason(file) }));
  const isUnread = (file: string): boolean =>
    !(isPythonRead && file.endsWith(".py")) && isProgram(file);
  const programs = holdsMigrations(folder) ? folder.files.filter(isUnread) : [];
  const liquibase = LIQUIBASE.test(folder.path);
  return [
    ...named(programs, (file) => `migrations in ${languageOf(file)} are not read yet`),
    ...named(
      liquibase ? folder.files.filter((file) => isLiquibases(folder, file)) : [],
      () => LIQUIBASE_UNREAD,
    ),
    ...named(liquibase && isFormatted(folder) ? scriptsOf(folder) : [], () => LIQUIBASE_UNREAD),
  ];
}

const LIQUIBASE_UNREAD = "Liquibase's changelogs are not read yet";

function holdsMigrations(folder: Folder): boolean {
  const { path, name } = folder;
  const names = path.split("/");
  const around = names.findLastIndex((one) => FOLDER.test(one));
  if (around !== -1) return !names.slice(around + 1).some((one) => OTHER.test(one));
  // Alembic's default folder, whatever the one around it is called.
  return name === "versions" && folder.files.some((file) => /^[\da-f]{12}_.*\.py$/.test(file));
}

function isLiquibases(folder: Folder, file: string): boolean {
  return isChangelog(file) && folder.textIfAny(file)?.includes("databaseChangeLog") === true;
}

function scriptsOf(folder: Folder): string[] {
  return folder.files.filter((file) => file.endsWith(".sql"));
}

function isFormatted(folder: Folder): boolean {
  return sampleTexts(folder, scriptsOf(folder)).some(
    (text) => foreignMark(text)?.tool === "Liquibase",
  );
}

function languageOf(file: string): string {
  return LANGUAGES.find(([ending]) => ending.test(file))?.[1] ?? "another language than SQL";
}
