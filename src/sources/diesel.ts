import type { Execution, Project } from "../core/migration.ts";
import { ProjectDraft, wholeScript } from "./draft.ts";
import type { Folder } from "./folder.ts";
import type { FolderSource } from "./source.ts";
import { compareText } from "./version.ts";

/**
 * Diesel: one folder for each migration, with `up.sql`, `down.sql` and perhaps `metadata.toml`. The
 * version is the folder's name up to the first underscore without its dashes, compared as text. A
 * script is sent as one query string, within a transaction unless the metadata says otherwise
 * (https://docs.rs/diesel_migrations/latest/diesel_migrations/struct.FileBasedMigrations.html).
 */
export const diesel: FolderSource = {
  framework: "diesel",
  takes: "tree",
  detect(folder) {
    return [...folder.folders.values()].some(isMigration);
  },
  read(folder): Project {
    const draft = new ProjectDraft("diesel", folder);
    const found: { child: Folder; version: string }[] = [];
    nameOthers(folder, folder.files, draft);
    for (const child of folder.folders.values()) {
      if (isMigration(child)) found.push({ child, version: versionOf(child.name) });
      else nameOthers(folder, namesUnder(folder, child), draft);
    }
    const inOrder = found.toSorted((a, b) => compareText(a.version, b.version));
    for (const { child, version } of inOrder) readMigration(child, version, draft);
    draft.refuseDuplicates((version) => version, "Diesel takes them for one and runs only one");
    return draft.finish();
  },
};

function isMigration(folder: Folder): boolean {
  return /^\d/.test(folder.name) && folder.files.includes("up.sql");
}

function versionOf(name: string): string {
  return (name.split("_", 1)[0] ?? name).replaceAll("-", "");
}

function readMigration(folder: Folder, version: string, draft: ProjectDraft): void {
  const text = draft.text(folder, "up.sql");
  if (text === undefined) return;
  if (NOTHING.test(text)) return draft.gap(folder.pathOf("up.sql"), REFUSED);
  const execution: Execution = { transaction: runsInTransaction(folder), sends: "script" };
  draft.add({
    id: folder.name,
    version,
    up: wholeScript(folder.pathOf("up.sql"), text, execution),
    down: folder.files.includes("down.sql") ? draft.down(folder, "down.sql", execution) : "missing",
  });
  const others = folder.files.filter((file) => file !== "up.sql" && file !== "down.sql");
  nameOthers(folder, others, draft);
}

/** A text that holds no statement. */
const NOTHING = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)*$/;
const REFUSED = "Diesel stops at a script without a statement";

/** Without a `metadata.toml`: true. With one that does not have the key, Diesel takes it for false. */
function runsInTransaction(folder: Folder): boolean {
  const metadata = folder.textIfAny("metadata.toml");
  return metadata === undefined || /^[ \t]*run_in_transaction[ \t]*=[ \t]*true\b/m.test(metadata);
}

function nameOthers(folder: Folder, files: readonly string[], draft: ProjectDraft): void {
  for (const file of files.filter((name) => name.endsWith(".sql"))) {
    const reason = "Diesel does not run it: it is not the up.sql or down.sql of a migration folder";
    draft.passOver(folder.pathOf(file), reason);
  }
}

/** Paths of the files under a child folder, from its parent. */
function namesUnder(parent: Folder, child: Folder): string[] {
  const skipped = parent.path === "." ? 0 : parent.path.length + 1;
  return [...child.tree()].flatMap((folder) =>
    folder.files.map((file) => folder.pathOf(file).slice(skipped)),
  );
}
