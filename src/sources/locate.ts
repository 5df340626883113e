import type { Framework } from "../core/migration.ts";
import type { Settings } from "../core/settings.ts";
import { UserError } from "../core/user-error.ts";
import { isScriptName } from "./change.ts";
import { dbmate } from "./dbmate.ts";
import { diesel } from "./diesel.ts";
import { drizzle } from "./drizzle.ts";
import { foreignDatabaseOf, hasPostgresBeside } from "./dialect.ts";
import { flyway } from "./flyway.ts";
import type { Folder } from "./folder.ts";
import { golangMigrate } from "./golang-migrate.ts";
import { goose } from "./goose.ts";
import { nodePgMigrate } from "./node-pg-migrate.ts";
import { prisma } from "./prisma.ts";
import type { FolderSource, Source, SourceOptions } from "./source.ts";
import type { LocatedProject, UnclaimedFile } from "./located.ts";
import { pathOf, spreadProjects } from "./spread.ts";
import { sql } from "./sql.ts";
import { sqlx } from "./sqlx.ts";
import { supabase } from "./supabase.ts";
import { migrationsInOtherLanguages } from "./unread-language.ts";

/**
 * Every source, the more telling evidence first; a folder belongs to the first that finds itself in
 * it. Layouts that no other tool has come first, then the place `supabase/migrations`, then marks
 * inside the files, then names that two tools share and a manifest decides, then plain SQL.
 */
export const SOURCES: readonly FolderSource[] = [
  prisma,
  drizzle,
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

export interface Located {
  readonly projects: readonly LocatedProject[];
  readonly unclaimed: readonly UnclaimedFile[];
}

/**
 * Finds the projects under a root folder: those of the configuration first, then by detection.
 * Throws UserError when the configuration names a folder that holds no migrations.
 */
export function locateProjects(
  root: Folder,
  settings: Settings["projects"],
  sources: readonly Source[] = SOURCES,
): Located {
  const { projects: spread, unclaimed } = spreadProjects(root, sources, settings);
  const isTakenFolder = (folder: Folder): boolean => spread.some(({ has }) => has(folder));
  const configuredHere = settings.map((setting) => configured(root, setting, spread));
  const projects = [...configuredHere, ...spread.filter((one) => !configuredHere.includes(one))];
  const visit = (folder: Folder): void => {
    const known = projects.find((one) => one.folder === folder && !spread.includes(one));
    const found = known ?? detect(folder, unclaimed, isTakenFolder(folder));
    if (found !== undefined && known === undefined) projects.push(found);
    if (found !== undefined && takesTree(found)) return;
    for (const child of folder.folders.values()) visit(child);
  };
  visit(root);
  unclaimed.push(...inCapitals(root, projects));
  const taken = new Set([...root.tree()].filter(isTakenFolder));
  return {
    projects,
    unclaimed: unclaimed.filter(({ path }) => !isTaken(root, path, taken)),
  };
}

function isTaken(root: Folder, path: string, taken: ReadonlySet<Folder>): boolean {
  if (taken.size === 0 || !path.endsWith(".py")) return false;
  const folder = root.at(path.replace(/\/?[^/]*$/, "") || ".");
  return folder !== undefined && taken.has(folder);
}

function takesTree({ framework }: LocatedProject): boolean {
  return SOURCES.some((source) => source.framework === framework && source.takes === "tree");
}

/** The source of a framework. */
function sourceOf(framework: Framework): FolderSource {
  const source = SOURCES.find((one) => one.framework === framework);
  if (source === undefined) throw new Error(`no source reads ${framework}`);
  return source;
}

function configured(
  root: Folder,
  setting: Settings["projects"][number],
  spread: readonly LocatedProject[],
): LocatedProject {
  const folder = root.at(pathOf(setting));
  if (folder === undefined) {
    throw new UserError(`The configured project “${setting.path}” holds no migrations.`, {
      hint: "Correct its path in migrate-verify.yml; it counts from the repository's root.",
    });
  }
  const { framework, placeholders } = setting;
  if (SOURCES.some((source) => source.framework === framework)) {
    return located(folder, sourceOf(framework), { placeholders });
  }
  const known = spread.find((one) => one.framework === framework && one.folder === folder);
  if (known !== undefined) return known;
  throw new UserError(`The configured project “${setting.path}” holds no ${framework} project.`, {
    hint: "Leave it out of migrate-verify.yml: it is found by itself.",
  });
}

/** A project whose files lie together in one folder or tree. */
export function located(
  folder: Folder,
  source: FolderSource,
  options: SourceOptions = { placeholders: {} },
): LocatedProject {
  const { framework, takes } = source;
  return {
    framework,
    folder,
    has: (one) => one === folder || (takes === "tree" && [...one.upwards()].includes(folder)),
    concerns: (path) =>
      folder.path === "." ||
      path.startsWith(`${folder.path}/`) ||
      source.concerns?.(folder, path) === true,
    read: () => source.read(folder, options),
  };
}

function detect(
  folder: Folder,
  unclaimed: UnclaimedFile[],
  isSpread: boolean,
): LocatedProject | undefined {
  for (const source of SOURCES) {
    const found = source.detect(folder);
    if (found === false) continue;
    if (found === true) {
      const database = foreignDatabaseOf(folder);
      if (database === undefined || source.framework === "prisma") {
        return located(folder, source);
      }
      refuse(
        folder,
        source.takes,
        `it is for ${database}, and only PostgreSQL is read yet`,
        unclaimed,
        hasPostgresBeside(folder) ? { leftAlone: true } : {},
      );
    } else refuse(folder, source.takes, found.refusal, unclaimed);
    return undefined;
  }
  const others = migrationsInOtherLanguages(folder, isSpread);
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
      projects.some(({ framework, folder: own }) => framework === "flyway" && own === above),
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

function refuse(
  root: Folder,
  takes: FolderSource["takes"],
  reason: string,
  unclaimed: UnclaimedFile[],
  more: Pick<UnclaimedFile, "leftAlone"> = {},
): void {
  for (const folder of takes === "tree" ? root.tree() : [root]) {
    for (const file of folder.files.filter((name) => name.endsWith(".sql"))) {
      unclaimed.push({ path: folder.pathOf(file), reason, ...more });
    }
  }
}
