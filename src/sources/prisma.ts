import type { Execution, Project } from "../core/migration.ts";
import { ProjectDraft, wholeScript } from "./draft.ts";
import { type Folder, isProgram } from "./folder.ts";
import { lockedProvider, schemaProvider, type SchemaProvider } from "./prisma-provider.ts";
import { prismaVersion } from "./prisma-version.ts";
import type { Detection, FolderSource } from "./source.ts";
import { statementHeads } from "./statement-heads.ts";
import { compareDotted } from "./version.ts";

const LOCK = "migration_lock.toml";
const SCRIPT = "migration.sql";

/**
 * Prisma Migrate: one folder with a `migration.sql` for each migration, run in the order of the
 * folders' names. It goes forward only; a `down.sql` beside the script is the one that
 * `prisma migrate diff` writes and people run by hand
 * (https://www.prisma.io/docs/orm/prisma-migrate/workflows/generating-down-migrations).
 */
export const prisma: FolderSource = {
  framework: "prisma",
  takes: "tree",
  detect(folder): Detection {
    const scripts = [...folder.folders.values()].filter(({ files }) => files.includes(SCRIPT));
    const lock = folder.textIfAny(LOCK);
    // Drizzle keeps a snapshot beside a script of the same name.
    if (lock === undefined && !scripts.some(isPrismas)) return false;
    const locked = lock === undefined ? undefined : lockedProvider(lock);
    const schema = schemaProvider(folder);
    const provider = locked ?? schema?.provider;
    if (provider === undefined || provider === "postgresql") return scripts.length > 0;
    if (schema?.provider === "postgresql") return { refusal: mismatch(provider, schema) };
    return { refusal: `they are Prisma's for ${provider}, and only PostgreSQL is read yet` };
  },
  /** The models, which are compared with what the migrations build. */
  concerns(folder, path): boolean {
    if (!path.endsWith(".prisma")) return false;
    return [folder.parent, folder.parent?.parent].some(
      (one) => one !== undefined && (one.path === "." || path.startsWith(`${one.path}/`)),
    );
  },
  read(folder): Project {
    const draft = new ProjectDraft("prisma", folder);
    const splits = splitsScripts(folder);
    // Prisma sorts with localeCompare, which knows no code units.
    const byName = new Intl.Collator("en");
    const children = [...folder.folders.values()].toSorted((a, b) =>
      byName.compare(a.name, b.name),
    );
    for (const child of children) {
      if (child.files.includes(SCRIPT)) readMigration(child, splits, draft);
      else nameGap(child, draft);
    }
    for (const file of folder.files.filter((name) => name.endsWith(".sql"))) {
      draft.passOver(
        folder.pathOf(file),
        "Prisma does not run it: it is not in a migration's folder",
      );
    }
    compareProviders(folder, draft);
    return draft.finish();
  },
};

function isPrismas({ name, files }: Folder): boolean {
  return /^\d/.test(name) && !files.includes("snapshot.json");
}

function readMigration(folder: Folder, splits: boolean, draft: ProjectDraft): void {
  const text = draft.text(folder, SCRIPT);
  if (text === undefined) return;
  const version = /^\d+/.exec(folder.name)?.[0] ?? folder.name;
  const down: Execution = { transaction: false, sends: "script" };
  draft.add({
    id: folder.name,
    version,
    up: wholeScript(folder.pathOf(SCRIPT), text, execution(text, splits)),
    down: folder.files.includes("down.sql") ? draft.down(folder, "down.sql", down) : "forward-only",
  });
}

/** A folder of the runner's that has no script: Prisma refuses it (P3015); with a program some tools make one of it. */
function nameGap(folder: Folder, draft: ProjectDraft): void {
  for (const one of folder.tree()) {
    for (const file of one.files.filter((name) => name.endsWith(".sql") || isProgram(name))) {
      const reason = isProgram(file)
        ? "it is a migration in JavaScript or TypeScript, and what it does is not read yet"
        : `Prisma refuses the folder: it has no ${SCRIPT}`;
      draft.gap(one.pathOf(file), reason);
    }
  }
}

/**
 * Until 7.4 a script is one query string, without a transaction around it. From 7.4 on each
 * statement is sent by itself (https://github.com/prisma/prisma-engines/pull/5767).
 */
function splitsScripts(folder: Folder): boolean {
  const version = prismaVersion(folder);
  return version !== undefined && compareDotted(version, ["7", "4", "0"]) >= 0;
}

/**
 * Prisma can only split a script that its SQL parser accepts, and sends it whole otherwise. That
 * parser does not know DROP INDEX CONCURRENTLY (https://github.com/prisma/prisma-engines/pull/5847).
 */
function execution(text: string, splits: boolean): Execution {
  const whole =
    !splits || statementHeads(text).some((head) => /^DROP INDEX CONCURRENTLY(?: |$)/.test(head));
  return { transaction: false, sends: whole ? "script" : "statements" };
}

/** Prisma refuses to migrate when lock and schema name different databases (P3019, https://www.prisma.io/docs/orm/reference/error-reference#p3019). */
function compareProviders(folder: Folder, draft: ProjectDraft): void {
  const lock = folder.textIfAny(LOCK);
  const locked = lock === undefined ? undefined : lockedProvider(lock);
  const schema = schemaProvider(folder);
  if (locked === undefined || schema === undefined || locked === schema.provider) return;
  draft.fault({
    kind: "lock-mismatch",
    path: folder.pathOf(LOCK),
    message: `${mismatch(locked, schema)}. Make both name one database.`,
  });
}

function mismatch(locked: string, { path, provider }: SchemaProvider): string {
  return `The lock is for ${locked} and ${path} for ${provider}: Prisma refuses to migrate`;
}
