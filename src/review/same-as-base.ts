import type { ReadMigration } from "../core/lint.ts";
import type { Framework, MigrationScript, Project } from "../core/migration.ts";
import { isSameSql } from "../parser/same-sql.ts";
import { upHalf } from "../sources/up-half.ts";
import type { ChangeSet } from "./ports.ts";

/**
 * Marks edited migrations that do what they did. For Django: layout, comments and words for people
 * aside, the base branch's text is the same; for runners that keep no checksum of SQL: its up half is,
 * comments aside. Nothing is marked where no base is known.
 */
export async function withSameAsBase(
  { framework }: Project,
  migrations: readonly ReadMigration[],
  { baseText }: ChangeSet,
): Promise<readonly ReadMigration[]> {
  const isEdited = migrations.some(({ change }) => change === "modified");
  if (baseText === undefined || !isEdited) return migrations;
  return Promise.all(
    migrations.map(async (read): Promise<ReadMigration> => {
      if (read.change !== "modified") return read;
      const { up } = read.migration;
      const before = await baseText(up.path);
      const isSame = before !== undefined && (await isSameUp(framework, before, up));
      return isSame ? { ...read, sameAsBase: true } : read;
    }),
  );
}

async function isSameUp(
  framework: Framework,
  before: string,
  { compiled, text }: MigrationScript,
): Promise<boolean> {
  if (framework === "django") {
    if (compiled === undefined) return false;
    const { isSameMigration } = await import("../django/migration/same-migration.ts");
    return isSameMigration(before, compiled.text);
  }
  const [old, now] = [upHalf(framework, before), upHalf(framework, text)];
  if (old === undefined || now === undefined) return false;
  return old.marks.join("\n") === now.marks.join("\n") && isSameSql(old.sql, now.sql);
}
