import type { Execution, Migration, Project } from "../core/migration.ts";
import { DBMATE_MARK } from "./dbmate.ts";
import { ProjectDraft, wholeScript } from "./draft.ts";
import { type Folder, isProgram } from "./folder.ts";
import { foreignMark } from "./foreign-mark.ts";
import { GOOSE_MARK } from "./goose.ts";
import { isHalf, looksLikeMigrations, partsOf } from "./likely-folder.ts";
import { sampleTexts } from "./manifest.ts";
import { NODE_PG_MIGRATE_MARK } from "./node-pg-migrate.ts";
import { type ScriptFile, pairScripts } from "./pair.ts";
import { scriptsForPostgres } from "./scripts-for-postgres.ts";
import { readSqlName, type SqlName } from "./sql-name.ts";
import type { Detection, FolderSource } from "./source.ts";
import { canonicalNumber, compareDotted, compareText } from "./version.ts";

/** The runner is not known: a file as one query string is what most of them send. */
const EXECUTION: Execution = { transaction: false, sends: "script" };

/**
 * A plain folder of SQL files whose names begin with a number or a date; the down script has the
 * same name with `.down`, `_down`, `.undo` or `.rollback`, or lies in a folder `down` beside `up`.
 */
export const sql: FolderSource = {
  framework: "sql",
  takes: "folder",
  detect(folder): Detection {
    if (isHalf(folder) || !looksLikeMigrations(folder)) return false;
    const marked = sampleTexts(
      folder,
      folder.files.filter((file) => file.endsWith(".sql")),
    );
    for (const text of marked) {
      const found = foreignMark(text);
      if (found !== undefined) {
        return {
          refusal: `it carries the marks of ${found.tool} (${found.mark}), which is not read yet`,
        };
      }
    }
    return true;
  },
  read(folder): Project {
    const draft = new ProjectDraft("sql", folder);
    const scripts = scriptsOf(folder, draft);
    const pairs = pairScripts(scripts, (version) => version, draft);
    const absent = scripts.some(({ direction }) => direction === "down")
      ? "missing"
      : "forward-only";
    for (const { up, down } of pairs) {
      const migration = readMigration(up, draft);
      if (migration === undefined) continue;
      const script = down === undefined ? absent : draft.down(down.folder, down.file, EXECUTION);
      draft.add({ ...migration, version: up.version, down: script });
    }
    draft.refuseDuplicates(numberOf, "their order is not certain");
    return draft.finish();
  },
};

/** One file without an order, as a migration of its own. */
export function readLoneFile(folder: Folder, file: string): Project {
  const draft = new ProjectDraft("sql", folder);
  const id = file.replace(/\.sql$/, "");
  const script: ScriptFile = { folder, file, id, version: "", direction: "up" };
  const migration = readMigration(script, draft);
  if (migration !== undefined) draft.add({ ...migration, down: "forward-only" });
  return draft.finish();
}

/** A number that only one migration may have; several may have one date. */
function numberOf(version: string): string | undefined {
  return /^(?:19|20)\d{6}$|\D/.test(version) ? undefined : canonicalNumber(version);
}

interface Ordered {
  readonly script: ScriptFile;
  readonly order: readonly string[];
}

/** The numbered scripts in their order; what has no number is named in the draft. */
function scriptsOf(root: Folder, draft: ProjectDraft): ScriptFile[] {
  const found: Ordered[] = [];
  for (const folder of partsOf(root)) {
    const { own, left } = scriptsForPostgres(folder.files);
    draft.leaveAlone(folder, left);
    for (const file of own) {
      const path = folder.pathOf(file);
      const name = readSqlName(file);
      if (file.endsWith(".sql") && name.order !== undefined) {
        found.push({ order: name.order, script: scriptOf(folder, file, name, name.order, root) });
      } else if (isProgram(file)) {
        draft.gap(path, "it is a migration in another language than SQL, and is not read yet");
      } else if (file.endsWith(".sql")) {
        const reason = "no number or date at the start of its name tells its place in the order";
        draft.passOver(path, reason);
      }
    }
  }
  return found
    .toSorted((a, b) => compareDotted(a.order, b.order) || compareText(a.script.id, b.script.id))
    .map(({ script }) => script);
}

function scriptOf(
  folder: Folder,
  file: string,
  { id, direction }: SqlName,
  order: readonly string[],
  root: Folder,
): ScriptFile {
  const half = folder !== root && folder.name === "down" ? "down" : "up";
  return { folder, file, id, version: order.join("."), direction: direction ?? half };
}

/** The up half. A file that is written for another tool is named instead: as plain SQL it would run its own undoing. */
function readMigration(
  { folder, file, id }: ScriptFile,
  draft: ProjectDraft,
): Pick<Migration, "id" | "up"> | undefined {
  const text = draft.text(folder, file);
  if (text === undefined) return undefined;
  const tool = toolOf(text);
  if (tool !== undefined) {
    draft.gap(
      folder.pathOf(file),
      `it carries the marks of ${tool}, while its folder is plain SQL`,
    );
    return undefined;
  }
  return { id, up: wholeScript(folder.pathOf(file), text, EXECUTION) };
}

function toolOf(text: string): string | undefined {
  if (GOOSE_MARK.test(text)) return "goose";
  if (DBMATE_MARK.test(text)) return "dbmate";
  if (NODE_PG_MIGRATE_MARK.test(text)) return "node-pg-migrate";
  return foreignMark(text)?.tool;
}
