import type { Execution, Migration, Project } from "../core/migration.ts";
import { ProjectDraft } from "./draft.ts";
import { type Folder, isProgram } from "./folder.ts";
import { looksLikeMigrations } from "./likely-folder.ts";
import { dependsOn, sampleTexts } from "./manifest.ts";
import type { FolderSource } from "./source.ts";

const NAME = /^(\d+).*\.sql$/;
const UP = /^[ \t]*--[ \t-]*up[ \t]+migration/im;
const DOWN = /^[ \t]*--[ \t-]*down[ \t]+migration/im;

/** A line that begins with the mark of either half. */
export const NODE_PG_MIGRATE_MARK = /^[ \t]*--[ \t-]*(?:up|down)[ \t]+migration/im;

/** Each half is one query string; by default all pending migrations run in one transaction, which is told. */
const EXECUTION: Execution = { transaction: true, sends: "script" };

const ONE_TRANSACTION =
  "Each migration has a transaction of its own here. node-pg-migrate runs all that wait in one, unless --no-single-transaction says otherwise: what a migration may not do with what one before it made in the same transaction, such as use an enum value, is not seen.";

/**
 * SQL migrations of node-pg-migrate. Files are run in the order of the number that their names
 * begin with, then of the rest of their names; a number of 17 digits is a time in UTC. Without an
 * up mark the whole file is the up half, a down half included
 * (https://salsita.github.io/node-pg-migrate/migrations/#sql-migrations).
 */
export const nodePgMigrate: FolderSource = {
  framework: "node-pg-migrate",
  takes: "folder",
  detect(folder) {
    const files = folder.files.filter((file) => NAME.test(file) && !isPaired(file));
    if (files.length === 0) return false;
    return (
      sampleTexts(folder, files).some((text) => NODE_PG_MIGRATE_MARK.test(text)) ||
      (looksLikeMigrations(folder) && dependsOn(folder, "node-pg-migrate"))
    );
  },
  read(folder): Project {
    const draft = new ProjectDraft("node-pg-migrate", folder);
    draft.note(ONE_TRANSACTION);
    for (const { file, version } of namedFiles(folder, draft)) {
      const migration = readMigration(folder, file, version, draft);
      if (migration !== undefined) draft.add(migration);
    }
    return draft.finish();
  },
};

function isPaired(file: string): boolean {
  return /\.(?:up|down)\.sql$/.test(file);
}

interface Named {
  readonly file: string;
  readonly version: string;
}

function namedFiles(folder: Folder, draft: ProjectDraft): Named[] {
  const named: Named[] = [];
  for (const file of folder.files) {
    const version = NAME.exec(file)?.[1];
    if (version !== undefined) named.push({ file, version });
    else if (isProgram(file)) {
      const reason =
        "it is a migration in JavaScript or TypeScript, and what it does is not read yet";
      draft.gap(folder.pathOf(file), reason);
    } else if (file.endsWith(".sql")) {
      const reason = "node-pg-migrate refuses the folder: its name does not begin with a number";
      draft.passOver(folder.pathOf(file), reason);
    }
  }
  const byName = new Intl.Collator("en", { numeric: true, ignorePunctuation: true });
  return named.toSorted(
    (a, b) => timeOf(a.version) - timeOf(b.version) || byName.compare(a.file, b.file),
  );
}

/** The runner's number of a prefix: milliseconds since 1970 for 17 digits, the number itself otherwise. */
function timeOf(prefix: string): number {
  const utc = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(prefix);
  if (utc === null) return Number(prefix);
  const [, year, month, day, hour, minute, second, ms] = utc;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`) || Number(prefix);
}

function readMigration(
  folder: Folder,
  file: string,
  version: string,
  draft: ProjectDraft,
): Migration | undefined {
  const path = folder.pathOf(file);
  const text = draft.text(folder, file);
  if (text === undefined) return undefined;
  const up = text.search(UP);
  const down = text.search(DOWN);
  const half = (start: number, other: number): Migration["up"] => ({
    path,
    text,
    span: { start: Math.max(start, 0), end: start !== -1 && other > start ? other : text.length },
    execution: EXECUTION,
  });
  return {
    id: file.slice(0, -".sql".length),
    version,
    up: half(up, down),
    down: down === -1 ? "missing" : half(down, up),
  };
}
