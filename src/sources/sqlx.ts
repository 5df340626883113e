import type { Execution, Project } from "../core/migration.ts";
import { ProjectDraft } from "./draft.ts";
import { type Folder, isProgram } from "./folder.ts";
import { looksLikeMigrations } from "./likely-folder.ts";
import { sqlxManifest } from "./manifest.ts";
import { addPairs, pairScripts, type ScriptFile } from "./pair.ts";
import type { Detection, FolderSource } from "./source.ts";
import { canonicalNumber, compareNumbers } from "./version.ts";

/** `<VERSION>_<DESCRIPTION>.sql`, reversible ones with `.up` and `.down` (https://docs.rs/sqlx/latest/sqlx/migrate/trait.MigrationSource.html). */
const NAME = /^(\d+)_(.*?)(?:\.(up|down))?\.sql$/;

/**
 * SQLx. Versions are compared as numbers. A migration is sent as one query string within a
 * transaction, unless its text begins with `-- no-transaction`; each direction opts out for itself
 * (https://docs.rs/sqlx/latest/sqlx/migrate/struct.Migration.html).
 */
export const sqlx: FolderSource = {
  framework: "sqlx",
  takes: "folder",
  detect(folder): Detection {
    if (!folder.files.some((file) => NAME.test(file)) || !looksLikeMigrations(folder)) return false;
    const manifest = sqlxManifest(folder);
    if (manifest === undefined) return false;
    const other = ["sqlite", "mysql"].find((feature) => manifest.includes(`"${feature}"`));
    return other === undefined || manifest.includes(`"postgres"`)
      ? true
      : { refusal: `its crate uses SQLx with ${other}, and only PostgreSQL is read yet` };
  },
  read(folder): Project {
    const draft = new ProjectDraft("sqlx", folder);
    const scripts = scriptsOf(folder, draft).toSorted((a, b) =>
      compareNumbers(a.version, b.version),
    );
    // Simple migrations cannot be reverted; one of them among reversible ones lacks its down.
    const reversible = scripts.some(({ file }) => /\.(?:up|down)\.sql$/.test(file));
    const pairs = pairScripts(scripts, canonicalNumber, draft);
    addPairs(pairs, draft, execution, reversible ? "missing" : "forward-only");
    draft.refuseDuplicates(canonicalNumber, "SQLx runs one and fails at the other");
    return draft.finish();
  },
};

function execution(text: string): Execution {
  return { transaction: !text.startsWith("-- no-transaction"), sends: "script" };
}

function scriptsOf(folder: Folder, draft: ProjectDraft): ScriptFile[] {
  const scripts: ScriptFile[] = [];
  for (const file of folder.files) {
    const [, version, title, direction] = NAME.exec(file) ?? [];
    if (version !== undefined && title !== undefined) {
      const id = `${version}_${title}`;
      scripts.push({ folder, file, id, version, direction: direction === "down" ? "down" : "up" });
    } else if (file.endsWith(".sql") || isProgram(file)) {
      const reason = "SQLx does not run it: its name is not of the form 1_title.sql";
      draft.passOver(folder.pathOf(file), reason);
    }
  }
  return scripts;
}
