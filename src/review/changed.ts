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
  return project.migrations.map((migration, index) => ({
    migration,
    change: index <= last ? ("unchanged" as const) : changeOf(migration),
  }));
}
