import type { Change, Migration, Project } from "../core/migration.ts";
import { baselineIndex } from "./baseline.ts";

/** A migration of a project with what the change under review did to it. */
export interface ScopedMigration {
  readonly migration: Migration;
  readonly change: Change;
}

/** Marks the migrations of a project. Those up to the baseline are history, whatever changed. */
export function scopeProject(
  project: Project,
  changeOf: (migration: Migration) => Change,
  baseline: string | undefined,
): readonly ScopedMigration[] {
  const last = baselineIndex(project, baseline);
  const scoped = project.migrations.map((migration, index) => ({
    migration,
    change: index <= last ? ("unchanged" as const) : changeOf(migration),
  }));
  return project.framework === "django" ? lastAsLast(scoped) : scoped;
}

/**
 * Django applies what is missing in the order of the graph, which puts a new migration before old
 * ones that it has nothing to do with: every database of the team's has those already. A migration
 * that stands for others stays in their place.
 */
function lastAsLast(scoped: readonly ScopedMigration[]): readonly ScopedMigration[] {
  const isOnlyNew = scoped.every(
    ({ change, migration }) =>
      change === "unchanged" || (change === "added" && migration.replaces === undefined),
  );
  if (!isOnlyNew) return scoped;
  return [
    ...scoped.filter(({ change }) => change === "unchanged"),
    ...scoped.filter(({ change }) => change !== "unchanged"),
  ];
}
