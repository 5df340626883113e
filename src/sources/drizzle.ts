import type { Execution, Migration, Project } from "../core/migration.ts";
import type { Span } from "../core/span.ts";
import { ProjectDraft, wholeScript } from "./draft.ts";
import { readJournal, skippedEntries } from "./drizzle-journal.ts";
import type { Folder } from "./folder.ts";
import type { Detection, FolderSource } from "./source.ts";

const JOURNAL = "_journal.json";
const SCRIPT = "migration.sql";
const SNAPSHOT = "snapshot.json";
const BREAKPOINT = "--> statement-breakpoint";

/** The migrator opens one transaction around all that is new, and sends what lies between two breakpoints as one query string. */
const EXECUTION: Execution = { transaction: true, sends: "statements" };

const ONE_TRANSACTION =
  "Each migration has a transaction of its own here. Drizzle runs all that wait in one: what a migration may not do with what one before it made in the same transaction, such as use an enum value, is not seen.";

/**
 * Drizzle, forward only. Before 1.0 `meta/_journal.json` names the files and their order; from then
 * on each migration is a folder with a script and a snapshot, run in the order of their names
 * (https://orm.drizzle.team/docs/migrations,
 * https://github.com/drizzle-team/drizzle-orm/blob/main/drizzle-orm/src/migrator.ts,
 * https://github.com/drizzle-team/drizzle-orm/blob/main/drizzle-orm/src/pg-core/dialect.ts).
 */
export const drizzle: FolderSource = {
  framework: "drizzle",
  takes: "tree",
  detect(folder): Detection {
    const meta = journalFolder(folder);
    if (meta === undefined) return folderDetection(folder);
    const text = meta.textIfAny(JOURNAL);
    const journal = text === undefined ? undefined : readJournal(text);
    if (journal === undefined) return { refusal: `Drizzle's ${meta.pathOf(JOURNAL)} is not read` };
    return forDialect(journal.dialect);
  },
  read(folder): Project {
    const draft = new ProjectDraft("drizzle", folder);
    const meta = journalFolder(folder);
    if (meta === undefined) readFolders(folder, draft);
    else readFiles(folder, meta, draft);
    draft.note(ONE_TRANSACTION);
    return draft.finish();
  },
};

function journalFolder(folder: Folder): Folder | undefined {
  const meta = folder.folders.get("meta");
  return meta?.files.includes(JOURNAL) === true ? meta : undefined;
}

function forDialect(dialect: string | undefined): Detection {
  if (dialect === undefined || /^(?:pg|postgres|postgresql)$/.test(dialect)) return true;
  return { refusal: `they are Drizzle's for ${dialect}, and only PostgreSQL is read yet` };
}

function folderDetection(folder: Folder): Detection {
  const last = [...folder.folders.values()].findLast(isMigration);
  if (last === undefined) return false;
  const snapshot = last.textIfAny(SNAPSHOT) ?? "";
  return forDialect(/"dialect"\s*:\s*"(\w+)"/.exec(snapshot)?.[1]);
}

function isMigration({ files }: Folder): boolean {
  return files.includes(SCRIPT) && files.includes(SNAPSHOT);
}

function readFiles(folder: Folder, meta: Folder, draft: ProjectDraft): void {
  const journal = readJournal(meta.textIfAny(JOURNAL) ?? "");
  const entries = journal?.entries ?? [];
  const named = new Set(entries.map(({ tag }) => `${tag}.sql`));
  for (const { tag, when } of entries) {
    if (folder.files.includes(`${tag}.sql`)) {
      addMigration(folder, `${tag}.sql`, { id: tag, version: String(when) }, draft);
    } else {
      const reason = `it names ${tag}, and ${tag}.sql is not there: Drizzle's migrator refuses to start`;
      draft.gap(meta.pathOf(JOURNAL), reason);
    }
  }
  for (const file of folder.files.filter((name) => name.endsWith(".sql") && !named.has(name))) {
    const reason = `Drizzle does not run it: ${meta.pathOf(JOURNAL)} does not name it`;
    draft.passOver(folder.pathOf(file), reason);
  }
  for (const { entry, latest } of skippedEntries(entries)) {
    draft.fault({
      kind: "skipped-migration",
      path: folder.pathOf(`${entry.tag}.sql`),
      message: `Databases that have run \`${latest.tag}\` never run this migration, and no error tells: its \`when\` in ${meta.pathOf(JOURNAL)} is not later (${entry.when}, and ${latest.when} of \`${latest.tag}\`).`,
    });
  }
}

function readFolders(folder: Folder, draft: ProjectDraft): void {
  const byName = new Intl.Collator("en");
  const children = [...folder.folders.values()]
    .filter(({ files }) => files.includes(SCRIPT))
    .toSorted((a, b) => byName.compare(a.name, b.name));
  for (const child of children) {
    const version = /^\d+/.exec(child.name)?.[0] ?? child.name;
    addMigration(child, SCRIPT, { id: child.name, version }, draft);
  }
  for (const file of folder.files.filter((name) => name.endsWith(".sql"))) {
    draft.passOver(
      folder.pathOf(file),
      "Drizzle does not run it: it is not in a migration's folder",
    );
  }
}

function addMigration(
  folder: Folder,
  file: string,
  name: Pick<Migration, "id" | "version">,
  draft: ProjectDraft,
): void {
  const text = draft.text(folder, file);
  if (text === undefined) return;
  const up = wholeScript(folder.pathOf(file), text, EXECUTION);
  draft.add({ ...name, up: { ...up, statementSpans: chunks(text) }, down: "forward-only" });
}

/** What lies between the breakpoints. */
function chunks(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const chunk of text.split(BREAKPOINT)) {
    spans.push({ start, end: start + chunk.length });
    start += chunk.length + BREAKPOINT.length;
  }
  return spans;
}
