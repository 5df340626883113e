import type { Project } from "../core/migration.ts";
import { ProjectDraft } from "./draft.ts";
import { type Folder, isProgram } from "./folder.ts";
import { sqlxManifest } from "./manifest.ts";
import { addPairs, pairScripts, type ScriptFile } from "./pair.ts";
import type { FolderSource } from "./source.ts";
import { scriptsForPostgres } from "./scripts-for-postgres.ts";
import { canonicalNumber, compareNumbers } from "./version.ts";

/** `{version}_{title}.up.{extension}`, where the version is an unsigned 64-bit number (https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md). */
const NAME = /^(\d+)_(.*)\.(up|down)\.sql$/;

/**
 * golang-migrate. Versions are compared as numbers, and two files of one version and direction are
 * refused. A file is sent as one query string without a transaction around it, which PostgreSQL
 * runs as an implicit one when it holds several statements; `x-multi-statement` would split it, and
 * stands in a connection URL that is not in the repository
 * (https://github.com/golang-migrate/migrate/blob/master/database/postgres/README.md).
 */
export const golangMigrate: FolderSource = {
  framework: "golang-migrate",
  takes: "folder",
  detect(folder) {
    return (
      folder.files.some((file) => /^\d+_.*\.up\.sql$/.test(file)) &&
      sqlxManifest(folder) === undefined
    );
  },
  read(folder): Project {
    const draft = new ProjectDraft("golang-migrate", folder);
    const scripts = scriptsOf(folder, draft).toSorted((a, b) =>
      compareNumbers(a.version, b.version),
    );
    const pairs = pairScripts(scripts, canonicalNumber, draft);
    addPairs(pairs, draft, () => ({ transaction: false, sends: "script" }), "missing");
    draft.refuseDuplicates(canonicalNumber, "golang-migrate refuses to run the folder");
    return draft.finish();
  },
};

function scriptsOf(folder: Folder, draft: ProjectDraft): ScriptFile[] {
  const scripts: ScriptFile[] = [];
  const { own, left } = scriptsForPostgres(folder.files);
  draft.leaveAlone(folder, left);
  for (const file of own) {
    const [, version, title, direction] = NAME.exec(file) ?? [];
    if (version !== undefined && title !== undefined) {
      const id = `${version}_${title}`;
      scripts.push({ folder, file, id, version, direction: direction === "up" ? "up" : "down" });
    } else if (file.endsWith(".sql") || isProgram(file)) {
      draft.passOver(
        folder.pathOf(file),
        "golang-migrate passes it over: its name is not of the form 1_title.up.sql or 1_title.down.sql",
      );
    }
  }
  return scripts;
}
