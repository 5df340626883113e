import type { Change, Migration, Project } from "../core/migration.ts";

/** A migration of a project with what the change under review did to it. */
export interface ScopedMigration {
  readonly migration: Migration;
  readonly change: Change;
}

/**
 * Marks the migrations of a project. Those up to the baseline are history, whatever changed;
 * the baseline names a migration by its id or its version.
 */
export function scopeProject(
  project: Project,
  changeOf: (migration: Migration) => Change,
  baseline: string | undefined,
): readonly ScopedMigration[] {
  const last =
    baseline === undefined
      ? -1
      : project.migrations.findLastIndex(
          ({ id, version }) =>
            id === baseline || version === baseline || sameNumber(version, baseline),
        );
  return project.migrations.map((migration, index) => ({
    migration,
    change: index <= last ? "unchanged" : changeOf(migration),
  }));
}

/** `40` and `000040` name one version. */
function sameNumber(version: string | undefined, baseline: string): boolean {
  return (
    version !== undefined &&
    /^\d+$/.test(version) &&
    /^\d+$/.test(baseline) &&
    BigInt(version) === BigInt(baseline)
  );
}
