import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Migration, MigrationScript, Project } from "../../src/core/migration.ts";
import { detectProjects } from "../../src/sources/detect.ts";
import type { FileText, RepositoryFiles } from "../../src/sources/files.ts";

/** A repository of texts; a file that cannot be read is given as its reason. */
export function repository(texts: Readonly<Record<string, string | FileText>>): RepositoryFiles {
  return {
    paths: Object.keys(texts).toSorted(),
    text(path) {
      const found = texts[path];
      if (found === undefined) return { unreadable: "missing", reason: "it does not exist" };
      return typeof found === "string" ? { text: found } : found;
    },
  };
}

const FIXTURES = join(import.meta.dirname, "../fixtures/sources");

/** The same where what files hold is known by a hash, as of files that are as they are in Git's index. */
export function hashed(files: RepositoryFiles): RepositoryFiles {
  return {
    ...files,
    id(path) {
      const read = files.text(path);
      return "text" in read ? createHash("sha1").update(read.text).digest("hex") : undefined;
    },
  };
}

/** One of the small repositories in the fixtures. */
export function fixture(name: string): RepositoryFiles {
  const root = join(FIXTURES, name);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name: file }) =>
    join(parentPath, file).slice(root.length + 1),
  );
  const texts = paths.map((path) => [path, readFileSync(join(root, path), "utf8")] as const);
  return repository(Object.fromEntries(texts));
}

/** The only project of a repository. */
export function onlyProject(
  files: RepositoryFiles,
  settings: Parameters<typeof detectProjects>[1] = [],
): Project {
  const { projects } = detectProjects(files, settings);
  expectOne(projects);
  return projects[0] as Project;
}

function expectOne(projects: readonly Project[]): void {
  if (projects.length === 1) return;
  const found = projects.map(({ framework, root }) => `${framework} ${root}`);
  throw new Error(`expected one project, found ${found.length}: ${found.join(", ")}`);
}

/** A script's SQL, as it stands in its file. */
export function sqlOf({ text, span }: MigrationScript): string {
  return text.slice(span.start, span.end).trim();
}

/** Migrations as lines of a table: id, version, how up is run, and the down script or why there is none. */
export function tableOf({ migrations }: Project): string[] {
  return migrations.map((one) =>
    [one.id, one.version ?? "-", runOf(one.up), downOf(one)].join(" | "),
  );
}

/** `tx`: within a transaction of the runner; then whole or statement by statement. */
function runOf({ execution }: MigrationScript): string {
  return `${execution.transaction ? "tx" : "no tx"}, ${execution.sends}`;
}

function downOf({ down, up }: Migration): string {
  if (typeof down === "string") return down;
  const file =
    down.path === up.path ? "same file" : down.path.slice(down.path.lastIndexOf("/") + 1);
  return `${file} (${runOf(down)})`;
}
