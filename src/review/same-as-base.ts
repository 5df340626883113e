import type { ReadMigration } from "../core/lint.ts";
import type { Project } from "../core/migration.ts";
import type { ChangeSet } from "./ports.ts";

/**
 * Marks edited migrations of Django that do what they did: layout, comments and words for people aside,
 * the base branch's text is the same. Nothing is marked where no base is known.
 */
export async function withSameAsBase(
  { framework }: Project,
  migrations: readonly ReadMigration[],
  { baseText }: ChangeSet,
): Promise<readonly ReadMigration[]> {
  const isEdited = migrations.some(({ change }) => change === "modified");
  if (framework !== "django" || baseText === undefined || !isEdited) return migrations;
  const { isSameMigration } = await import("../django/migration/same-migration.ts");
  return Promise.all(
    migrations.map(async (read): Promise<ReadMigration> => {
      const { up } = read.migration;
      if (read.change !== "modified" || up.compiled === undefined) return read;
      const before = await baseText(up.path);
      const isSame = before !== undefined && isSameMigration(before, up.compiled.text);
      return isSame ? { ...read, sameAsBase: true } : read;
    }),
  );
}
