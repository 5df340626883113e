import type { Project } from "../core/migration.ts";
import type { ReviewedProject } from "../core/review.ts";
import type { RepositoryFiles } from "../sources/files.ts";
import type { ModelFile } from "../verify/model-comparer.ts";
import { baseCode, type Code } from "./base-code.ts";
import { modelPaths } from "./prisma-models.ts";
import type { ReviewInput } from "./review.ts";
import type { VerifyOptions } from "./verify-scoped.ts";

/** The models that a project's migrations belong to; none where its framework has no such files. */
export function projectModels(
  { framework, root }: Pick<Project, "framework" | "root">,
  files: RepositoryFiles,
): ModelFile[] {
  if (framework !== "prisma") return [];
  return modelPaths(root, files.paths).flatMap((path) => {
    const read = files.text(path);
    return "text" in read ? [{ path, text: read.text }] : [];
  });
}

/** Compares what a project's migrations build with its models, where that is wanted and there are some. */
export function modelComparison(
  project: Project,
  { change, settings, compareModels }: ReviewInput,
): Pick<VerifyOptions, "compareModels" | "compareBaseModels"> {
  if (compareModels === undefined || !settings.verify.drift) return {};
  const models = projectModels(project, change.files);
  if (models.length === 0) return {};
  const base = baseCode(change);
  return {
    compareModels: (database) => compareModels(database, models),
    ...(base === undefined
      ? {}
      : {
          compareBaseModels: async (database) =>
            compareModels(database, await baseModels(project, base)),
        }),
  };
}

/** The models as the base branch has them. */
async function baseModels({ root }: Project, { paths, read }: Code): Promise<ModelFile[]> {
  const texts = modelPaths(root, paths).map(async (path) => ({
    path,
    text: (await read(path)) ?? "",
  }));
  return Promise.all(texts);
}

/** What the models of a project say otherwise than its migrations, where texts alone tell. */
export function textualDrift(
  { models }: Project,
  { settings }: ReviewInput,
): Pick<ReviewedProject, "drift"> {
  return models === undefined || !settings.verify.drift ? {} : { drift: models.compare() };
}

/** Whether a change touches models that are compared with the migrations by their texts. */
export function textualModelsChanged(
  { models }: Project,
  { change, settings }: ReviewInput,
): boolean {
  const paths = settings.verify.drift ? (models?.paths ?? []) : [];
  return paths.some((path) => change.changes.has(path));
}

/** Whether a change touches models of a project that are compared on a database, or by its own program. */
export function modelsChanged(project: Project, input: ReviewInput): boolean {
  const { change, settings, verify, compareModels, checkout, engine } = input;
  if (!settings.verify.drift || !verify) return false;
  const runsOwn = settings.django.command !== undefined && checkout !== undefined;
  if (runsOwn && engine !== undefined && textualModelsChanged(project, input)) return true;
  if (compareModels === undefined) return false;
  if (project.framework !== "prisma" || project.migrations.length === 0) return false;
  return modelPaths(project.root, change.files.paths).some((path) => change.changes.has(path));
}
