import type { Framework, Project } from "../core/migration.ts";
import type { Settings } from "../core/settings.ts";
import { UserError } from "../core/user-error.ts";
import { isScriptName } from "./change.ts";
import { dbmate } from "./dbmate.ts";
import { diesel } from "./diesel.ts";
import { foreignDatabaseOf } from "./dialect.ts";
import { flyway } from "./flyway.ts";
import type { Folder } from "./folder.ts";
import { golangMigrate } from "./golang-migrate.ts";
import { goose } from "./goose.ts";
import { nodePgMigrate } from "./node-pg-migrate.ts";
import { prisma } from "./prisma.ts";
import type { Source, SourceOptions } from "./source.ts";
import { sql } from "./sql.ts";
import { sqlx } from "./sqlx.ts";
import { supabase } from "./supabase.ts";
import { migrationsInOtherLanguages } from "./unread-language.ts";

/**
 * Every source, the more telling evidence first; a folder belongs to the first that finds itself in
 * it. Layouts that no other tool has come first, then the place `supabase/migrations`, then marks
 * inside the files, then names that two tools share and a manifest decides, then plain SQL.
 */
export const SOURCES: readonly Source[] = [
  prisma,
  diesel,
  flyway,
  supabase,
  goose,
  dbmate,
  nodePgMigrate,
  sqlx,
  golangMigrate,
  sql,
];

/** A project that was found and not read yet. */
export interface LocatedProject {
  readonly folder: Folder;
  readonly source: Source;
  readonly options: SourceOptions;
}

/** A file that looks like a migration and belongs to no project. */
export interface UnclaimedFile {
  readonly path: string;
  readonly reason: string;
  /** Only its place in the order is not known: named by a person it is a migration by itself. */
  readonly unordered?: true;
}

export interface Located {
  readonly projects: readonly LocatedProject[];
  readonly unclaimed: readonly UnclaimedFile[];
}

/**
 * Finds the projects under a root folder: those of the configuration first, then by detection.
 * Throws UserError when the configuration names a folder that holds no migrations.
 */
export function locateProjects(root: Folder, settings: Settings["projects"]): Located {
  const projects = settings.map((setting) => configured(root, setting));
  const unclaimed: UnclaimedFile[] = [];
  const visit = (folder: Folder): void => {
    const known = projects.find((project) => project.folder === folder);
    const found =
      known ?? (foreignFolder(folder, unclaimed) ? undefined : detect(folder, unclaimed));
    if (found !== undefined && known === undefined) projects.push(found);
    if (found?.source.takes === "tree") return;
    for (const child of folder.folders.values()) visit(child);
  };
  visit(root);
  unclaimed.push(...inCapitals(root, projects));
  return { projects, unclaimed };
}

/** Reads a project that was found. */
export function readLocated({ source, folder, options }: LocatedProject): Project {
  return source.read(folder, options);
}

/** The source of a framework. */
function sourceOf(framework: Framework): Source {
  const source = SOURCES.find((one) => one.framework === framework);
  if (source === undefined) throw new Error(`no source reads ${framework}`);
  return source;
}

function configured(root: Folder, setting: Settings["projects"][number]): LocatedProject {
  const path = setting.path.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "") || ".";
  const folder = root.at(path);
  if (folder === undefined) {
    throw new UserError(`The configured project “${setting.path}” holds no migrations.`, {
      hint: "Correct its path in migrate-verify.yml; it counts from the repository's root.",
    });
  }
  const { framework, placeholders } = setting;
  return { folder, source: sourceOf(framework), options: { placeholders } };
}

function detect(folder: Folder, unclaimed: UnclaimedFile[]): LocatedProject | undefined {
  for (const source of SOURCES) {
    const found = source.detect(folder);
    if (found === false) continue;
    if (found === true) {
      const database = foreignDatabaseOf(folder);
      if (database === undefined || source.framework === "prisma") {
        return { folder, source, options: { placeholders: {} } };
      }
      refuse(
        folder,
        source.takes,
        `it is for ${database}, and only PostgreSQL is read yet`,
        unclaimed,
      );
    } else refuse(folder, source.takes, found.refusal, unclaimed);
    return undefined;
  }
  const others = migrationsInOtherLanguages(folder);
  unclaimed.push(...others);
  if (others.length === 0 && /^(?:db[-_]?)?migrations?$/i.test(folder.name)) {
    nameUnordered(folder, unclaimed);
  }
  return undefined;
}

/** Scripts that end with `.SQL`, of which Flyway alone is known to take them for its own. */
function inCapitals(root: Folder, projects: readonly LocatedProject[]): UnclaimedFile[] {
  const isIn = (folder: Folder): boolean =>
    projects.some((project) => project.folder === folder || project.folder === folder.parent);
  const isFlyways = (folder: Folder): boolean =>
    [...folder.upwards()].some((above) =>
      projects.some(({ source, folder: own }) => source.framework === "flyway" && own === above),
    );
  const reason = "its name does not end with .sql in small letters, so it is not read";
  return [...root.tree()].flatMap((folder) => {
    const files = folder.files.filter(
      (file) => /\.sql$/i.test(file) && !file.endsWith(".sql") && isScriptName(file.toLowerCase()),
    );
    const counts = files.length > 0 && (/migrat/i.test(folder.path) || isIn(folder));
    return counts && !isFlyways(folder)
      ? files.map((file) => ({ path: folder.pathOf(file), reason }))
      : [];
  });
}

/** SQL in a folder called migrations whose order is not known; dumps and seeds that lie there are none. */
function nameUnordered(folder: Folder, unclaimed: UnclaimedFile[]): void {
  const reason = "no number or date at the start of its name tells its place in the order";
  for (const file of folder.files) {
    if (!file.endsWith(".sql") || /^(?:schema|structure|dump|seeds?)\b/i.test(file)) continue;
    unclaimed.push({ path: folder.pathOf(file), reason, unordered: true });
  }
}

/** Drizzle's folders hold plain or foldered SQL beside a journal of its own; they are not read yet. */
function foreignFolder(folder: Folder, unclaimed: UnclaimedFile[]): boolean {
  const journal = folder.folders.get("meta")?.files.includes("_journal.json") === true;
  if (journal) refuse(folder, "folder", "Drizzle's migrations are not read yet", unclaimed);
  return journal;
}

function refuse(
  root: Folder,
  takes: Source["takes"],
  reason: string,
  unclaimed: UnclaimedFile[],
): void {
  for (const folder of takes === "tree" ? root.tree() : [root]) {
    for (const file of folder.files.filter((name) => name.endsWith(".sql"))) {
      unclaimed.push({ path: folder.pathOf(file), reason });
    }
  }
}
