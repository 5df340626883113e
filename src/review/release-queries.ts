import type { Project } from "../core/migration.ts";
import type { ReleaseQuery } from "../core/release-query.ts";
import type { Settings } from "../core/settings.ts";
import { UserError } from "../core/user-error.ts";
import { prismaQueries } from "../compat/prisma-queries.ts";
import { readPrismaSchema } from "../compat/prisma-schema.ts";
import { queriesOfFile } from "../compat/query-file.ts";
import { queriesOfExport } from "../compat/statements-export.ts";
import { matchesGlob } from "../config/glob.ts";
import { baseCode, type Code } from "./base-code.ts";
import { modelPaths } from "./prisma-models.ts";
import type { ChangeSet } from "./ports.ts";

/** More statements than this are not tried: each is planned twice for each migration. */
const MOST_QUERIES = 2000;

/**
 * The statements that the release before sends: its code is that of the base branch. Empty where no
 * base is known. Throws UserError for a glob or a path of the configuration that names nothing.
 */
export async function releaseQueries(
  project: Project,
  change: ChangeSet,
  { compat }: Settings,
): Promise<readonly ReleaseQuery[]> {
  const code = baseCode(change);
  if (code === undefined) return [];
  const queries = await statementsOf(project, code, compat);
  for (const glob of compat.queries) {
    const isThere = code.paths.some((path) => matchesGlob(path, glob));
    if (!isThere) throw new UserError(`compat.queries: ${glob} names no file.`);
  }
  if (compat.statements !== undefined) {
    const text = await code.read(compat.statements);
    if (text === undefined) {
      throw new UserError(`compat.statements: the base branch has no ${compat.statements}.`);
    }
    queries.push(...queriesOfExport(compat.statements, text));
  }
  return queries.slice(0, MOST_QUERIES);
}

/** The statements that the new release sends: its code is what the change leaves. */
export async function newReleaseQueries(
  project: Project,
  { files }: ChangeSet,
  { compat }: Settings,
): Promise<readonly ReleaseQuery[]> {
  const read = (path: string): Promise<string | undefined> => {
    const text = files.text(path);
    return Promise.resolve("text" in text ? text.text : undefined);
  };
  const queries = await statementsOf(project, { paths: files.paths, read }, compat);
  return queries.slice(0, MOST_QUERIES);
}

async function statementsOf(
  project: Project,
  code: Code,
  compat: Settings["compat"],
): Promise<ReleaseQuery[]> {
  const queries: ReleaseQuery[] = [];
  if (project.framework === "prisma" && compat.prisma) {
    queries.push(...(await prismaStatements(project, code)));
  }
  const isQuery = (path: string): boolean => compat.queries.some((glob) => matchesGlob(path, glob));
  for (const path of code.paths.filter(isQuery)) {
    queries.push(...queriesOfFile(path, (await code.read(path)) ?? ""));
  }
  return queries;
}

/** The models beside the migrations as one schema. */
async function prismaStatements(
  { root }: Project,
  { paths: all, read }: Code,
): Promise<readonly ReleaseQuery[]> {
  const texts = await Promise.all(
    modelPaths(root, all).map(async (path) => ({
      path,
      text: (await read(path)) ?? "",
    })),
  );
  // An enum may stand in another file than the model that has it.
  const enums = new Map(texts.flatMap(({ text }) => [...readPrismaSchema(text).enums]));
  return texts.flatMap(({ path, text }) =>
    prismaQueries({ models: readPrismaSchema(text, enums).models, enums }, path),
  );
}
