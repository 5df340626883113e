import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { server } from "../database/postgres-engines.ts";
import { migrateVerify, TemporaryFolder } from "../cli/program.ts";
import type { Review, ReviewedMigration } from "../../src/core/review.ts";

/** A Python that has Django and psycopg: `DJANGO_PYTHON`, or what the system calls python3. */
export const python = ["/usr/bin/python3", ...(process.env["DJANGO_PYTHON"] ?? "").split(":")]
  .toReversed()
  .find((path) => path !== "" && spawnSync(path, ["-c", "import django, psycopg"]).status === 0);

/** Whether a project's own Django can run here; what needs it is skipped by name where it cannot. */
export const HAS_DJANGO = python !== undefined && server !== undefined;

const FIXTURE = join(import.meta.dirname, "..", "fixtures", "django", "own");

export interface Checked {
  readonly status: number | null;
  readonly review: Review;
  readonly migration: ReviewedMigration;
  /** Each reason, after its path. */
  readonly unverified: readonly string[];
}

interface CheckOptions {
  /** The section `django` of the configuration; by default the command alone. */
  readonly django?: Readonly<Record<string, unknown>>;
  /** More of the configuration. */
  readonly more?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** The configuration that runs the fixture's own Django. */
export const COMMAND = { command: `${python ?? ""} manage.py` };

/** Checks the second migration of the fixture's app with a configuration's `django` section, as the command line does. */
export function checkOwn(
  migration: string,
  { django, more = "", files = {} }: CheckOptions = {},
): Checked {
  using folder = new TemporaryFolder();
  cpSync(FIXTURE, folder.path, { recursive: true });
  const path = "catalog/migrations/0002_change.py";
  folder.write(path, migration);
  folder.write("migrate-verify.yml", `django: ${JSON.stringify(django ?? COMMAND)}\n${more}`);
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
  // The server's user is another one where this is root.
  chmodSync(folder.path, 0o755);
  const ended = migrateVerify(folder.path, "check", path, "--format", "json");
  if (!ended.stdout.startsWith("{")) throw new Error(`${ended.stdout}${ended.stderr}`);
  const review = JSON.parse(ended.stdout) as Review;
  const checked = review.projects[0]?.migrations.find((one) => one.path === path);
  if (checked === undefined) throw new Error(`it was not reviewed: ${ended.stdout}`);
  return {
    status: ended.status,
    review,
    migration: checked,
    unverified: review.unverified.map((one) => `${one.path}: ${one.reason}`),
  };
}

/** Whether bubblewrap is on this machine. */
export const HAS_BWRAP = existsSync("/usr/bin/bwrap");

/** Folders of servers and programs that are still there. */
export function leftFolders(): string[] {
  return ["/dev/shm", "/tmp"].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder).filter((name) => name.startsWith("migrate-verify-program-"))
      : [],
  );
}
