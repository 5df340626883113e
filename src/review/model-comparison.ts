import type { Project } from "../core/migration.ts";
import type { RepositoryFiles } from "../sources/files.ts";
import type { ModelFile } from "../verify/model-comparer.ts";
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
): Pick<VerifyOptions, "compareModels"> {
  if (compareModels === undefined || !settings.verify.drift) return {};
  const models = projectModels(project, change.files);
  return models.length === 0
    ? {}
    : { compareModels: (database) => compareModels(database, models) };
}

/** Whether a change touches the models of a project, and they can be compared. */
export function modelsChanged(
  project: Project,
  { change, settings, verify, compareModels }: ReviewInput,
): boolean {
  if (!verify || compareModels === undefined || !settings.verify.drift) return false;
  if (project.framework !== "prisma" || project.migrations.length === 0) return false;
  return modelPaths(project.root, change.files.paths).some((path) => change.changes.has(path));
}
